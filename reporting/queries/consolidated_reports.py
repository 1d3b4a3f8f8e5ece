"""What the reports of a district's year say, as far as they were handed in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from organisation.rules.tree import Node
from reporting.models import MonthlyReport, ReportingMonth
from reporting.queries.delivered import as_delivered
from reporting.queries.month_stamp import MonthStamp, remembered
from reporting.rules.states import HANDED_IN

TOLD = ("unit", "month", "state", "forecast", "is_unconfirmed", "revision", "figures_changed_at")


@dataclass(frozen=True, slots=True)
class Told:
    """What a report that was handed in says of the year, and whether its unit stands behind it."""

    forecast: Decimal | None
    is_confirmed: bool
    revision: int = 1
    figures_changed_at: datetime | None = None

    def is_newer_than_lock(self, setting: ReportingMonth | None) -> bool:
        if setting is None or setting.locked_at is None or self.figures_changed_at is None:
            return False
        return self.figures_changed_at > setting.locked_at


SAYS_NOTHING = Told(None, False)
ByUnit = Mapping[tuple[int, date], Told]


def told_in(
    month: date, alive: Mapping[date, tuple[Node, ...]], reports: Iterable[MonthlyReport] | None, stamp: MonthStamp | None
) -> ByUnit:
    """Per unit and month, from the year's first to this one: `alive` names those that report. `reports`: this month's, as delivered.

    One SQL statement, and one more where a report is back with its unit. With a stamp the earlier months are read where one of their
    reports is new.
    """
    before = sorted(alive.keys() - {month})
    if stamp is None:
        return _read([*before, month], alive)
    now = _read([month], alive) if reports is None else _by_unit(reports)
    # The version of the organisation says when each of these units was there, and what it was called.
    parts = (frozenset(node.id for each in before for node in alive[each]), stamp.earlier, stamp.organisation)
    return {**remembered("told before", month, parts, lambda: _read(before, alive)), **now}


def _read(months: Sequence[date], alive: Mapping[date, tuple[Node, ...]]) -> ByUnit:
    unit_ids = {node.id for month in months for node in alive[month]}
    rows = MonthlyReport.objects.filter(unit_id__in=unit_ids, month__in=months, state__in=HANDED_IN).order_by()
    return _by_unit(as_delivered(rows.only(*TOLD))) if months else {}


def _by_unit(reports: Iterable[MonthlyReport]) -> ByUnit:
    return {(report.unit_id, report.month): _told(report) for report in reports if report.state in HANDED_IN}


def _told(report: MonthlyReport) -> Told:
    return Told(report.forecast, not report.is_unconfirmed, report.revision, report.figures_changed_at)
