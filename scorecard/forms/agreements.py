"""Forms for notes, new limits and accepted deviations, and what the services' refusals say."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from crispy_forms.layout import Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common import formats
from common.periods import Period
from common.punkt.fields import DayField, FigureField
from common.punkt.layout import Suffix, form_helper
from scorecard.models import Indicator
from scorecard.queries.figures import unit_word
from scorecard.rules.acceptance import Problem
from scorecard.rules.statuses import Direction

LONGEST = timedelta(days=2 * 366)

PROBLEMS: dict[str, tuple[str, Promise]] = {
    Problem.REASON_MISSING: ("reason", lazy("Skriv hvorfor målet ikke nås.")),
    Problem.ENDS_BEFORE_START: ("valid_to", lazy("Siste dag er før første dag. Velg en senere dag.")),
    Problem.INTERIM_AGAINST_DIRECTION: ("interim", lazy("Delmålet går mot retningen til indikatoren.")),
    Problem.INTERIM_STRICTER: ("interim", lazy("Delmålet er strengere enn målet. Skriv et delmål som er lettere å nå.")),
}


def period_choices(periods: Sequence[Period]) -> list[tuple[str, str]]:
    """Newest first, as people read them."""
    return [(period.code, formats.period_label(period)) for period in sorted(periods, reverse=True)]


class NoteForm(forms.Form):
    """A note on one figure."""

    period = forms.ChoiceField(label=lazy("Periode"), error_messages={"invalid_choice": lazy("Velg en periode i listen.")})
    text = forms.CharField(
        label=lazy("Merknad"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("Merknaden vises i figuren, i tabellen og i filer. Ikke skriv navn eller helseopplysninger."),
        error_messages={
            "required": lazy("Skriv hva som er verdt å vite om tallet."),
            "max_length": lazy("Merknaden er for lang. Skriv høyst %(limit_value)d tegn."),
        },
    )

    def __init__(self, data: Any = None, *, periods: Sequence[Period], back: str, chosen: str = "") -> None:
        super().__init__(data, initial={"period": chosen})
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker which kind of field it is
        field.choices = period_choices(periods)
        self.helper = form_helper(_("Lagre merknaden"), back, "period", "text")


class ResetForm(forms.Form):
    """Compute the limits anew from a confirmed change."""

    period = forms.ChoiceField(
        label=lazy("Regn grensene på nytt fra"),
        help_text=lazy("Bare perioder der en varig endring begynner, kan velges."),
        error_messages={"invalid_choice": lazy("Velg en periode i listen.")},
    )
    note = forms.CharField(
        label=lazy("Hva er endret?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("For eksempel «Ny vedtaksdag hver torsdag». Ikke skriv navn eller helseopplysninger."),
        error_messages={
            "required": lazy("Skriv hva dere har endret."),
            "max_length": lazy("Teksten er for lang. Skriv høyst %(limit_value)d tegn."),
        },
    )

    def __init__(self, data: Any = None, *, periods: Sequence[Period], back: str) -> None:
        super().__init__(data)
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as above
        field.choices = period_choices(periods)
        self.helper = form_helper(_("Regn grensene på nytt"), back, "period", "note")


class AcceptanceForm(forms.Form):
    """Accept that a target is not reached for a while."""

    reason = forms.CharField(
        label=lazy("Hvorfor nås ikke målet nå?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("Én setning holder. Ikke skriv navn eller helseopplysninger."),
        error_messages={
            "required": lazy("Skriv hvorfor målet ikke nås."),
            "max_length": lazy("Teksten er for lang. Skriv høyst %(limit_value)d tegn."),
        },
    )
    interim = FigureField(
        label=lazy("Delmål"),
        required=False,
        help_text=lazy("Det som skal nås så lenge. Tomt: ingenting kreves."),
    )
    valid_from = DayField(label=lazy("Gjelder fra"))
    valid_to = DayField(label=lazy("Til og med"), help_text=lazy("Dagen etter får tallet fargen sin tilbake av seg selv."))

    def __init__(self, data: Any = None, *, indicator: Indicator, today: date, back: str) -> None:
        super().__init__(data, initial={"valid_from": today})
        self.today = today
        suffix = unit_word(indicator)
        interim: object = Suffix("interim", suffix) if suffix else "interim"
        if indicator.direction == Direction.RANGE:
            del self.fields["interim"]
            interim = ""
        fields = ["reason", *([interim] if interim else []), Row("valid_from", "valid_to")]
        self.helper = form_helper(_("Aksepter avviket"), back, *fields)

    def clean_valid_to(self) -> date:
        day: date = self.cleaned_data["valid_to"]
        if day < self.today:
            raise ValidationError(_("Velg i dag eller en senere dag."), code="past")
        if day > self.today + LONGEST:
            raise ValidationError(_("Velg en dag innen to år. Et avvik som varer lenger, er et nytt mål."), code="too_long")
        return day

    def add_problems(self, problems: Sequence[Problem]) -> None:
        """What the rule refuses, beside the field it is about."""
        for problem in problems:
            name, text = PROBLEMS[problem]
            self.add_error(name if name in self.fields else None, str(text))
