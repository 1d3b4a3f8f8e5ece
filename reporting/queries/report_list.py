"""The reports one writes: the latest month of each unit, and the months before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from common.periods import Period
from organisation.queries.tree import tree_on
from organisation.rules.tree import Node
from reporting.models import MonthlyReport
from reporting.queries.due_steps import due_rules
from reporting.queries.owners import REPORTING_KINDS
from reporting.rules.deadlines import StepDue, deadlines
from reporting.rules.kinds import Duty, ReportState, Step
from reporting.rules.states import HANDED_IN

MONTHS = 12


@dataclass(frozen=True)
class ReportLine:
    """One unit and month: how far it has come, and when it is due."""

    node: Node
    month: date
    state: ReportState
    due: StepDue | None
    saved_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.state not in HANDED_IN or self.state is ReportState.RETURNED


def my_reports(*, unit_ids: Collection[int], today: date) -> list[list[ReportLine]]:
    """By unit, the latest month first. Two SQL statements besides the tree's."""
    latest = Period.month(today.year, today.month).previous()
    months = [latest.previous(step).start for step in range(MONTHS)]
    tree = tree_on(latest.last_day)
    nodes = sorted((tree.nodes[pk] for pk in unit_ids if pk in tree.nodes), key=lambda node: node.code)
    nodes = [node for node in nodes if node.kind in REPORTING_KINDS]
    rules = due_rules()
    found = {
        (row[0], row[1]): (ReportState(row[2]), row[3])
        for row in MonthlyReport.objects.filter(unit_id__in=[node.id for node in nodes], month__in=months)
        .order_by()
        .values_list("unit_id", "month", "state", "saved_at")
    }
    due = {month: deadlines(rules, month).get(Step.UNIT_REPORT) for month in months}
    return [_lines(node, months, found, due) for node in nodes]


def _lines(
    node: Node,
    months: list[date],
    found: dict[tuple[int, date], tuple[ReportState, datetime | None]],
    due: dict[date, StepDue | None],
) -> list[ReportLine]:
    lines = []
    for place, month in enumerate(months):
        state, saved_at = found.get((node.id, month), (ReportState.NOT_STARTED, None))
        deadline = due[month]
        if place and (node.id, month) not in found:
            continue
        if deadline is not None and deadline.duty is Duty.NONE and state is ReportState.NOT_STARTED:
            continue
        lines.append(ReportLine(node, month, state, deadline, saved_at))
    return lines
