"""A unit's economy by account group and account, and the way from any figure to its lines in the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common import formats
from common.clock import today
from common.http import Request
from common.periods import Period
from organisation.models import Unit
from organisation.rules.access import Permission
from organisation.views.reach import unit_ever_or_404
from reporting.models import AccountGroup
from reporting.queries import lines as queries
from reporting.queries.economy_departments import departments, is_shared
from reporting.queries.economy_lock import LedgerLock, lock_of, ordinary_when_locked
from reporting.queries.economy_rows import AmountRow, group_rows, row_of
from reporting.queries.wording import shared_budget, told_thousands
from reporting.rules.economy import NOTHING, Amounts
from reporting.rules.ledger import Delivered, counted
from reporting.services.balances import Classes, classes_of, current_deliveries
from reporting.views.economy_district import check_month, district_page
from scorecard.views.period_links import Picker, period_picker

PER_PAGE = 100
OTHERS = "andre"


@dataclass(frozen=True)
class Place:
    """A unit and month that the person may look into: whose lines, and which files they stand in."""

    unit: Unit
    month: date
    district: Unit
    unit_ids: frozenset[int]
    counted: Sequence[Delivered]
    classes: Classes
    lock: LedgerLock | None

    def group_of(self, account: str) -> str:
        return self.classes.groups.of(account)

    def earmark_of(self, project: str) -> str:
        return self.classes.projects.of(project)


def ledger_unit(request: Request, code: str) -> Unit:
    """The unit, also one that has ended, where the person may see lines. Raises Http404."""
    return unit_ever_or_404(request.access, Permission.SEE_LEDGER, code)


def place_of(unit: Unit, month: date) -> Place:
    tree = queries.nearest_tree(unit, month)
    district_id = tree.district_of(unit.pk) or unit.pk
    district = unit if district_id == unit.pk else Unit.objects.get(pk=district_id)
    found = counted(current_deliveries(district, month.year), month.month)
    return Place(unit, month, district, frozenset(tree.subtree(unit.pk)), found, classes_of(month.year), lock_of(district, month, found))


def picker_for(name: str, code: str, month: date) -> Picker:
    chosen = Period.month(month.year, month.month)
    return period_picker(chosen, lambda period: reverse(name, args=[code, period.first_day]), today())


@require_GET
def economy_index(request: Request) -> HttpResponse:
    """The highest unit whose ledger the person may see."""
    access = request.access
    reached = access.unit_ids(Permission.SEE_LEDGER)
    unit_id = min(reached, key=lambda each: (len(access.tree.path(each)), access.tree.nodes[each].code), default=None)
    if unit_id is None:
        raise Http404
    return redirect("reporting:economy_unit", access.tree.nodes[unit_id].code)


@require_GET
def economy_unit(request: Request, unit_code: str) -> HttpResponse:
    """The newest month with figures."""
    unit = ledger_unit(request, unit_code)
    now = today()
    before = Period.month(now.year, now.month).previous().first_day
    district_id = queries.nearest_tree(unit, before).district_of(unit.pk) or unit.pk
    return redirect("reporting:economy", unit_code, queries.latest_month(district_id) or before)


@require_GET
def economy(request: Request, unit_code: str, month: date) -> HttpResponse:
    """The district's units in one table, or one unit's accounts."""
    unit = ledger_unit(request, unit_code)
    picker = picker_for("reporting:economy", unit_code, month)
    if unit.kind == Unit.Kind.DISTRICT:
        check_month(unit, month)
        return district_page(request, unit, month, picker)
    place = place_of(unit, month)
    accounts = queries.account_sums(counted=place.counted, unit_ids=place.unit_ids, group_of=place.group_of, earmark_of=place.earmark_of)
    ordinary = _rows([account for account in accounts if not account.earmarked])
    earmarked = _rows([account for account in accounts if account.earmarked])
    total = sum((account.amounts for account in accounts if not account.earmarked), NOTHING)
    # A locked month says what its report says, whatever lines have come since.
    told = (ordinary_when_locked(place.unit_ids, month) if place.lock else None) or total
    amounts, now = (row_of("", _("Ordinær drift"), each) for each in (told, total))
    parts = departments(unit, place.unit_ids, month)
    context = {
        **_frame(place, picker),
        "parts": parts,
        "parts_total": row_of("", _("Sum"), sum((part.amounts for part in parts), NOTHING)) if parts else None,
        "shared_budget": shared_budget() if is_shared(parts) else "",
        "say": _say(told),
        "amounts": amounts,
        "is_changed": amounts != now,
        "ordinary": _table(place, ordinary, row_of("", _("Sum ordinær drift"), total), earmarked=False),
        "earmarked": _table(place, earmarked, _sum_of_earmarked(accounts), earmarked=True) if earmarked else "",
        "is_empty": not accounts,
    }
    return render(request, "reporting/economy/unit.html", context)


def _sum_of_earmarked(accounts: Sequence[queries.AccountSum]) -> AmountRow:
    return row_of("", _("Sum øremerkede midler"), sum((account.amounts for account in accounts if account.earmarked), NOTHING))


def _frame(place: Place, picker: Picker, page: str = "") -> dict[str, Any]:
    crumbs = [(_("Økonomi"), reverse("reporting:economy_index"))]
    label = f"{place.unit.code} {place.unit.name}"
    crumbs.append((label, reverse("reporting:economy", args=[place.unit.code, place.month]) if page else ""))
    if page:
        crumbs.append((page, ""))
    return {"unit": place.unit, "month": place.month, "period": Period.month(place.month.year, place.month.month)} | {
        "picker": picker,
        "crumbs": crumbs,
        "lock": place.lock,
        "locked_at": formats.moment(place.lock.at) if place.lock else "",
    }


def _say(total: Amounts) -> str:
    return told_thousands(total.variance, is_income=total.is_income)


def _rows(accounts: Sequence[queries.AccountSum]) -> list[AmountRow]:
    """Groups in the order an administrator gave them; what is in none comes last."""
    groups = queries.grouped(accounts)
    names = dict(AccountGroup.objects.values_list("code", "name"))
    order = {code: place for place, code in enumerate(names)}
    ordered = sorted(groups.values(), key=lambda group: (order.get(group.code, len(order)), group.code))
    return group_rows((names.get(group.code, _("Andre kontoer")), group) for group in ordered)


def _table(place: Place, rows: Sequence[AmountRow], total: AmountRow, *, earmarked: bool) -> SafeString:
    address = reverse("reporting:ledger_lines", args=[place.unit.code, place.month])
    context = {"rows": rows, "total": total, "lines": address, "more": "&oremerket=1" if earmarked else "", "others": OTHERS}
    return SafeString(render_to_string("reporting/_accounts.html", context, using="tables"))


@require_GET
def ledger_lines(request: Request, unit_code: str, month: date) -> HttpResponse:
    """The lines behind one figure: of a group, of an account, or all of the unit."""
    place = place_of(ledger_unit(request, unit_code), month)
    group, account = request.GET.get("gruppe", "")[:20], request.GET.get("konto", "")[:20]
    earmarked = request.GET.get("oremerket") == "1"
    accounts, projects = queries.codes_in(counted=place.counted, unit_ids=place.unit_ids)
    if group:
        accounts = [each for each in accounts if (place.group_of(each) or OTHERS) == group]
    if account:
        accounts = [each for each in accounts if each == account]
    if group or account or "oremerket" in request.GET:
        projects = [each for each in projects if bool(each and place.earmark_of(each)) == earmarked]
    found = queries.lines_of(counted=place.counted, unit_ids=place.unit_ids, accounts=accounts, projects=projects)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("side"))
    query = urlencode([(name, request.GET[name][:20]) for name in ("gruppe", "konto", "oremerket") if name in request.GET])
    context = {
        **_frame(place, picker_for("reporting:ledger_lines", unit_code, month), _("Linjer")),
        "page": page,
        "query": query,
        "what": _what(group, account, earmarked),
        "table": _lines_table(place, list(page.object_list)),
    }
    return render(request, "reporting/economy/lines.html", context)


def _what(group: str, account: str, earmarked: bool) -> str:
    if account:
        text = _("Konto %(account)s") % {"account": account}
    elif group:
        # Looked up in what is known, so that no text from an address reaches the database.
        text = dict(AccountGroup.objects.values_list("code", "name")).get(group) or _("Andre kontoer")
    else:
        text = _("Alle kontoer")
    return _("%(what)s, øremerkede midler") % {"what": text} if earmarked else text


@require_GET
def unallocated_lines(request: Request, unit_code: str, month: date) -> HttpResponse:
    """Lines whose cost centre belongs to nobody yet; for those who see the whole district's ledger."""
    unit = ledger_unit(request, unit_code)
    if unit.kind != Unit.Kind.DISTRICT:
        raise Http404
    place = place_of(unit, month)
    found = queries.lines_of_nobody(counted=place.counted, tree=queries.nearest_tree(unit, month))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("side"))
    context = {
        **_frame(place, picker_for("reporting:unallocated_lines", unit_code, month), _("Ikke fordelt")),
        "page": page,
        "query": "",
        "what": _("Ikke fordelt"),
        "table": _lines_table(place, list(page.object_list)),
    }
    return render(request, "reporting/economy/lines.html", context)


def _lines_table(place: Place, lines: Sequence[Any]) -> SafeString:
    later = place.lock.later if place.lock else frozenset()
    rows = [
        {
            "line": line,
            "is_later": line.delivery_id in later,
            "url": reverse("reporting:ledger_row", args=[line.delivery_id, line.row]),
            "amounts": Amounts(line.original, line.revised, line.budget, line.actual),
        }
        for line in lines
    ]
    return SafeString(render_to_string("reporting/_lines.html", {"rows": rows}, using="tables"))
