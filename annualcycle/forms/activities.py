"""What an administrator decides about an activity, and why one is cancelled."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from annualcycle.forms.wording import ORDINALS, PROBLEMS, workday_words
from annualcycle.models import Activity
from annualcycle.rules.dates import WEEKS, WORKDAYS
from annualcycle.rules.kinds import DateRule, LinkKind, Moves, Scope
from annualcycle.services.activities import ActivityRefused, ActivityValues
from common import formats
from common.deadlines import Lane
from organisation.forms.fields import LineField, PickField, WhenField, field_of
from organisation.forms.people import role_choices
from organisation.forms.versioned import VersionedForm
from organisation.models import Unit
from scorecard.forms.asking import AskingForm

BEFORE, AFTER = "before", "after"
MOST_LEADS = 6
_AS_TYPED = (
    "title", "short", "description", "lane", "rule", "moves", "responsible", "scope", "fixed_on", "all_year", "escalate_after",
    "minutes", "link_kind", "is_public", "lead_days",
)  # fmt: skip
_THIS_YEAR = ("start_month", "start_day", "fixed_on", "all_year")
# Which fields each rule asks for.
_ASKED: dict[str, frozenset[str]] = {
    DateRule.FIXED: frozenset({"month", "day"}),
    DateRule.MONTH: frozenset({"month"}),
    DateRule.WEEK: frozenset({"month", "week_number", "weekday"}),
    DateRule.WORKDAY: frozenset({"month", "workday_number"}),
    DateRule.RELATIVE: frozenset({"anchor", "offset_days", "direction"}),
}
_OF_RULES = frozenset[str]().union(*_ASKED.values())
_OF_THE_DAY = (
    "rule", "month", "day", "week_number", "weekday", "workday_number", "anchor", "offset_days", "direction", "offset_in_workdays", "moves",
    "fixed_on", "start_month", "start_day",
)  # fmt: skip


def whole(label: Any, low: int, high: int, **more: Any) -> forms.IntegerField:
    """A whole number between two limits, asked for in one sentence."""
    words = format_lazy(lazy("Skriv et helt tall fra {low} til {high}."), low=low, high=high)
    messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), words)
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "al-figure"})
    return forms.IntegerField(label=label, min_value=low, max_value=high, required=False, widget=widget, error_messages=messages, **more)


class ManyField(forms.MultipleChoiceField):
    """Several from a list, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"invalid_choice": lazy("Velg fra listen."), "invalid_list": lazy("Velg fra listen.")}


class ActivityForm(VersionedForm, AskingForm):
    """Everything about an activity. Which fields of the day count, follows from `rule`; the others are left unread."""

    title = LineField(label=lazy("Aktivitet"), longest=120)
    short = LineField(label=lazy("Kort navn"), longest=28, help_text=lazy("Står ved siden av hjulet."))
    description = forms.CharField(
        label=lazy("Hva skal gjøres"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": lazy("Teksten er for lang. Skriv høyst %(limit_value)d tegn.")},
    )
    lane = forms.ChoiceField(label=lazy("Bane i hjulet"), choices=Activity.LaneChoices, widget=forms.RadioSelect)

    rule = forms.ChoiceField(label=lazy("Når er fristen?"), choices=Activity.RuleChoices, widget=forms.RadioSelect)
    month = PickField(label=lazy("Måned"), required=False)
    day = whole(lazy("Dag"), 1, 31)
    week_number = PickField(label=lazy("Hvilken i måneden"), required=False)
    weekday = PickField(label=lazy("Ukedag"), required=False)
    workday_number = PickField(label=lazy("Arbeidsdag nummer"), required=False)
    anchor = PickField(label=lazy("Regnes fra"), required=False)
    offset_days = whole(lazy("Antall dager"), 0, 366)
    direction = forms.ChoiceField(
        label=lazy("Før eller etter"), choices=[(AFTER, lazy("Etter")), (BEFORE, lazy("Før"))], widget=forms.RadioSelect, required=False
    )
    offset_in_workdays = forms.BooleanField(label=lazy("Tell bare arbeidsdager"), required=False)
    moves = forms.ChoiceField(label=lazy("Faller dagen på helg eller helligdag"), choices=Activity.MoveChoices, widget=forms.RadioSelect)
    fixed_on = WhenField(label=lazy("Egen dato i år"), required=False, help_text=lazy("Gjelder bare dette året, og flyttes ikke."))
    start_month = PickField(label=lazy("Begynner i måned"), required=False)
    start_day = whole(lazy("Begynner på dag"), 1, 31)
    all_year = forms.BooleanField(
        label=lazy("Gjelder hele året"), required=False, help_text=lazy("Står under hjulet, ikke som et merke i det.")
    )

    responsible = PickField(label=lazy("Ansvarlig"))
    participants = ManyField(label=lazy("Deltar"), required=False)
    scope = forms.ChoiceField(label=lazy("Hvem får oppgaven?"), choices=Activity.ScopeChoices, widget=forms.RadioSelect)
    units = ManyField(label=lazy("Enheter"), required=False)
    lead_days = LineField(
        label=lazy("Påminnelser, dager før fristen"), longest=40, required=False, help_text=lazy("Komma mellom, for eksempel 14, 3.")
    )
    escalate_after = whole(
        lazy("Arbeidsdager over fristen før nivået over får vite det"), 0, 60, help_text=lazy("Tomt: som ellers i styringshjulet.")
    )
    minutes = whole(lazy("Omtrent hvor mange minutter"), 1, 9999)
    link_kind = PickField(label=lazy("Gjelder"), choices=Activity.LinkChoices)
    report_month = PickField(label=lazy("Rapporten for"), required=False)
    scorecard_year = PickField(label=lazy("Målekartet for"), required=False)
    is_public = forms.BooleanField(label=lazy("Vises for folkevalgte og i kalenderen utad"), required=False)

    def __init__(
        self, data: Any = None, *, year: int, anchors: Iterable[Activity], units: Sequence[Unit], activity: Activity | None = None
    ) -> None:
        super().__init__(data, initial=_initial(activity) if activity else _BLANK)
        self.year = year
        self.anchors = {str(each.pk): each for each in anchors if activity is None or each.pk != activity.pk}
        self.offered = {str(unit.pk): unit for unit in units}
        self._offer()

    def _offer(self) -> None:
        months = [(str(number), str(name).capitalize()) for number, name in MONTHS.items()]
        lists: Mapping[str, list[tuple[str, str]]] = {
            "month": months,
            "start_month": months,
            "week_number": [(str(number), str(ORDINALS[number]).capitalize()) for number in WEEKS],
            "weekday": [(str(number), str(name).capitalize()) for number, name in WEEKDAYS.items()],
            "workday_number": [(str(number), workday_words(number).capitalize()) for number in WORKDAYS],
            "anchor": [(key, f"{each.title}, {formats.date_short(each.due_on)}") for key, each in self.anchors.items()],
            "report_month": [(day.isoformat(), formats.month_label(day)) for day in _months_of(self.year)],
            "scorecard_year": [(str(year), str(year)) for year in (self.year, self.year + 1)],
        }
        for name, choices in lists.items():
            field_of(self, name, PickField).offer(choices, empty=_("Velg"))
        field_of(self, "responsible", PickField).offer(role_choices(), empty=_("Velg"))
        field_of(self, "participants", ManyField).choices = role_choices()
        field_of(self, "units", ManyField).choices = [(key, str(unit)) for key, unit in self.offered.items()]

    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title", "short", "description", "lane")]

    def of_the_rule(self) -> list[tuple[forms.BoundField, str]]:
        """Each field of the day, with the rules that ask for it as the style sheet names them."""
        names = [name for name in self.fields if name in _OF_RULES | {"offset_in_workdays"}]
        return [(self[name], " ".join(f"is-{rule}" for rule, asked in _ASKED.items() if name in asked) or "is-relative") for name in names]

    def more_of_the_day(self) -> list[forms.BoundField]:
        return [self[name] for name in _THIS_YEAR]

    def is_about_this_year(self) -> bool:
        """Whether the fields that few need are in use or wrong, and so stand open."""
        return any(self[name].errors or self[name].value() for name in _THIS_YEAR)

    def reminding(self) -> list[forms.BoundField]:
        return [self[name] for name in ("lead_days", "escalate_after", "minutes", "is_public")]

    def clean_lead_days(self) -> tuple[int, ...]:
        """Whole days with commas between."""
        parts = [part for part in re.split(r"[,;\s]+", self.cleaned_data["lead_days"]) if part]
        if len(parts) > MOST_LEADS or any(not part.isdecimal() or len(part) > 3 or int(part) > 120 for part in parts):
            raise ValidationError(_("Skriv høyst seks hele tall fra 0 til 120 med komma mellom, for eksempel 14, 3."))
        return tuple(int(part) for part in parts)

    def clean(self) -> dict[str, Any]:
        """What the rule does not ask for is not read. Days from another activity must be said; 0 is the same day."""
        cleaned = super().clean() or {}
        for name in _OF_RULES - _ASKED.get(cleaned.get("rule", ""), _OF_RULES):
            self.errors.pop(name, None)
            cleaned[name] = None if name in ("day", "offset_days") else ""
        if cleaned.get("rule") == DateRule.RELATIVE and cleaned.get("offset_days") is None and "offset_days" not in self.errors:
            self.add_error("offset_days", _("Skriv hvor mange dager. 0 er samme dag."))
        return cleaned

    def day_values(self) -> ActivityValues | None:
        """What the day alone follows from, however far the rest is filled in; None where a field of the day is wrong."""
        found = self.cleaned_data
        if any(name in self.errors for name in _OF_THE_DAY):
            return None
        kept: dict[str, Any] = {name: found[name] for name in ("rule", "moves", "fixed_on")} | self._numbers(found)
        return ActivityValues(title="", short="", lane="", responsible="", **kept)

    def forget_the_rest(self) -> None:
        """Whoever asks for the day alone is told of the day alone."""
        for name in [name for name in self.errors if name not in _OF_THE_DAY]:
            del self.errors[name]

    def values(self) -> ActivityValues:
        """What was decided; only for a valid form."""
        found = self.cleaned_data
        return ActivityValues(
            **{name: found[name] for name in _AS_TYPED},
            **self._numbers(found),
            participants=tuple(found["participants"]),
            units=tuple(self.offered[key] for key in found["units"]),
            link_period=self._period(found),
        )

    def _numbers(self, found: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of the rule, and the day it begins."""
        rule = DateRule(found["rule"])
        number = {DateRule.WEEK: found["week_number"], DateRule.WORKDAY: found["workday_number"]}.get(rule, "")
        days = found["offset_days"]
        return {
            **{name: int(found[name]) if found[name] else None for name in ("month", "start_month", "weekday")},
            "day": found["day"],
            "start_day": found["start_day"],
            "number": int(number) if number else None,
            "anchor": self.anchors.get(found["anchor"]) if rule is DateRule.RELATIVE else None,
            "offset": None if days is None else -days if found["direction"] == BEFORE else days,
            "offset_in_workdays": found["offset_in_workdays"] is True,
        }

    def _period(self, found: Mapping[str, Any]) -> date | None:
        if found["link_kind"] == LinkKind.REPORT and found["report_month"]:
            return date.fromisoformat(found["report_month"])
        if found["link_kind"] == LinkKind.SCORECARD and found["scorecard_year"]:
            return date(int(found["scorecard_year"]), 1, 1)
        return None

    def add_refusal(self, refusal: ActivityRefused) -> None:
        """Each reason at the field where it can be mended."""
        for name, problem in refusal.problems:
            text = str(PROBLEMS[problem])
            self.add_error(self._field_of(name), text % {"name": refusal.name} if refusal.name else text)

    def _field_of(self, name: str) -> str:
        if name == "number":
            return "week_number" if self.cleaned_data["rule"] == DateRule.WEEK else "workday_number"
        if name == "link_period":
            return "report_month" if self.cleaned_data["link_kind"] == LinkKind.REPORT else "scorecard_year"
        return {"offset": "offset_days"}.get(name, name)


class CancelForm(VersionedForm, AskingForm):
    """Why it does not take place this year."""

    reason = LineField(label=lazy("Hvorfor tas den ut i år?"), longest=300, help_text=lazy("Ikke skriv navn på personer."))


_BLANK: dict[str, Any] = {
    "version": 0, "lane": Lane.MEETING, "rule": DateRule.FIXED, "moves": Moves.BEFORE, "scope": Scope.DISTRICT, "direction": AFTER,
    "lead_days": "14, 3", "link_kind": LinkKind.NONE,
}  # fmt: skip


def _initial(activity: Activity) -> dict[str, Any]:
    """The form as the activity stands."""
    names = (
        "version", "title", "short", "description", "lane", "rule", "day", "moves", "fixed_on", "start_day", "all_year", "responsible",
        "participants", "scope", "escalate_after", "minutes", "link_kind", "is_public", "offset_in_workdays",
    )  # fmt: skip
    texts = ("month", "weekday", "start_month")
    number, offset, period = activity.number, activity.offset, activity.link_period
    return {
        **{name: getattr(activity, name) for name in names},
        **{name: "" if getattr(activity, name) is None else str(getattr(activity, name)) for name in texts},
        "week_number": str(number) if activity.rule == DateRule.WEEK else "",
        "workday_number": str(number) if activity.rule == DateRule.WORKDAY else "",
        "anchor": str(activity.anchor_id or ""),
        "offset_days": None if offset is None else abs(offset),
        "direction": BEFORE if (offset or 0) < 0 else AFTER,
        "units": [str(unit.pk) for unit in activity.units.all()],
        "lead_days": ", ".join(str(days) for days in activity.lead_days),
        "report_month": period.isoformat() if period and activity.link_kind == LinkKind.REPORT else "",
        "scorecard_year": str(period.year) if period and activity.link_kind == LinkKind.SCORECARD else "",
    }


def _months_of(year: int) -> list[date]:
    """What can be reported in a year: from December of the year before."""
    return [date(year - 1, 12, 1), *(date(year, number, 1) for number in range(1, 13))]
