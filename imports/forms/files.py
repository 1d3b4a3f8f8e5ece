"""Forms of files: bring one, take one back, decide about a code."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common import formats
from common.periods import Period
from common.punkt.fields import DayField
from imports.models import Source
from organisation.forms.asking import AskingForm
from organisation.forms.fields import FIRST_DAY, LAST_DAY, PickField, field_of

MONTHS_BACK = 15
CLOSING = (13, 14, 15)
LEAVE = "leave"


def period_choices(today: date) -> list[tuple[str, str]]:
    """Months back from this one, and the periods that close last year."""
    now = Period.month(today.year, today.month)
    months = [now.previous(back) for back in range(MONTHS_BACK)]
    found = [(f"{month.year}-{month.number:02}", formats.period_label(month)) for month in months]
    last = today.year - 1
    closing = [(f"{last}-{number}", _("periode %(number)s i %(year)s") % {"number": number, "year": last}) for number in CLOSING]
    return found + closing


class UploadForm(AskingForm):
    """Which source, which period, which file."""

    source = PickField(label=lazy("Kilde"), help_text=lazy("Systemet filen kommer fra."))
    period = PickField(label=lazy("Periode"), required=False)
    file = forms.FileField(
        label=lazy("Fil"),
        help_text=lazy("Ingenting lagres før du har kontrollert. Ikke ta med navn, ansattnummer eller fødselsnummer."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xml,.json,.dat"}),
        error_messages={
            "required": lazy("Velg en fil."),
            "empty": lazy("Filen er tom. Velg en fil med rader."),
            "max_length": lazy("Filnavnet er for langt. Gi filen et kortere navn."),
        },
        max_length=200,
    )

    def __init__(self, *args: Any, sources: list[Source], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sources = {source.code: source for source in sources}
        for name, choices, empty in (
            ("source", [(source.code, source.name) for source in sources], _("Velg kilde") if len(sources) > 1 else None),
            ("period", period_choices(today), _("Perioden står i filen")),
        ):
            field_of(self, name, PickField).offer(choices, empty)

    def clean_file(self) -> Any:
        """No larger than files may be."""
        found = self.cleaned_data["file"]
        if found.size > settings.IMPORT_MAX_BYTES:
            limit = formats.number(settings.IMPORT_MAX_BYTES // 1_000_000)
            raise forms.ValidationError(_("Filen er større enn %(limit)s MB. Del den i flere.") % {"limit": limit})
        return found

    @property
    def chosen_source(self) -> Source:
        return self._sources[self.cleaned_data["source"]]

    @property
    def chosen_period(self) -> tuple[int, int] | None:
        """(year, number), or None where the file says it."""
        text = self.cleaned_data["period"]
        if not text:
            return None
        year, number = text.split("-")
        return int(year), int(number)


class ReasonForm(AskingForm):
    """Why a file is taken back."""

    reason = forms.CharField(
        label=lazy("Hvorfor angres filen"),
        max_length=300,
        help_text=lazy("Står i loggen. Det som gjaldt før filen, gjelder igjen."),
        error_messages={"required": lazy("Skriv hvorfor filen angres.")},
    )


class CodeForm(forms.Form):
    """Whose a code is, from a day on; or that it stays unallocated."""

    unit = forms.ChoiceField(label=lazy("Enhet"), required=False)
    valid_from = DayField(label=lazy("Gjelder fra"), required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = field_of(self, "unit", forms.ChoiceField)
        field.choices = [("", _("Velg enhet")), (LEAVE, _("Ikke fordel ennå")), *units]
        field.error_messages["invalid_choice"] = _("Velg en enhet fra listen.")

    def clean(self) -> dict[str, Any]:
        """A unit needs a day."""
        cleaned = super().clean() or {}
        day = cleaned.get("valid_from")
        if cleaned.get("unit") not in ("", LEAVE, None) and "valid_from" not in self.errors:
            if day is None:
                self.add_error("valid_from", _("Skriv en dato, for eksempel 01.09.2026."))
            elif not FIRST_DAY <= day <= LAST_DAY:
                self.add_error("valid_from", _("Skriv en dato mellom 1900 og 2100."))
        return cleaned
