"""«Økonomi – avviksrapport»: every unit of a district with ledger, corrected variance and forecast of one month."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from actions.queries.known import open_at, open_now
from common.sorting import norwegian_key
from reporting.models import MonthlyReport
from reporting.queries.consolidated import DistrictMonth, UnitMonth, minus, plus
from reporting.queries.delivered import as_delivered
from reporting.rules.consolidation import result_status
from reporting.rules.economy import Amounts, percent_of
from reporting.rules.states import HANDED_IN
from scorecard.rules.statuses import Status

# What the table can be sorted by; figures begin with what is worst.
SORTS = ("enhet", "navn", "avvik", "avvik-prosent", "prognoseavvik", "budsjett")


@dataclass(frozen=True)
class VarianceRow:
    """One unit, or all of them. Amounts are kroner."""

    code: str
    name: str
    amounts: Amounts
    corrected: Decimal | None
    before: Decimal | None
    forecast: Decimal | None
    is_confirmed: bool
    comment: str
    actions: int

    @property
    def expected(self) -> Decimal | None:
        """What the year is expected to end better by than its budget."""
        return minus(self.amounts.revised, self.forecast)

    @property
    def expected_percent(self) -> Decimal | None:
        return percent_of(self.expected, self.amounts.revised)

    @property
    def status(self) -> Status:
        return result_status(self.forecast, self.amounts.revised)


def variance_rows(found: DistrictMonth) -> list[VarianceRow]:
    """By unit code; of a locked month with the actions that were open then. Three SQL statements at most."""
    unit_ids = [unit.node.id for unit in found.units]
    reports = _reports(unit_ids, found.month)
    locked_at = found.setting.locked_at if found.setting else None
    open_actions = open_at(unit_ids=unit_ids, moment=locked_at) if locked_at else open_now(unit_ids)
    actions = Counter(action.unit_id for action in open_actions)
    return [_row(unit, found, reports.get(unit.node.id, (None, "")), actions[unit.node.id]) for unit in found.units]


def _reports(unit_ids: Iterable[int], month: date) -> Mapping[int, tuple[Decimal | None, str]]:
    rows = MonthlyReport.objects.filter(unit_id__in=unit_ids, month=month, state__in=HANDED_IN)
    reports = as_delivered(rows.only("unit", "state", "timing", "explanation"))
    return {report.unit_id: (report.timing, report.explanation) for report in reports}


def _row(unit: UnitMonth, found: DistrictMonth, report: tuple[Decimal | None, str], actions: int) -> VarianceRow:
    timing, comment = report
    standing, variance = unit.standing(found.month), unit.economy.variance
    return VarianceRow(
        code=unit.node.code,
        name=unit.node.name,
        amounts=unit.economy,
        corrected=None if variance is None else variance + (timing or Decimal(0)),
        before=unit.standing(found.before).forecast,
        forecast=standing.forecast,
        is_confirmed=standing.is_confirmed,
        comment=comment,
        actions=actions,
    )


def total_of(rows: Iterable[VarianceRow], unallocated: Amounts) -> VarianceRow:
    """All units and what nobody has, which counts with its budget as forecast."""
    rows = list(rows)
    amounts = sum((row.amounts for row in rows), unallocated)
    before, forecast = plus(row.before for row in rows), plus(row.forecast for row in rows)
    return VarianceRow(
        code="",
        name="",
        amounts=amounts,
        corrected=plus([*(row.corrected for row in rows), unallocated.variance]),
        before=before if before is None else plus([before, unallocated.revised]),
        forecast=forecast if forecast is None else plus([forecast, unallocated.revised]),
        is_confirmed=all(row.is_confirmed for row in rows),
        comment="",
        actions=sum(row.actions for row in rows),
    )


def sorted_rows(rows: Iterable[VarianceRow], sort: str) -> list[VarianceRow]:
    """The worst first; units without a figure last."""
    keys = {
        "avvik": lambda row: row.amounts.variance,
        "avvik-prosent": lambda row: row.amounts.variance_percent,
        "prognoseavvik": lambda row: row.expected,
        "budsjett": lambda row: None if row.amounts.revised is None else -row.amounts.revised,
    }
    if sort == "navn":
        return sorted(rows, key=lambda row: norwegian_key(row.name))
    key = keys.get(sort)
    if key is None:
        return sorted(rows, key=lambda row: row.code)
    return sorted(rows, key=lambda row: (key(row) is None, key(row) or Decimal(0), row.code))
