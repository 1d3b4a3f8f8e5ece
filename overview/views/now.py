"""«Bydelen nå»: the director's overview."""

from datetime import date
from functools import cache

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common.clock import today
from common.http import Request, download
from common.marks import Change, trend_mark
from common.memory import Memory
from common.pages import answer_if_changed, cached_fragment
from common.tables import CSV_TYPE, XLSX_TYPE, Column, to_csv, to_xlsx
from organisation.queries.access import Access
from organisation.queries.tree import version_token
from organisation.rules.access import Permission
from organisation.rules.tree import Node
from overview.queries.economy import economy_now, economy_stamp
from overview.queries.lines import HeatRow, Lines, lines_of, units_shown
from overview.queries.now import ONLY, SORTS, NowPage, latest_month, now_page
from overview.queries.open_actions import open_actions
from overview.queries.talk import Talk, talks
from scorecard.queries.stamps import stamp_of

# What else than figures decides what is shown, and to which actions and reports links lead.
SHOWING = (
    *(Permission.SEE_OVERVIEW, Permission.SEE_RESTRICTED, Permission.SEE_ACTIONS, Permission.EDIT_ACTIONS),
    *(Permission.SEE_SCORECARD, Permission.SEE_DELIVERED_REPORT),
)
_lines: Memory[SafeString] = Memory(5000)


@require_GET
def now(request: Request) -> HttpResponse:
    """Tiles per focus area, what to talk about, and every unit against every focus area.

    Unchanged since the last visit: 304 or kept fragments. What the two lower parts rest on is read once, where one of them is made.
    """
    access, day = request.access, today()
    unit = unit_of(access, request.GET.get("enhet", ""))
    sort, only = _choices(request)
    actions = open_actions(access, units_shown(access, unit))
    figures = ("now", unit.id, day, stamp_of([unit.id]), version_token(), actions)
    rights = tuple(access.unit_ids(permission) for permission in SHOWING)
    parts, money = (*figures, rights, sort, only), economy_parts(access, unit, day)
    about = ("talk", *figures, rights, money)

    @cache
    def lines() -> Lines | None:
        return lines_of(access=access, unit=unit, day=day)

    def heat() -> str:
        page = now_page(unit=unit, lines=lines(), answered=actions.answered, sort=sort, only=only, base_url=reverse("overview:now"))
        context = {
            "page": page,
            "sort": sort,
            "only": only,
            "chips": _chips(page, sort, only),
            "others": _others(access, unit),
            "rows": [line_markup(row) for row in page.rows],
        }
        return render_to_string("overview/_now.html", context, using="tables")

    def talk() -> str:
        found = talks(lines=lines(), actions=actions, access=access, day=day, money=money)
        items = [talk_markup(each, number) for number, each in enumerate(found, start=1)]
        return render_to_string("overview/_talks.html", {"items": items}, using="tables") if items else ""

    def page() -> HttpResponse:
        context = {
            "unit": unit,
            "body": cached_fragment(parts, heat),
            "month": cached_fragment(("month", *figures), lambda: latest_month(lines())),
            "economy": cached_fragment(money, lambda: economy_markup(unit, day)) if money else "",
            "talk": cached_fragment(about, talk),
        }
        return render(request, "overview/now.html", context)

    return answer_if_changed(request, (*parts, money), page)


def economy_parts(access: Access, unit: Node, day: date) -> tuple[object, ...]:
    """What the economy depends on; nothing for somebody who may not see the district's reports."""
    if unit.kind != "district" or not access.may_in(Permission.SEE_DELIVERED_REPORT, unit.id):
        return ()
    return ("economy", unit.id, day, version_token(), economy_stamp(unit, day))


def economy_markup(unit: Node, day: date) -> str:
    economy = economy_now(unit, day)
    return render_to_string("overview/_economy.html", {"economy": economy}, using="tables") if economy else ""


@require_GET
def now_export(request: Request, form: str) -> HttpResponse:
    """The same table with the same rights, sorting and filter as a file."""
    if form not in ("csv", "xlsx"):
        raise Http404
    unit = unit_of(request.access, request.GET.get("enhet", ""))
    sort, only = _choices(request)
    answered = open_actions(request.access, units_shown(request.access, unit)).answered
    lines = lines_of(access=request.access, unit=unit, day=today())
    page = now_page(unit=unit, lines=lines, answered=answered, sort=sort, only=only, base_url=reverse("overview:now"))
    columns = [Column("code", _("Kode"), "code"), Column("name", _("Enhet"))]
    for number, tile in enumerate(page.tiles):
        columns += [
            Column(f"status{number}", tile.label),
            Column(f"shown{number}", _("Avgjørende tall")),
            Column(f"by{number}", _("Indikator")),
        ]
    columns.append(Column("missed", _("Ikke nådd"), "number", places=0))
    rows = [_export_row(row) for row in page.rows]
    notes = [f"{unit.name}, {page.latest}", page.sentence]
    if form == "xlsx":
        return download(to_xlsx(columns, rows, title=_("Bydelen nå"), notes=notes), "bydelen-na.xlsx", XLSX_TYPE)
    return download(to_csv(columns, rows, notes=notes), "bydelen-na.csv", CSV_TYPE)


def line_markup(row: HeatRow) -> SafeString:
    """The finished line of a unit; made once for everybody who is shown just this."""
    key = (row, get_language())
    line = _lines.get(key)
    if line is None:
        # The template has escaped what it was given.
        line = mark_safe(render_to_string("overview/_line.html", {"row": row, "arrows": _arrows()}, using="tables"))
        _lines.put(key, line)
    return line


def talk_markup(talk: Talk, number: int) -> SafeString:
    """The finished item of the list; made once for everybody who is shown just this."""
    key = (talk, number, get_language())
    item = _lines.get(key)
    if item is None:
        # The template has escaped what it was given.
        item = mark_safe(render_to_string("overview/_talk.html", {"talk": talk, "number": number}, using="tables"))
        _lines.put(key, item)
    return item


def _arrows() -> dict[str, str]:
    """The two arrows of a heat cell: up for better, down for worse, with the word for those who do not see it."""
    return {
        "better": trend_mark(Change("up", "better", _("Bedre enn sist")), hide_text=True),
        "worse": trend_mark(Change("down", "worse", _("Verre enn sist")), hide_text=True),
    }


def _export_row(row: HeatRow) -> dict[str, object]:
    cells = {
        key: value
        for number, cell in enumerate(row.cells)
        for key, value in ((f"status{number}", cell.word), (f"shown{number}", cell.shown), (f"by{number}", cell.name))
    }
    return {"code": row.code, "name": row.name, "missed": row.missed, **cells}


def unit_of(access: Access, code: str) -> Node:
    """The unit asked for where the overview reaches it, else the highest one that it reaches."""
    reached = access.unit_ids(Permission.SEE_OVERVIEW)
    if code:
        node = access.tree.by_code.get(code)
        if node is None or node.id not in reached:
            raise Http404
        return node
    return min((access.tree.nodes[unit_id] for unit_id in reached), key=lambda node: (len(access.tree.path(node.id)), node.code))


def _choices(request: Request) -> tuple[str, str]:
    sort, only = request.GET.get("sorter", "enhet"), request.GET.get("vis", "alle")
    if only not in ONLY or not (sort in SORTS or (sort.isascii() and sort.isdigit() and len(sort) < 10)):
        raise Http404
    return sort, only


def _chips(page: NowPage, sort: str, only: str) -> list[dict[str, object]]:
    labels = {
        "alle": _("Alle"),
        "ikke-nadd": _("Ikke nådd"),
        "uten-tiltak": _("Uten tiltak"),
        "endret": _("Endret siden forrige"),
        "verre": _("Gått ned"),
        "uten-tall": _("Uten tall"),
    }
    return [
        {
            "label": f"{labels[name]} ({page.counts.get(name, 0)})",
            "url": f"?sorter={sort}&vis={name}&enhet={page.unit.code}",
            "current": name == only,
        }
        for name in ONLY
    ]


def _others(access: Access, unit: Node) -> list[Node]:
    """Other units that have units below them, for somebody who oversees several."""
    reached = access.unit_ids(Permission.SEE_OVERVIEW)
    nodes = [access.tree.nodes[unit_id] for unit_id in reached]
    return sorted((node for node in nodes if node.kind in ("city", "district") and node.id != unit.id), key=lambda node: node.code)
