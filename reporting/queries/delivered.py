"""What a unit last delivered: what others go on reading while the report is back with the unit."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import BigIntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from reporting.models import MonthlyReport, ReportReturn
from reporting.rules.kinds import ReportState

# Higher than any version's number in the history.
LAST = 2**62
# What a leader says in a report. A draft of it is for its writer alone.
SAID = (
    *("forecast", "method", "is_unconfirmed", "change_text", "timing", "timing_text", "causes", "explanation", "unchanged_months"),
    *("sick_causes", "sick_text", "indicator_lines", "action_lines"),
)


def delivered(report_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """What each of these reports said when it was last delivered, an answer that was taken back left out.

    One SQL statement, none for no reports.
    """
    if not report_ids:
        return {}
    history = MonthlyReport.history
    asked = ReportReturn.objects.filter(report=OuterRef(OuterRef("id")), answered_at__isnull=True).order_by("-at").values("at")[:1]
    back = history.filter(id=OuterRef("id"), state=ReportState.RETURNED, history_date__gte=Subquery(asked)).order_by("history_id")
    until = Coalesce(Subquery(back.values("history_id")[:1]), Value(LAST), output_field=BigIntegerField())
    rows = history.filter(Q(state=ReportState.RETURNED) | Q(state=ReportState.DELIVERED, history_id__lt=until), id__in=report_ids)
    found: dict[int, dict[str, Any]] = {}
    for row in rows.order_by("history_id").values("id", "state", *SAID):
        report_id, state = row.pop("id"), row.pop("state")
        if state == ReportState.DELIVERED:
            found[report_id] = row
        else:
            # Where a delivery has left no version, the first one after it says the same: sending back changes no word.
            found.setdefault(report_id, row)
    return found


def as_delivered(reports: Iterable[MonthlyReport]) -> list[MonthlyReport]:
    """The same reports; a returned one says what was delivered and not what is being written. For reading, never for saving."""
    reports = list(reports)
    said = delivered([report.pk for report in reports if report.state == ReportState.RETURNED])
    for report in reports:
        for name, value in said.get(report.pk, {}).items():
            setattr(report, name, value)
    return reports
