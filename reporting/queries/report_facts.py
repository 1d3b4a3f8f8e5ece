"""Everything a unit's report of a month rests on: figures, rules, what was said before, and what is missing because of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from actions.models import Action
from common.periods import Period
from organisation.models import Unit
from organisation.queries.access import Access
from organisation.rules.access import Permission
from reporting.models import FigureFeed, MonthlyReport
from reporting.queries.answers import unanswered_parts
from reporting.queries.due_steps import StepDue, deadlines_of, duty_of
from reporting.queries.economy import economy_by_month
from reporting.queries.known import Known, known_in
from reporting.queries.report_figures import doing_now, doing_then
from reporting.queries.report_sick_leave import SickLeave, sick_leave
from reporting.queries.report_stamp import ReportStamp, remembered
from reporting.queries.rules import as_rules, rules_on
from reporting.rules.completeness import Figure, Missing, Written, missing
from reporting.rules.demands import Facts, OverdueAction, RedIndicator, Rule, Struck, demands
from reporting.rules.economy import Amounts, UnitEconomy
from reporting.rules.forecast import Suggestions, YearSoFar, suggestions
from reporting.rules.kinds import Duty, FeedKind, ReportState, Step
from reporting.rules.states import HANDED_IN
from scorecard.models import Measurement
from scorecard.queries import entry

EMPTY = UnitEconomy()


@dataclass(frozen=True)
class ReportFacts:
    """`earlier` are this year's and last year's reports before the month, oldest first. `places` are the month's production figures,
    filled or not. `red` are indicators of the unit's card that are not reached, fed figures left out: they have their own parts."""

    unit: Unit
    month: date
    today: date
    report: MonthlyReport
    economies: Mapping[date, UnitEconomy]
    earlier: tuple[MonthlyReport, ...]
    rules: tuple[Rule, ...]
    deadlines: Mapping[Step, StepDue]
    actions: tuple[Action, ...]
    places: tuple[entry.Place, ...]
    red: tuple[RedIndicator, ...]
    sick_leave: SickLeave
    # Of a locked report: when its figures are of.
    known: Known | None = None
    # What the director has asked about and nobody has answered yet.
    open_parts: frozenset[str] = frozenset()
    # What the page was asked for under; None where everything is read anew.
    stamp: ReportStamp | None = None

    @property
    def period(self) -> Period:
        return Period.month(self.month.year, self.month.month)

    @property
    def economy(self) -> UnitEconomy:
        return self.economies.get(self.month, EMPTY)

    @property
    def amounts(self) -> Amounts:
        return self.economy.ordinary

    @cached_property
    def last_year(self) -> YearSoFar:
        year = self.month.year - 1
        then, whole = date(year, self.month.month, 1), date(year, 12, 1)
        return YearSoFar(
            self.economies.get(then, EMPTY).ordinary.actual,
            self.economies.get(whole, EMPTY).ordinary.actual,
        )

    @cached_property
    def suggestions(self) -> Suggestions:
        return suggestions(self.amounts, self.last_year)

    @cached_property
    def before(self) -> MonthlyReport | None:
        """The latest report that was handed in before this month."""
        return next((each for each in reversed(self.earlier) if each.state in HANDED_IN), None)

    @cached_property
    def forecast_before(self) -> MonthlyReport | None:
        """The report with this year's latest forecast before this month's."""
        return next((each for each in reversed(self.earlier) if each.month.year == self.month.year and each.forecast is not None), None)

    @property
    def duty(self) -> Duty:
        return duty_of(dict(self.deadlines))

    @cached_property
    def overdue(self) -> tuple[Action, ...]:
        return tuple(action for action in self.actions if action.due_on < self.today)

    @cached_property
    def unfilled(self) -> tuple[entry.Place, ...]:
        """Figures that nobody has written; one that comes by file is asked for when the file has come without it."""
        came = any(place.measurement is not None and place.measurement.origin == Measurement.Origin.FILE for place in self.places)
        open_places = (place for place in self.places if place.measurement is None and not place.locked)
        return tuple(place for place in open_places if came or not _comes_by_file(place))

    @cached_property
    def unanswered(self) -> frozenset[str]:
        """The parts the director has asked about, until something in them is another than what was delivered."""
        return unanswered_parts(self.report)

    @property
    def effect(self) -> Decimal:
        """What the open actions are expected to save this year."""
        return sum((action.effect_amount or Decimal(0) for action in self.actions), Decimal(0))

    def struck_by(self, forecast: Decimal | None) -> tuple[Struck, ...]:
        """Which rules would strike with this forecast."""
        previous = self.forecast_before
        facts = Facts(
            amounts=self.amounts,
            forecast=forecast,
            forecast_before=previous.forecast if previous else None,
            same_pace=self.suggestions.same_pace,
            sick_leave_over=self.sick_leave.over,
            red=self.red,
            overdue=tuple(OverdueAction(action.pk, action.title, action.due_on) for action in self.overdue),
        )
        return demands(self.rules, facts)

    @cached_property
    def struck(self) -> tuple[Struck, ...]:
        return self.struck_by(self.report.forecast)

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        figures = (Figure(place.indicator.code, place.indicator.name) for place in self.unfilled)
        found = missing(self._written, self.struck, self.duty, figures)
        if self.report.state != ReportState.RETURNED:
            return found
        # What nobody has asked about cannot be changed, so it cannot be missing either.
        return tuple(each for each in found if each.part in self.open_parts)

    @property
    def _written(self) -> Written:
        report = self.report
        return Written(
            forecast=report.forecast,
            change_text=report.change_text,
            causes=tuple(report.causes),
            explanation=report.explanation,
            timing=report.timing,
            timing_text=report.timing_text,
            sick_text=report.sick_text,
            indicator_lines=report.indicator_lines,
            action_lines=report.action_lines,
            priced_actions=sum(action.effect_amount is not None for action in self.actions),
            open_actions=len(self.actions),
        )


def facts_of(
    *, unit: Unit, month: date, report: MonthlyReport, access: Access | None, today: date, stamp: ReportStamp | None = None
) -> ReportFacts:
    """A fixed number of SQL statements, whatever the number of years. Without `access` (the system) nothing is left out.

    With a `stamp` only that is read of which this process does not remember how it stands. A locked report has what it was locked with.
    """
    year = month.year - 1
    months = {month, date(year, month.month, 1), date(year, 12, 1)}
    locked = month if report.state == ReportState.LOCKED else None
    known = known_in(unit.pk, month) if locked else None
    period = Period.month(month.year, month.month)
    sees = access is None or access.may_in(Permission.SEE_RESTRICTED, unit.pk)
    feeds = remembered(stamp, "feeds", ["feeds"], lambda: {row.indicator_id: row for row in FigureFeed.objects.select_related("indicator")})
    absence = next((feed.indicator for feed in feeds.values() if feed.kind == FeedKind.SICK_LEAVE), None)
    doing = (
        doing_then(unit.pk, period, known, sees_restricted=sees)
        if known
        else doing_now(unit.pk, period, feeds, today, stamp, sees_restricted=sees)
    )
    return ReportFacts(
        unit=unit,
        month=month,
        today=today,
        report=report,
        # A locked report shows the figures it was locked with; a correction that takes in new ones is another version of it.
        economies=remembered(
            stamp,
            "economy",
            ["balances", "groups", "report"] if locked else ["balances", "groups"],
            lambda: economy_by_month(unit_id=unit.pk, months=months, locked=locked),
            locked,
        ),
        earlier=remembered(stamp, "earlier", ["earlier"], lambda: _earlier(unit, month)),
        rules=remembered(stamp, "rules", ["rules"], lambda: tuple(as_rules(rules_on(period.last_day)))),
        deadlines=remembered(stamp, "deadlines", ["deadlines"], lambda: deadlines_of(month)),
        actions=doing.actions,
        places=doing.places,
        red=doing.red,
        sick_leave=remembered(
            stamp,
            "sick_leave",
            ["sick_leave", "targets", "feeds"],
            lambda: sick_leave(unit_id=unit.pk, month=month, indicator=absence, known=known),
            locked,
        ),
        known=known,
        open_parts=open_parts_of(report),
        stamp=stamp,
    )


def _earlier(unit: Unit, month: date) -> tuple[MonthlyReport, ...]:
    return tuple(MonthlyReport.objects.filter(unit=unit, month__gte=date(month.year - 1, 1, 1), month__lt=month).order_by("month"))


def open_parts_of(report: MonthlyReport) -> frozenset[str]:
    """What the director asked about and nobody has answered yet. One SQL statement for a returned report, else none."""
    if report.state != ReportState.RETURNED:
        return frozenset()
    return frozenset(report.returns.filter(answered_at__isnull=True).values_list("part", flat=True))


def _comes_by_file(place: entry.Place) -> bool:
    return place.last is not None and place.last.origin == Measurement.Origin.FILE


def figures_of(facts: ReportFacts) -> dict[str, object]:
    """The month's figures as a delivered report keeps them."""
    amounts, found = facts.amounts, facts.suggestions
    figures = {
        "original": amounts.original,
        "revised": amounts.revised,
        "budget": amounts.budget,
        "actual": amounts.actual,
        "no_more": found.no_more,
        "same_pace": found.same_pace,
        "last_year": found.last_year,
        "effect": facts.effect,
        "sick_leave": facts.sick_leave.rate,
    }
    return {name: None if value is None else str(value) for name, value in figures.items()}
