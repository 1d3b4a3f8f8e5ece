"""«Økonomi – avviksrapport»: the units of a district in the standard table, on a page and as a file."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common import formats
from common.clock import today
from common.http import Request, download
from common.marks import STATUSES
from common.numbers import round_half_up
from common.periods import Period
from common.tables import CSV_TYPE, XLSX_TYPE, Column, to_csv, to_xlsx
from organisation.models import Unit
from organisation.queries.tree import history
from organisation.rules.access import Permission
from organisation.views.reach import district_or_404
from reporting.queries.consolidated import DistrictMonth, district_month
from reporting.queries.owners import month_end
from reporting.queries.variance_report import SORTS, VarianceRow, sorted_rows, total_of, variance_rows
from reporting.queries.wording import THOUSAND, thousands, told_thousands, word_in_thousands
from scorecard.views.period_links import Picker

COMMENT = 160


def district_page(request: Request, unit: Unit, month: date, picker: Picker) -> HttpResponse:
    """The table, the sentence that says what it shows, and what no unit has."""
    found = district_month(district_id=unit.pk, month=month)
    sort = _sort(request)
    rows = variance_rows(found)
    total = total_of(rows, found.unallocated)
    address = reverse("reporting:economy", args=[unit.code, month])
    context = {
        "unit": unit,
        "month": month,
        "period": Period.month(month.year, month.month),
        "picker": picker,
        "say": told_thousands(total.amounts.variance),
        "expected": told_thousands(total.expected) if total.forecast is not None else "",
        "percent": formats.percent(abs(total.amounts.variance_percent), 2) if total.amounts.variance_percent is not None else "",
        "unallocated": None if found.unallocated.is_empty else thousands(found.unallocated.actual),
        "is_empty": not found.figures_ready,
        "sort": sort,
        "sorts": [(key, label, key == sort) for key, label in _sort_names().items()],
        "table": SafeString(
            render_to_string(
                "reporting/_variances.html",
                {
                    "rows": [_shown(row, month) for row in sorted_rows(rows, sort)],
                    "total": _shown(total, month, places=2),
                    "heads": [(key, label, f"{address}?sorter={key}", key == sort) for key, label in _sort_names().items()],
                },
                using="tables",
            )
        ),
    }
    return render(request, "reporting/economy/district.html", context)


def check_month(district: Unit, month: date) -> None:
    """A month in which there was such a district. Raises Http404."""
    if district.pk not in history().on(month_end(month)).nodes:
        raise Http404


def _sort(request: Request) -> str:
    wanted = request.GET.get("sorter", "")
    return wanted if wanted in SORTS else SORTS[0]


def _sort_names() -> dict[str, str]:
    names = (_("Kode"), _("Navn"), _("Avvik i kroner"), _("Avvik i prosent"), _("Prognoseavvik"), _("Årsbudsjett"))
    return dict(zip(SORTS, names, strict=True))


def _shown(row: VarianceRow, month: date, *, places: int = 1) -> dict[str, Any]:
    """The row as text; the sum has percentages with two decimals, as on the director's list."""
    amounts, expected = row.amounts, row.expected
    return {
        "name": row.name,
        "code": row.code,
        "url": reverse("reporting:economy", args=[row.code, month]) if row.code else "",
        "actual": thousands(amounts.actual),
        "budget": thousands(amounts.budget),
        "variance": thousands(amounts.variance),
        "word": word_in_thousands(amounts.variance, is_income=amounts.is_income),
        "percent": formats.percent(amounts.variance_percent, places),
        "corrected": thousands(row.corrected),
        "revised": thousands(amounts.revised),
        "before": thousands(row.before),
        "forecast": thousands(row.forecast),
        "is_confirmed": row.is_confirmed,
        "expected": thousands(expected),
        "expected_word": word_in_thousands(expected),
        "expected_percent": formats.percent(row.expected_percent, places),
        "status": row.status.value,
        "comment": row.comment[:COMMENT].rstrip() + "…" if len(row.comment) > COMMENT else row.comment,
        "actions": formats.number(row.actions),
    }


@require_GET
def economy_export(request: Request, unit_code: str, month: date, form: str) -> HttpResponse:
    """The same table as a file, in thousands, with real numbers."""
    if form not in ("csv", "xlsx"):
        raise Http404
    unit = district_or_404(request.access, Permission.SEE_LEDGER, unit_code)
    check_month(unit, month)
    found = district_month(district_id=unit.pk, month=month)
    rows = variance_rows(found)
    data = [_as_row(row) for row in sorted_rows(rows, _sort(request))]
    data += [_unallocated(found), _as_row(total_of(rows, found.unallocated), _("Sum"))]
    period = formats.month_label(month)
    notes = [f"{unit.name}, {period}", _("Tall i 1000 kr. Minus er merforbruk."), formats.date_long(today())]
    name = f"avviksrapport-{unit.code}-{month:%Y-%m}"
    if form == "csv":
        return download(to_csv(_columns(), data, notes=notes), f"{name}.csv", CSV_TYPE)
    return download(to_xlsx(_columns(), data, title=_("Avviksrapport"), notes=notes), f"{name}.xlsx", XLSX_TYPE)


def _columns() -> list[Column]:
    unit = _("1000 kr")
    return [
        Column("code", _("Kode"), "code"),
        Column("name", _("Enhet")),
        Column("actual", _("Regnskap hittil i år"), "number", 0, unit),
        Column("budget", _("Budsjett hittil i år"), "number", 0, unit),
        Column("variance", _("Avvik hittil i år"), "number", 0, unit),
        Column("percent", _("Avvik"), "number", 2, "%"),
        Column("corrected", _("Korrigert avvik"), "number", 0, unit),
        Column("revised", _("Årsbudsjett"), "number", 0, unit),
        Column("before", _("Prognose forrige måned"), "number", 0, unit),
        Column("forecast", _("Prognose nå"), "number", 0, unit),
        Column("expected", _("Prognoseavvik"), "number", 0, unit),
        Column("expected_percent", _("Prognoseavvik"), "number", 2, "%"),
        Column("status", _("Status")),
        Column("comment", _("Kommentar")),
        Column("actions", _("Åpne tiltak"), "number", 0),
    ]


def _as_row(row: VarianceRow, name: str = "") -> dict[str, object]:
    amounts = row.amounts
    in_thousands = {
        "actual": amounts.actual,
        "budget": amounts.budget,
        "variance": amounts.variance,
        "corrected": row.corrected,
        "revised": amounts.revised,
        "before": row.before,
        "forecast": row.forecast,
        "expected": row.expected,
    }
    return {
        "code": row.code,
        "name": name or row.name,
        **{key: None if value is None else value / THOUSAND for key, value in in_thousands.items()},
        "percent": None if amounts.variance_percent is None else round_half_up(amounts.variance_percent, 2),
        "expected_percent": None if row.expected_percent is None else round_half_up(row.expected_percent, 2),
        "status": str(STATUSES[row.status.value].word),
        "comment": row.comment,
        "actions": row.actions,
    }


def _unallocated(found: DistrictMonth) -> dict[str, object]:
    amounts = found.unallocated
    values = {"actual": amounts.actual, "budget": amounts.budget, "variance": amounts.variance, "revised": amounts.revised}
    return {"name": _("Ikke fordelt"), **{key: None if value is None else value / THOUSAND for key, value in values.items()}}
