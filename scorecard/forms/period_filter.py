"""What a reader may choose on the page of an indicator: the stretch of time, the day it was known, whose target."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.periods import InvalidPeriod, Period, PeriodKind, parse_period_text
from common.punkt.fields import DayField
from scorecard.rules.cells import SeriesPoint

TWELVE, THREE_YEARS, ALL, CHOSEN = "12", "36", "alt", "valgt"
OWN, ABOVE = "eget", "over"


@dataclass(frozen=True)
class Chosen:
    """What was chosen, with everything that could not be read left out."""

    span: str = THREE_YEARS
    first: Period | None = None
    last: Period | None = None
    known_on: date | None = None
    own_targets: bool = True

    def visible(self, points: list[SeriesPoint]) -> list[SeriesPoint]:
        """The points inside the stretch, oldest first."""
        if self.span == CHOSEN:
            return [point for point in points if self._inside(point.period)]
        if self.span == ALL or not points:
            return points
        months = 12 if self.span == TWELVE else 36
        kind = points[-1].period.kind
        if kind is PeriodKind.YEAR:
            return points if self.span == THREE_YEARS else points[-2:]
        return points[-(months // kind.length) :]

    def _inside(self, period: Period) -> bool:
        after = self.first is None or period.last_day >= self.first.start
        return after and (self.last is None or period.start <= self.last.last_day)


class PeriodField(forms.CharField):
    """A period in any spelling: «mars 2025», «03.2025», «K1 2025», «2025»."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value.replace("\x00", "?") if isinstance(value, str) else value)
        if not text:
            return None
        try:
            return parse_period_text(text)
        except InvalidPeriod:
            raise ValidationError(_("Skriv en periode, for eksempel mars 2025 eller 2025."), code="invalid") from None


class PeriodFilter(forms.Form):
    """Sent by GET; what cannot be read gets a message, and the page shows the rest."""

    vis = forms.ChoiceField(
        label=_("Periode"),
        choices=[
            (TWELVE, _("Siste 12 måneder")),
            (THREE_YEARS, _("Siste tre år")),
            (ALL, _("Alt")),
            (CHOSEN, _("Fra og til")),
        ],
        required=False,
        error_messages={"invalid_choice": _("Velg en av periodene i listen.")},
    )
    fra = PeriodField(label=_("Fra"), required=False)
    til = PeriodField(label=_("Til"), required=False)
    kjent = DayField(
        label=_("Slik det var kjent på dato"),
        required=False,
        error_messages={"invalid": _("Skriv en dato, for eksempel 31.12.2025. Siden viser tallene slik de er i dag.")},
    )
    mal = forms.ChoiceField(
        label=_("Vis mot"),
        choices=[(OWN, _("Eget mål")), (ABOVE, _("Målet fra nivået over"))],
        required=False,
        error_messages={"invalid_choice": _("Velg eget mål eller målet fra nivået over.")},
    )

    def __init__(self, data: Any, *, today: date) -> None:
        """Unbound without any choice, so that an untouched page has no errors."""
        names = {"vis", "fra", "til", "kjent", "mal"}
        super().__init__(data if names & set(data) else None, initial={"vis": THREE_YEARS, "mal": OWN}, auto_id="f_%s")
        self.today = today

    def clean_kjent(self) -> date | None:
        day: date | None = self.cleaned_data["kjent"]
        if day is not None and day > self.today:
            raise ValidationError(_("Velg en dag som har vært. Siden viser tallene slik de er i dag."), code="future")
        if day is not None and day.year < 1950:
            raise ValidationError(_("Velg en dag etter 1950. Siden viser tallene slik de er i dag."), code="early")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("fra"), cleaned.get("til")
        if first and last and last.last_day < first.start:
            self.add_error("til", _("Til er før fra. Skriv den første perioden i Fra."))
        return cleaned

    def chosen(self) -> Chosen:
        """The choices that could be read."""
        if not self.is_bound:
            return Chosen()
        self.is_valid()
        found = self.cleaned_data
        first, last = found.get("fra"), found.get("til")
        span = CHOSEN if first or last else found.get("vis") or THREE_YEARS
        chosen = Chosen(span, first, last, found.get("kjent"), found.get("mal") != ABOVE)
        return replace(chosen, span=ALL) if span == CHOSEN and not (first or last) else chosen
