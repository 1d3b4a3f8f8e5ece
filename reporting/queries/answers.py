"""Whether a unit has answered what the director asked: something in that part is another than when the report was delivered."""

from datetime import datetime

from actions.models import Action
from reporting.models import MonthlyReport
from reporting.queries.delivered import delivered
from reporting.rules.kinds import ReportState
from reporting.rules.states import PART_OF
from scorecard.models import Measurement


def unanswered_parts(report: MonthlyReport) -> frozenset[str]:
    """The parts of a returned report that were asked about and are as they were. At most four SQL statements, else none."""
    if report.state != ReportState.RETURNED:
        return frozenset()
    asked = dict(report.returns.filter(answered_at__isnull=True).values_list("part", "at"))
    said = delivered([report.pk]).get(report.pk, {})
    changed = {PART_OF[name] for name, value in said.items() if name in PART_OF and getattr(report, name) != value}
    if "actions" in asked and _has_new_actions(report, asked["actions"]):
        changed.add("actions")
    if "production" in asked and _has_new_figures(report, asked["production"]):
        changed.add("production")
    return frozenset(asked.keys() - changed)


def _has_new_actions(report: MonthlyReport, since: datetime) -> bool:
    actions = Action.objects.filter(unit_id=report.unit_id)
    return actions.filter(created_at__gte=since).exists() or actions.filter(updates__at__gte=since).exists()


def _has_new_figures(report: MonthlyReport, since: datetime) -> bool:
    figures = Measurement.objects.filter(unit_id=report.unit_id, period_start=report.month, origin=Measurement.Origin.REPORT)
    return figures.filter(recorded_at__gte=since).exists()
