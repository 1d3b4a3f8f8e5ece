"""One value that is another as soon as anything a unit's report shows has changed, so that an unchanged page is not made again, and
of a changed one only what is new is read again."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, cast

from django.db.models import Model
from django.utils.translation import get_language

from actions.models import Action
from common.memory import Memory
from common.sums import COUNT, NEWEST, ROWS, VERSIONS, Sums, among, read_sums, sums_of
from organisation.models import AuditEntry, RoleAssignment
from organisation.queries.tree import history, version_token
from reporting.models import (
    AccountGroup,
    Balance,
    Cause,
    DeadlineRule,
    Delivery,
    FigureFeed,
    ForecastAccuracy,
    MonthlyReport,
    ReportingRule,
    ReportReturn,
    ReportTimes,
    SickLeaveShield,
)
from reporting.queries.owners import owned_by, trees_of
from scorecard.models import DataStamp, Indicator, Scorecard, Target

Value = TypeVar("Value")


@dataclass(frozen=True)
class ReportStamp:
    """What a report rests on, each as sums that are others after a change. `parts`: name → sums."""

    unit_id: int
    month: date
    organisation: str = field(compare=False)
    parts: tuple[tuple[str, tuple[str, ...]], ...]

    def of(self, *names: str) -> tuple[object, ...]:
        """The sums of these parts, for one unit, month, version of the organisation and language."""
        known = dict(self.parts)
        return (self.unit_id, self.month, self.organisation, get_language(), *((name, known[name]) for name in names))


_remembered: Memory[tuple[object]] = Memory(2000)


def remembered(stamp: ReportStamp | None, what: str, parts: Collection[str], make: Callable[[], Value], *about: object) -> Value:
    """What `make` gave last time this process was asked, where none of `parts` and `about` is another; without a stamp always anew.

    Where `make` remembers something itself, `parts` names the parts of that, too. What is remembered is shared between requests, so nobody
    changes it.
    """
    if stamp is None:
        return make()
    key = (what, stamp.of(*parts), about)
    kept = _remembered.get(key)
    if kept is None:
        kept = (make(),)
        _remembered.put(key, kept)
    return cast(Value, kept[0])


def report_stamp(*, unit_ids_upward: Collection[int], month: date) -> ReportStamp:
    """One SQL statement of many small sums. `unit_ids_upward` is the unit, and everything above it."""
    unit_id = next(iter(unit_ids_upward))
    found = read_sums(_figures(unit_id, list(unit_ids_upward), month))
    return ReportStamp(unit_id, month, version_token(), tuple(found.items()))


def _figures(unit_id: int, path: list[int], month: date) -> dict[str, list[Sums]]:
    """What each part of a report rests on."""
    year, now = date(month.year - 1, 1, 1).isoformat(), month.isoformat()
    # What stands below in any of the months that are looked at.
    looked_at = (month, month.replace(year=month.year - 1), date(month.year - 1, 12, 1))
    below = sorted({each for tree in trees_of(looked_at).values() for each in owned_by(tree, unit_id)})
    # A year's card is that of the units above at its end.
    holders = sorted({*path, *history().on(date(month.year, 12, 31)).path(unit_id)})
    beneath, upward = among("unit_id", below), among("unit_id", path)
    this = "unit_id = %s AND month = %s"
    asked = f"{ReportReturn._meta.db_table} r JOIN {MonthlyReport._meta.db_table} m ON m.id = r.report_id"
    report_sums = (COUNT, VERSIONS, "max(saved_at)", "max(figures_changed_at)")
    role_sums = (COUNT, NEWEST, "count(valid_to)", "max(valid_to)", "min(valid_to)")
    return {
        "rules": [sums_of(ReportingRule, ROWS)],
        "deadlines": [sums_of(DeadlineRule, ROWS)],
        "times": [sums_of(ReportTimes, ROWS)],
        "feeds": [sums_of(FigureFeed, ROWS), sums_of(Indicator, ROWS)],
        "causes": [sums_of(Cause, (COUNT, NEWEST)), sums_of(Cause, ("sum(id)",), "is_active"), _told_of(Cause)],
        "groups": [sums_of(AccountGroup, (COUNT, NEWEST)), _told_of(AccountGroup)],
        "balances": [sums_of(Balance, (COUNT, NEWEST, "sum(actual)", "sum(revised)"), beneath, *below)],
        "sick_leave": [
            sums_of(Delivery, ("sum(id)",), "is_current"),
            sums_of(Delivery, (NEWEST,)),
            sums_of(SickLeaveShield, (COUNT, NEWEST, "sum(min_fte)", "sum(min_persons)")),
        ],
        "targets": [sums_of(Target, ROWS, upward, *path)],
        "cards": [sums_of(Scorecard, ROWS, among("unit_id", holders), *holders)],
        "actions": [sums_of(Action, ROWS, "unit_id = %s", unit_id)],
        "earlier": [sums_of(MonthlyReport, report_sums, "unit_id = %s AND month >= %s AND month < %s", unit_id, year, now)],
        "report": [sums_of(MonthlyReport, report_sums, this, unit_id, now)],
        "returns": [Sums(asked, (COUNT, "max(r.id)", "count(r.answered_at)"), "m.unit_id = %s AND m.month = %s", (unit_id, now))],
        "accuracy": [sums_of(ForecastAccuracy, (COUNT, NEWEST, "sum(error)"), "unit_id = %s", unit_id)],
        "roles": [sums_of(RoleAssignment, role_sums, upward, *path)],
        "figures": [sums_of(DataStamp, ("max(token)",), "unit_id = %s", unit_id)],
    }


def _told_of(model: type[Model]) -> Sums:
    """The newest line of the trail about rows that have no version: another word in one of them shows in no sum."""
    return sums_of(AuditEntry, (NEWEST,), "target_type = %s", model._meta.label_lower)
