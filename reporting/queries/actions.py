"""What the month's reports know about actions: which report an action was agreed in, and the overspend it shall cover."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from actions.rules.evidence import Cover, Evidence
from common import formats
from organisation.queries.access import Access
from organisation.rules.access import Permission as P
from reporting.models import Balance, MonthlyReport, ReportAction
from reporting.models.sums import KronerSum
from reporting.queries.delivered import as_delivered
from reporting.queries.owners import owners_in, trees_of
from reporting.rules.states import HANDED_IN


def evidence(action_ids: Collection[int], *, access: Access | None) -> dict[int, list[Evidence]]:
    """The report an action was agreed in; with an address only for those who read it. One SQL statement."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    rows = ReportAction.objects.filter(action_id__in=action_ids).select_related("report__unit")
    for row in rows:
        report = row.report
        month = formats.period_label(report.period)
        pattern = _("Avtalt i rapporten for %(month)s") if row.agreed_by_director else _("Laget i rapporten for %(month)s")
        reads = access is None or _reads(access, report)
        url = reverse("reporting:report_read", args=[report.unit.code, report.month]) if reads and report.state in HANDED_IN else ""
        found[row.action_id].append(Evidence("report", pattern % {"month": month}, url))
    return dict(found)


def _reads(access: Access, report: MonthlyReport) -> bool:
    return any(access.may_in(permission, report.unit_id) for permission in (P.SEE_REPORT, P.SEE_DELIVERED_REPORT))


def cover(unit_ids: Collection[int], *, on: date, access: Access | None) -> dict[int, Cover]:
    """The overspend of the newest forecast of the year, by unit; only units whose ledger the person sees.

    Two SQL statements, three where a report is back with its unit.
    """
    seen = [unit_id for unit_id in unit_ids if access is None or access.may_in(P.SEE_LEDGER, unit_id)]
    reports = MonthlyReport.objects.filter(
        unit_id__in=seen, month__year=on.year, month__lte=on, state__in=HANDED_IN, forecast__isnull=False
    )
    newest = {report.unit_id: report for report in as_delivered(reports.select_related("unit").order_by("month"))}
    if not newest:
        return {}
    budgets = _budgets(newest, {report.month for report in newest.values()})
    found = {}
    for unit_id, report in newest.items():
        revised = budgets.get((unit_id, report.month))
        overspend = (report.forecast or Decimal(0)) - revised if revised is not None else Decimal(0)
        if overspend > 0:
            found[unit_id] = _cover(report, overspend, access)
    return found


def _cover(report: MonthlyReport, overspend: Decimal, access: Access | None) -> Cover:
    label = _("Prognosen for %(month)s") % {"month": formats.month_label(report.month)}
    reads = access is None or _reads(access, report)
    return Cover(overspend, label, reverse("reporting:report_read", args=[report.unit.code, report.month]) if reads else "")


def _budgets(unit_ids: Collection[int], months: Collection[date]) -> dict[tuple[int, date], Decimal]:
    """The year's budget of ordinary operation, with what stands below a unit that reports. One SQL statement."""
    owners = {month: owners_in(tree, unit_ids) for month, tree in trees_of(months).items()}
    below = {each for owned in owners.values() for each in owned}
    rows = Balance.objects.filter(unit_id__in=below, month__in=months, earmarked=False)
    found: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    for unit_id, month, total in rows.order_by().values_list("unit_id", "month").annotate(total=KronerSum("revised")):
        if unit_id in owners[month] and total is not None:
            found[owners[month][unit_id], month] += Decimal(total)
    return dict(found)
