"""The pages of the month, of files and of their rules, with real arguments for one person."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from imports.models import Batch
from imports.rules.states import BatchState
from organisation.queries.access import Access
from organisation.rules.access import Permission
from reporting.models import AccountGroup, Cause, Delivery, EarmarkedProject, FunctionArea, LedgerLine, MonthlyReport
from reporting.rules.kinds import DeliveryKind, FeedKind, ReportState, RuleKind, Step
from tests.e2e.demonstration import YEAR

THIS_MONTH, MONTH_BEFORE = date(YEAR, 9, 1), date(YEAR, 8, 1)
DISTRICT = "alna"
# These answer to a form only.
FORMS = {
    "imports:cancel",
    "imports:check_again",
    "imports:decide",
    "imports:tell",
    "reporting:approval_approve",
    "reporting:approval_green",
    "reporting:approval_open_again",
    "reporting:approval_remind",
    "reporting:approval_return",
    "reporting:approval_undo",
    "reporting:consolidated_build",
    "reporting:report_field",
    "reporting:report_undo",
    "reporting:setup_defaults",
    "reporting:setup_withdraw",
}
FILES = {
    "imports:profile_file",
    "reporting:approval_export",
    "reporting:case_pdf",
    "reporting:case_word",
    "reporting:case_xlsx",
    "reporting:economy_export",
    "reporting:pack_pdf",
    "reporting:report_pdf",
    "reporting:sick_leave_export",
}
LEADING_ON = {
    "imports:of_delivery",
    "imports:of_measurement",
    "imports:progress",
    "reporting:economy_index",
    "reporting:economy_unit",
    "reporting:production_index",
    "reporting:sick_leave_index",
}
# Only there when something has happened that the demonstration does not tell: walked in the month's own tests.
ELSEWHERE = {"reporting:approval_versions", "reporting:unallocated_lines"}
OF_THE_DISTRICT = {"reporting:accuracy", "reporting:case_page"}
ROWS = {"cause": Cause, "area": FunctionArea, "group": AccountGroup, "project": EarmarkedProject}


def arguments_of_the_month(name: str, unit: str, access: Access) -> dict[str, object] | None:
    """None where the person meets nothing there, though the table would let the person in."""
    if name == "imports:rows" and not access.may(Permission.SEE_LEDGER):
        return None  # rows are shown to those who see the file's amounts
    if name.startswith("imports:"):
        return _of_files(access)
    if name.startswith("reporting:setup_"):
        return _of_rules(name)
    if not name.startswith("reporting:"):
        return {}
    given: dict[str, object] = {"district": DISTRICT, "month": THIS_MONTH, "area": "FO3"}
    if name in ("reporting:approval_correct", "reporting:sick_leave", "reporting:production"):
        return given | {"month": MONTH_BEFORE, "unit_code": "402" if unit == DISTRICT else unit}
    if name == "reporting:approval_agree":
        return given | {"unit_code": "202"}
    if name == "reporting:ledger_row":
        return _a_ledger_row(access)
    if name in ("reporting:report", "reporting:report_sent", "reporting:report_read"):
        report = _a_report(name, access)
        return None if report is None else given | {"unit_code": report.unit.code, "month": report.month}
    return given | {"unit_code": DISTRICT if name in OF_THE_DISTRICT else unit}


def _a_report(name: str, access: Access) -> MonthlyReport | None:
    """One that is being written, one that was sent, and one that can be read."""
    if name == "reporting:report_read":
        return _reports(Permission.SEE_REPORT_SUMMARY, access).filter(month=MONTH_BEFORE).first()
    states = [ReportState.DELIVERED] if name == "reporting:report_sent" else [ReportState.BEGUN, ReportState.RETURNED]
    return _reports(Permission.WRITE_REPORT, access).filter(month=THIS_MONTH, state__in=states).first()


def _reports(permission: Permission, access: Access) -> QuerySet[MonthlyReport]:
    return MonthlyReport.objects.filter(unit_id__in=access.unit_ids(permission)).select_related("unit").order_by("unit__code")


def _a_ledger_row(access: Access) -> dict[str, object] | None:
    delivery = Delivery.objects.get(kind=DeliveryKind.ECONOMY, is_current=True, year=YEAR, number=THIS_MONTH.month)
    line = LedgerLine.objects.filter(delivery=delivery, unit_id__in=access.unit_ids(Permission.SEE_LEDGER)).order_by("row").first()
    return None if line is None else {"delivery": delivery.pk, "row": line.row}


def _of_files(access: Access) -> dict[str, object] | None:
    """A file that waits for its control; whoever takes no files in looks at a saved one."""
    wanted = BatchState.CHECKED if access.may(Permission.SEE_LEDGER) else BatchState.SAVED
    kind = "economy" if access.may(Permission.SEE_LEDGER) or access.may(Permission.EDIT_RULES) else "sick_leave"
    batch = Batch.objects.filter(state=wanted, source__kind=kind).order_by("-pk").first()
    return None if batch is None else {"pk": batch.pk, "code": "ubw"}


def _of_rules(name: str) -> dict[str, object] | None:
    """The first row of every table, and the first of every closed list."""
    found: dict[str, object] = {"rule": next(iter(RuleKind)).value, "feed": next(iter(FeedKind)).value}
    found |= {"step": next(iter(Step)).value, "number": 0}
    for word, model in ROWS.items():
        row = model._default_manager.order_by("pk").first()
        if name == f"reporting:setup_{word}":
            return None if row is None else {"pk": row.pk}
    return found
