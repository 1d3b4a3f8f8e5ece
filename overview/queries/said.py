"""What leaders say in the reports they delivered: a few words, and what they expect of the year."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from common import formats
from common.memory import Memory
from organisation.rules.tree import Node
from overview.queries.economy import latest_months, millions
from reporting.models import Balance, MonthlyReport
from reporting.queries.delivered import as_delivered
from reporting.rules.states import HANDED_IN
from scorecard.models import Indicator

FIELDS = ("unit", "month", "state", "forecast", "explanation", "sick_text", "indicator_lines", "submitted_at")


@dataclass(frozen=True)
class Said:
    """Words from a report, where it can be read, and what the year is expected to end better by than its budget, in millions."""

    text: str
    when: str
    url: str
    forecast: str


@dataclass(frozen=True)
class Reports:
    """The latest delivered report of each unit, and the latest budgets of ordinary operation, which forecasts are held against."""

    by_unit: dict[int, MonthlyReport]
    budgets: dict[int, Decimal | None]

    def said(self, node: Node, indicator: Indicator, *, shielded: bool) -> Said | None:
        """The line about the indicator itself, else about sick leave where figures are shielded, else the explanation."""
        report = self.by_unit.get(node.id)
        if report is None:
            return None
        words = {"month": formats.month_label(report.month), "day": formats.date_long(report.submitted_at)}
        return Said(
            text=report.indicator_lines.get(indicator.code) or (report.sick_text if shielded else "") or report.explanation,
            when=_("Rapporten for %(month)s, levert %(day)s.") % words,
            url=reverse("reporting:report_read", args=[node.code, report.month]),
            forecast=self._forecast(report),
        )

    def _forecast(self, report: MonthlyReport) -> str:
        budget = self.budgets.get(report.unit_id)
        return "" if budget is None or report.forecast is None else millions(budget - report.forecast, signed=True)


NONE = Reports({}, {})
_remembered: Memory[Reports] = Memory(200)


def remembered_reports(nodes: Iterable[Node], day: date, money: tuple[object, ...]) -> Reports:
    """Of units whose delivered reports the reader reads; read again when what the economy rests on is another. `money` empty: none."""
    if not money:
        return NONE
    unit_ids = tuple(node.id for node in nodes)
    key = (unit_ids, money)
    found = _remembered.get(key)
    if found is None:
        found = _reports_of(unit_ids, day)
        _remembered.put(key, found)
    return found


def _reports_of(unit_ids: Collection[int], day: date) -> Reports:
    """Of the two months that can be the present one. Two SQL statements, three where a report is back with its unit."""
    months = latest_months(day)
    found = MonthlyReport.objects.filter(unit_id__in=unit_ids, month__in=months, state__in=HANDED_IN, submitted_at__isnull=False)
    sums = Balance.objects.filter(unit_id__in=unit_ids, month__in=months, earmarked=False).order_by("month").values_list("unit_id", "month")
    return Reports(
        by_unit={report.unit_id: report for report in as_delivered(found.order_by("month").only(*FIELDS))},
        budgets={unit_id: revised for unit_id, _month, revised in sums.annotate(revised_sum=Sum("revised"))},
    )
