"""What an administrator decides about an activity."""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from annualcycle.forms.filled_in import AFTER, BEFORE, BLANK, filled_in, months_of
from annualcycle.forms.wording import ORDINALS, PROBLEMS, workday_words
from annualcycle.models import Activity
from annualcycle.rules.dates import WEEKS, WORKDAYS
from annualcycle.rules.kinds import DateRule, LinkKind, Moves, Scope
from annualcycle.rules.refusals import Problem
from annualcycle.services.activities import ActivityRefused, ActivityValues
from common import formats
from organisation.forms.asking import AskingForm
from organisation.forms.fields import LineField, PickField, WhenField, field_of
from organisation.forms.people import role_choices
from organisation.forms.versioned import VersionedForm
from organisation.models import Unit
from organisation.rules.access import TABLE, Permission, Role

MOST_LEADS = 6
_AS_TYPED = (
    "title", "short", "description", "lane", "rule", "moves", "responsible", "scope", "fixed_on", "all_year", "escalate_after",
    "minutes", "link_kind", "is_public", "lead_days",
)  # fmt: skip
_NEEDED_BY_FEW = ("start_month", "start_day", "all_year")
# What a draft has where a field is wrong.
_GAPS: dict[str, Any] = {"participants": (), "units": (), "moves": Moves.BEFORE}
# Which fields each rule asks for.
_ASKED: dict[str, frozenset[str]] = {
    DateRule.FIXED: frozenset({"month", "day"}),
    DateRule.MONTH: frozenset({"month"}),
    DateRule.WEEK: frozenset({"month", "week_number", "weekday"}),
    DateRule.WORKDAY: frozenset({"month", "workday_number"}),
    DateRule.RELATIVE: frozenset({"anchor", "offset_days", "direction"}),
}
# What each of them wants where it is empty.
_WANTED: dict[str, Any] = {
    "month": PROBLEMS[Problem.NO_MONTH],
    "day": lazy("Skriv hvilken dag i måneden."),
    "week_number": PROBLEMS[Problem.NO_SUCH_WEEK],
    "weekday": PROBLEMS[Problem.NO_WEEKDAY],
    "workday_number": PROBLEMS[Problem.NO_SUCH_WORKDAY],
    "anchor": PROBLEMS[Problem.NO_ANCHOR],
    "offset_days": lazy("Skriv hvor mange dager. 0 er samme dag."),
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
    """Everything about an activity. Which fields of the day count, follows from `rule`; the others are left unread.

    `form` is another each time the page of a new activity is opened, so that one form sent twice makes one activity.
    """

    form = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
    title = LineField(label=lazy("Aktivitet"), longest=120, help_text=lazy("Står i e-post og kalendere. Ikke skriv navn på personer."))
    short = LineField(label=lazy("Kort navn"), longest=28, help_text=lazy("Står ved siden av hjulet. Høyst 28 tegn."))
    description = forms.CharField(
        label=lazy("Hva skal gjøres"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("Alle ansatte i bydelen kan lese det. Ikke skriv navn på personer."),
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
        lazy("Arbeidsdager over fristen før nivået over får vite det"), 0, 60, help_text=lazy("La stå tomt for det vanlige.")
    )
    minutes = whole(lazy("Omtrent hvor mange minutter"), 1, 9999)
    link_kind = PickField(label=pgettext_lazy("activity", "Gjelder"), choices=Activity.LinkChoices)
    report_month = PickField(label=lazy("Rapporten for"), required=False, help_text=lazy("Fristen følger månedsrapportens egen frist."))
    scorecard_year = PickField(label=lazy("Målekartet for"), required=False)
    is_public = forms.BooleanField(label=lazy("Vises for folkevalgte og i deres kalender"), required=False)

    def __init__(
        self, data: Any = None, *, year: int, anchors: Iterable[Activity], units: Sequence[Unit], activity: Activity | None = None
    ) -> None:
        super().__init__(data, initial=filled_in(activity) if activity else BLANK)
        self.year = year
        self.anchors = {str(each.pk): each for each in anchors if activity is None or each.pk != activity.pk}
        self.offered = {str(unit.pk): unit for unit in units}
        # A browser cuts what is pasted without a word; we say it instead.
        del self.fields["short"].widget.attrs["maxlength"]
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
            "report_month": [(day.isoformat(), formats.month_label(day)) for day in months_of(self.year)],
            "scorecard_year": [(str(year), str(year)) for year in (self.year, self.year + 1)],
        }
        for name, choices in lists.items():
            field_of(self, name, PickField).offer(choices, empty=_("Velg"))
        # Whoever sees no tasks can do none.
        doers = [(role, label) for role, label in role_choices() if Permission.SEE_TASKS in TABLE[Role(role)]]
        field_of(self, "responsible", PickField).offer(doers, empty=_("Velg"))
        field_of(self, "participants", ManyField).choices = role_choices()
        field_of(self, "units", ManyField).choices = [(key, str(unit)) for key, unit in self.offered.items()]

    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title", "short", "description", "lane")]

    def of_the_rule(self) -> list[tuple[forms.BoundField, str]]:
        """Each field of the day, with the rules that ask for it as the style sheet names them."""
        names = [name for name in self.fields if name in _OF_RULES | {"offset_in_workdays"}]
        return [(self[name], " ".join(f"is-{rule}" for rule, asked in _ASKED.items() if name in asked) or "is-relative") for name in names]

    def more_of_the_day(self) -> list[forms.BoundField]:
        return [self[name] for name in _NEEDED_BY_FEW]

    def needs_more_of_the_day(self) -> bool:
        """Whether the fields that few need are in use or wrong, and so stand open."""
        return any(self[name].errors or self[name].value() for name in _NEEDED_BY_FEW)

    def reminding(self) -> list[forms.BoundField]:
        return [self[name] for name in ("lead_days", "escalate_after", "minutes", "is_public")]

    def clean_lead_days(self) -> tuple[int, ...]:
        """Whole days with commas between."""
        parts = [part for part in re.split(r"[,;\s]+", self.cleaned_data["lead_days"]) if part]
        if len(parts) > MOST_LEADS or any(not part.isdecimal() or len(part) > 3 or int(part) > 120 for part in parts):
            raise ValidationError(_("Skriv høyst seks hele tall fra 0 til 120 med komma mellom, for eksempel 14, 3."))
        return tuple(int(part) for part in parts)

    def clean(self) -> dict[str, Any]:
        """What rule and scope do not ask for is not read. What the rule asks for must be said, but where the year has a day of its own."""
        cleaned = super().clean() or {}
        for name in _OF_RULES - _ASKED.get(cleaned.get("rule", ""), _OF_RULES):
            self.errors.pop(name, None)
            cleaned[name] = None if name in ("day", "offset_days") else ""
        if cleaned.get("scope") == Scope.NONE:
            self.errors.pop("responsible", None)
            cleaned["responsible"] = ""
        if not cleaned.get("fixed_on"):
            for name in [name for name in _WANTED if name in _ASKED.get(cleaned.get("rule", ""), ()) and name not in self.errors]:
                if cleaned.get(name) in (None, ""):
                    self.add_error(name, _WANTED[name])
        return cleaned

    def day_values(self) -> ActivityValues | None:
        """What the day alone follows from, however far the rest is filled in; None where a field of the day is wrong."""
        found = self.cleaned_data
        if any(name in self.errors for name in _OF_THE_DAY):
            return None
        kept: dict[str, Any] = {name: found[name] for name in ("rule", "moves", "fixed_on")} | self._numbers(found)
        return ActivityValues(title="", short="", lane="", responsible="", **kept)

    def day_problem(self) -> str:
        """What is wrong in what is filled in of the day; nothing where it only is not all there yet."""
        for name in _OF_THE_DAY:
            if name in self.errors and self[name].value():
                return f"{self[name].label}: {self.errors[name][0]}"
        return ""

    def forget_the_rest(self) -> None:
        """Whoever asks for the day alone is told of the day alone."""
        for name in [name for name in self.errors if name not in _OF_THE_DAY]:
            del self.errors[name]

    def values(self) -> ActivityValues:
        """What was decided; only for a valid form."""
        return self._values(self.cleaned_data)

    def draft(self) -> ActivityValues | None:
        """What is decided as far as it is well filled in, to look for what else is wrong; never to be saved. None without a rule."""
        return None if "rule" in self.errors else self._values(dict.fromkeys(self.fields) | _GAPS | self.cleaned_data)

    def _values(self, found: Mapping[str, Any]) -> ActivityValues:
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
        """Each reason at the field where it can be mended, unless that has one already."""
        for name, problem in refusal.problems:
            field, text = self._field_of(name), str(PROBLEMS[problem])
            if field not in self.errors:
                self.add_error(field, text % {"name": refusal.name} if refusal.name else text)

    def _field_of(self, name: str) -> str:
        if name == "number":
            return "week_number" if self.cleaned_data.get("rule") == DateRule.WEEK else "workday_number"
        if name == "link_period":
            return "report_month" if self.cleaned_data.get("link_kind") == LinkKind.REPORT else "scorecard_year"
        return {"offset": "offset_days"}.get(name, name)
