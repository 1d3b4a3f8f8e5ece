"""One row of a ledger file: what stood there, who delivered it and when, and what it was in other versions of the file."""

from collections.abc import Collection
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common import formats
from common.http import Request
from common.periods import Period
from organisation.queries.reach import ever_reached
from organisation.rules.access import Permission
from reporting.models import Delivery, LedgerLine
from reporting.queries import lines as queries
from reporting.queries.wording import variance_word
from reporting.rules.economy import Amounts
from reporting.rules.ledger import month_of

MOST = 2**62


@require_GET
def ledger_row(request: Request, delivery: int, row: int) -> HttpResponse:
    """Where a figure came from: file, row, importer and time, with every version of the same line."""
    line = queries.line_at(delivery, row) if delivery < MOST and row < 2**31 else None
    reached = ever_reached(request.access, Permission.SEE_LEDGER)
    if line is None or not _may_see(reached, line):
        raise Http404
    month = month_of(line.delivery.year, line.delivery.number)
    amounts = Amounts(line.original, line.revised, line.budget, line.actual)
    context = {
        "line": line,
        "period": _period(line.delivery),
        "amounts": [
            (_("Opprinnelig årsbudsjett"), _kroner(amounts.original)),
            (_("Revidert årsbudsjett"), _kroner(amounts.revised)),
            (_("Budsjett hittil i år") if line.delivery.cumulative else _("Budsjett i måneden"), _kroner(amounts.budget)),
            (_("Regnskap hittil i år") if line.delivery.cumulative else _("Regnskap i måneden"), _kroner(amounts.actual)),
            (_("Avvik"), _told(amounts)),
        ],
        "codes": _codes(line),
        "origin": _origin(line),
        "versions": [_version(each, line) for each in queries.versions_of(line, reached)],
        "crumbs": _crumbs(line, month),
        "batch_url": _batch_url(request, line.delivery),
    }
    return render(request, "reporting/economy/row.html", context)


def _may_see(reached: Collection[int], line: LedgerLine) -> bool:
    """Whoever sees the unit's ledger; what belongs to nobody is for those who see the whole district's."""
    wanted = line.delivery.district_id if line.unit_id is None else line.unit_id
    return wanted in reached


def _kroner(amount: Decimal | None) -> str:
    return formats.number(amount, 2)


def _told(amounts: Amounts) -> str:
    return f"{_kroner(amounts.variance)} ({variance_word(amounts)})" if amounts.variance is not None else formats.MISSING


def _period(delivery: Delivery) -> str:
    """«september 2026», or the closing periods after December by their number."""
    if delivery.number > 12:
        return _("periode %(number)s i %(year)s") % {"number": delivery.number, "year": delivery.year}
    return formats.period_label(Period.month(delivery.year, delivery.number))


def _codes(line: LedgerLine) -> list[tuple[str, str]]:
    account = f"{line.account} {line.account_name}".strip()
    rows = [
        (_("Ansvar"), line.cost_centre),
        (_("Enhet"), f"{line.unit.code} {line.unit.name}" if line.unit else _("Ikke fordelt")),
        (_("Konto"), account),
        (_("Funksjon"), line.function or formats.MISSING),
        (_("Prosjekt"), line.project or formats.MISSING),
    ]
    if line.number != line.delivery.number:
        rows.append((_("Periode i filen"), str(line.number)))
    return rows


def _origin(line: LedgerLine) -> list[tuple[str, str]]:
    delivery = line.delivery
    return [
        (_("Fil"), delivery.file_name),
        (_("Rad i filen"), str(line.row)),
        (_("Lest inn av"), delivery.delivered_by.name if delivery.delivered_by else _("Alna, fra mappen")),
        (_("Når"), formats.moment(delivery.delivered_at)),
        (_("Versjon"), _state(delivery)),
    ]


def _state(delivery: Delivery) -> str:
    words = {"version": delivery.version}
    if delivery.rolled_back_at is not None:
        return _("%(version)s, angret") % words
    return _("%(version)s, gjelder") % words if delivery.is_current else _("%(version)s, erstattet") % words


def _version(each: queries.LineVersion, line: LedgerLine) -> dict[str, object]:
    shown = each.rows and not each.is_shown
    return {
        "state": _state(each.delivery),
        "file": each.delivery.file_name,
        "at": formats.moment(each.delivery.delivered_at),
        "rows": ", ".join(str(row) for row in each.rows) or formats.MISSING,
        "budget": _kroner(each.amounts.budget),
        "actual": _kroner(each.amounts.actual),
        "url": reverse("reporting:ledger_row", args=[each.delivery.pk, each.rows[0]]) if shown else "",
        "current": each.is_shown,
        "differs": bool(each.rows) and each.amounts.actual != line.actual,
    }


def _crumbs(line: LedgerLine, month: object) -> list[tuple[str, str]]:
    unit = line.unit or line.delivery.district
    name = "ledger_lines" if line.unit else "unallocated_lines"
    query = f"?konto={line.account}" if line.unit else ""
    return [
        (_("Økonomi"), reverse("reporting:economy_index")),
        (f"{unit.code} {unit.name}", reverse("reporting:economy", args=[unit.code, month])),
        (_("Linjer"), reverse(f"reporting:{name}", args=[unit.code, month]) + query),
        (_("Rad %(row)s") % {"row": line.row}, ""),
    ]


def _batch_url(request: Request, delivery: Delivery) -> str:
    """The page of the file's way in, for those who may see files."""
    if not request.access.may_in(Permission.SEE_IMPORTS, delivery.district_id):
        return ""
    return reverse("imports:of_delivery", args=[delivery.pk])
