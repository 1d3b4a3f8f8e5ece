"""The report's form: what was written in each field, what of it cannot be read, and what it comes to in kroner."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from actions.models import Action
from actions.rules.states import Status
from common import formats
from common.numbers import Mark, NotANumber, parse_number
from common.punkt.fields import DayField, FigureField
from organisation.forms.fields import LineField, field_of
from reporting.queries.report_facts import ReportFacts
from reporting.queries.report_forecast import amount_of
from reporting.queries.wording import THOUSAND
from reporting.rules.kinds import ForecastMethod
from scorecard.models import Indicator
from scorecard.queries.entry import Place
from scorecard.rules.rollup import Method
from scorecard.services.values import Entry

TEXTS = ("change_text", "explanation", "timing_text", "sick_text")
LINES = {"action_line_": "action_lines", "indicator_line_": "indicator_lines"}
# What can be said with one touch; what ends an action is asked more about, on its own page.
QUICK_STATUSES = (Status.NOT_STARTED, Status.ON_TRACK, Status.DELAYED)
MOST = Decimal(10) ** 9


@dataclass(frozen=True)
class StatusChange:
    action: Action
    status: Status


class ReportForm:
    """What was posted. `fields` are for the report itself; a field that cannot be read is in `errors` and nowhere else."""

    def __init__(self, facts: ReportFacts, data: QueryDict, *, causes: Collection[str], sick_causes: Collection[str]) -> None:
        self.facts, self.data = facts, data
        self.errors: dict[str, str] = {}
        self.fields: dict[str, Any] = {}
        self._read_forecast()
        self._read_texts()
        self._read_choices("causes", causes)
        self._read_choices("sick_causes", sick_causes)
        self._read_timing()
        self._read_lines()

    @property
    def version(self) -> int:
        """The report's version when the page was made; 0 before there was a report."""
        text = self.data.get("version", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0

    def _read_forecast(self) -> None:
        chosen = self.data.get("method", "")
        if chosen not in list(ForecastMethod):
            return
        method = ForecastMethod(chosen)
        if method is not ForecastMethod.OWN:
            self.fields |= {"method": method.value, "forecast": amount_of(self.facts, method)}
            return
        amount = self._amount("own")
        if "own" not in self.errors:
            self.fields |= {"method": method.value, "forecast": amount}

    def _read_texts(self) -> None:
        for name in TEXTS:
            if name in self.data:
                self.fields[name] = str(self.data[name]).replace("\x00", "")

    def _read_choices(self, name: str, known: Collection[str]) -> None:
        # Boxes that nobody ticked are not sent at all; the hidden field says that they were on the page.
        if f"{name}_shown" in self.data:
            self.fields[name] = [code for code in self.data.getlist(name) if code in known]

    def _read_timing(self) -> None:
        if "timing" in self.data:
            amount = self._amount("timing")
            if "timing" not in self.errors:
                self.fields["timing"] = amount

    def _read_lines(self) -> None:
        # Only what the page asks about: any other name would be kept with the report for ever.
        asked = {
            "action_line_": [str(action.pk) for action in self.facts.actions],
            "indicator_line_": [each.code for each in self.facts.red],
        }
        for start, name in LINES.items():
            posted = {key: self.data[f"{start}{key}"] for key in asked[start] if f"{start}{key}" in self.data}
            lines = {key: str(text).replace("\x00", "") for key, text in posted.items()}
            if lines:
                self.fields[name] = lines

    def _amount(self, name: str) -> Decimal | None:
        """What was written in thousands, as kroner; empty is None."""
        try:
            found = parse_number(self.data.get(name, ""), decimal_point=False)
        except NotANumber:
            found = None
        if found is None or found.mark is Mark.MISSING or (found.value is not None and abs(found.value) >= MOST):
            self.errors[name] = _("Skriv et tall i 1000 kr, for eksempel 69 500.")
            return None
        return None if found.value is None else (found.value * THOUSAND).quantize(Decimal("0.01"))

    # What is not the report's own

    @property
    def statuses(self) -> list[StatusChange]:
        """Actions whose status was changed with a touch."""
        found = []
        for action in self.facts.actions:
            wanted = self.data.get(f"action_status_{action.pk}", "")
            if wanted in QUICK_STATUSES and wanted != action.status:
                found.append(StatusChange(action, Status(wanted)))
        return found

    def figures(self, places: Iterable[Place]) -> list[Entry]:
        """The production figures that were written, where they can be read."""
        return [entry for place in places if (entry := self._figure(place)) is not None]

    def _figure(self, place: Place) -> Entry | None:
        values: dict[str, Decimal | None] = {}
        for part in figure_parts(place.indicator):
            name = figure_name(place.indicator, part)
            try:
                found = parse_number(self.data.get(name, ""), decimal_point=False)
            except NotANumber:
                self.errors[name] = _("Skriv et tall, for eksempel 1 512.")
                return None
            values[part] = found.value
        if all(value is None for value in values.values()):
            return None
        for part, value in values.items():
            if value is None:
                self.errors[figure_name(place.indicator, part)] = _("Skriv både teller og nevner. Verdien regnes ut av dem.")
                return None
        unit = self.facts.unit
        return Entry(place.indicator, unit, place.period, values.get("value"), values.get("numerator"), values.get("denominator"))


def figure_parts(indicator: Indicator) -> tuple[str, ...]:
    return ("numerator", "denominator") if Method(indicator.rollup) is Method.RATIO else ("value",)


def figure_name(indicator: Indicator, part: str) -> str:
    return f"figure_{indicator.code}" if part in {"value", "numerator"} else f"figure_{indicator.code}_{part}"


class NewActionForm(forms.Form):
    """A new action, written in the report. The amount is in thousands, as everything on the page."""

    use_required_attribute = False
    title = LineField(label=lazy("Hva skal dere gjøre?"), longest=160, error_messages={"required": lazy("Skriv hva dere skal gjøre.")})
    amount = FigureField(label=lazy("Hvor mye gir det i år?"), required=False, low=Decimal("0.001"), high=MOST, example="300")
    due_on = DayField(label=lazy("Frist"), error_messages={"required": lazy("Skriv fristen, for eksempel 1.12.2026.")})
    owner = forms.TypedChoiceField(label=lazy("Hvem har ansvaret?"), coerce=int)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, owners: Iterable[tuple[int, str]] = (), owner: int | None = None, today: date
    ) -> None:
        super().__init__(data, prefix="new", initial={"owner": owner})
        self.today = today
        field_of(self, "owner", forms.ChoiceField).choices = list(owners)

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < self.today:
            raise forms.ValidationError(_("Fristen er passert. Velg %(day)s eller senere.") % {"day": formats.date_long(self.today)})
        return due_on

    @property
    def kroner(self) -> Decimal | None:
        amount = self.cleaned_data.get("amount")
        return None if amount is None else amount * THOUSAND
