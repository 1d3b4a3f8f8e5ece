"""Forms of the director: a question about one part, a correction after the lock, an action that is agreed on, text of the whole."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common import formats
from common.punkt.fields import FigureField
from organisation.forms.asking import AskingForm
from organisation.forms.fields import LineField, PickField, WhenField, field_of
from organisation.forms.versioned import VersionedForm
from organisation.queries.holders import Holder
from reporting.models import MonthlyReport
from reporting.queries.approval_words import PARTS
from reporting.queries.later import Later

MOST_KRONER = 10**12
LONGEST_REASON = 1000
# A corrected amount so many times larger or smaller is mostly one of thousands, or a slip.
FAR = 10
TOO_LONG = lazy("Teksten er for lang. Skriv høyst %(limit_value)d tegn.")


class ReturnForm(VersionedForm, AskingForm):
    """Which part, and what one wants to know."""

    part = forms.ChoiceField(
        label=lazy("Hvilket felt gjelder det?"),
        choices=[*PARTS.items()],
        error_messages={"required": lazy("Velg hvilket felt det gjelder."), "invalid_choice": lazy("Velg et av feltene.")},
    )
    reason = forms.CharField(
        label=lazy("Hva trenger du svar på?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": lazy("Skriv hva du trenger svar på."), "max_length": TOO_LONG},
    )


class CorrectForm(VersionedForm, AskingForm):
    """What can be put right in a locked report, and why."""

    forecast = FigureField(
        label=lazy("Prognose for året i kroner"), required=False, places=2, low=-MOST_KRONER, high=MOST_KRONER, example="69 500 000"
    )
    is_meant = forms.BooleanField(label=lazy("Beløpet stemmer, selv om det er langt fra det forrige"), required=False)
    explanation = forms.CharField(
        label=lazy("Forklaring"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": TOO_LONG},
    )
    figures = forms.BooleanField(
        label=lazy("Ta inn de nye tallene"),
        required=False,
    )
    reason = LineField(
        label=lazy("Hvorfor rettes det?"),
        longest=300,
        help_text=lazy("Grunnen står ved siden av den nye versjonen."),
        error_messages={"required": lazy("Skriv hvorfor det rettes.")},
    )

    def __init__(self, data: Any = None, *, report: MonthlyReport, later: Later) -> None:
        super().__init__(data, initial={name: getattr(report, name) for name in ("version", "forecast", "explanation")})
        self.before = report.forecast
        if data is None:
            # Asked only about an amount that is far off.
            del self.fields["is_meant"]
        if later.is_empty:
            del self.fields["figures"]
        else:
            # Whoever corrects approves reports, and sees all of them.
            told = [*([_("Regnskapet er endret etter låsing.")] if later.has_ledger else []), *(each.told for each in later.figures)]
            self.fields["figures"].help_text = f"{' '.join(told)} {_('Uten hake står tallene som ble låst.')}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        now, before = cleaned.get("forecast"), self.before
        is_far = bool(now and before) and not abs(before or 0) / FAR <= abs(now or 0) <= abs(before or 0) * FAR
        if is_far and not cleaned.get("is_meant"):
            words = {"now": formats.money(now), "before": formats.money(before)}
            pattern = _("%(now)s er langt fra %(before)s. Skriv hele kroner, eller hak av under for at det stemmer.")
            self.add_error("forecast", pattern % words)
        if not is_far:
            del self.fields["is_meant"]
        return cleaned

    def clean_explanation(self) -> str:
        return str(self.cleaned_data["explanation"]).replace("\r\n", "\n")

    @property
    def takes_figures(self) -> bool:
        return bool(self.cleaned_data.get("figures"))

    @property
    def wanted(self) -> dict[str, Decimal | str | None]:
        return {name: self.cleaned_data[name] for name in ("forecast", "explanation")}


class AgreeForm(AskingForm):
    """What shall be done, by whom and by when."""

    title = LineField(label=lazy("Hva er avtalt?"), longest=160, help_text=lazy("Kort, for eksempel «Ny plan for vikarbruk»."))
    owner = PickField(label=lazy("Hvem har ansvaret?"))
    due_on = WhenField(label=lazy("Frist"))
    effect = FigureField(
        label=lazy("Hvor mye skal det gi i år?"),
        required=False,
        places=2,
        low=1,
        high=MOST_KRONER,
        example="600 000",
        help_text=lazy("I hele kroner. La feltet stå tomt hvis tiltaket ikke gjelder økonomi."),
    )
    description = forms.CharField(
        label=lazy("Mer om avtalen"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("Ikke skriv navn på brukere eller helseopplysninger."),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, data: Any = None, *, owners: Iterable[Holder], first: int | None = None) -> None:
        super().__init__(data, initial={"owner": str(first) if first else ""})
        field_of(self, "owner", PickField).offer([(str(owner.user_id), owner.name) for owner in owners], _("Velg en person"))


class TextForm(VersionedForm, AskingForm):
    """One part of the consolidated report."""

    text = forms.CharField(
        label=lazy("Tekst"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=lazy("La det stå en tom linje mellom avsnittene. Koden først i avsnittet, som [402], er lenken til enhetens rapport."),
        error_messages={"max_length": TOO_LONG},
    )
