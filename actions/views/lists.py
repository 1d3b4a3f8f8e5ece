"""Lists of actions: mine, my unit's, everybody's within reach; each as a file too."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from actions.forms.words import STATUS_LOOKS, due_words, effect_words, status_word
from actions.queries.actions import ActionRow, actions_in, effect_of
from actions.queries.cover import CoverLine, cover_lines
from actions.rules.states import Status
from common import formats
from common.clock import today
from common.http import Request, download
from common.tables import CSV_TYPE, XLSX_TYPE, Column, to_csv, to_xlsx
from organisation.queries.access import Access
from organisation.queries.reach import below, ever_reached
from organisation.queries.units import unit_choices
from organisation.rules.access import Permission
from organisation.views.reach import unit_ever_or_404

MOST_ROWS = 300
SHOWN = ("apne", "over-frist", *(status.value for status in Status), "avsluttede", "alle")
TOPS = ("city", "district")


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; `which` is the tab."""

    which: str
    shown: str
    unit_code: str
    unit_ids: frozenset[int]
    owner_id: int | None

    @property
    def query(self) -> str:
        given = {"vis": "" if self.shown == "apne" else self.shown, "enhet": self.unit_code}
        return urlencode({name: value for name, value in given.items() if value})


def _home_ids(access: Access) -> frozenset[int]:
    """The units below the one the person's own pages open at, where it has its own tab."""
    home = access.home_unit_id
    if home is None or access.tree.nodes[home].kind in TOPS:
        return frozenset()
    return frozenset(access.tree.subtree(home)) & access.unit_ids(Permission.SEE_ACTIONS)


def _wanted(request: Request, which: str) -> Wanted:
    """Raises Http404 for a filter that is none, and for a unit out of reach."""
    access: Access = request.access
    shown, code = request.GET.get("vis", "apne"), request.GET.get("enhet", "")
    if shown not in SHOWN:
        raise Http404
    unit_ids = _home_ids(access) if which == "enhet" else ever_reached(access, Permission.SEE_ACTIONS)
    if code:
        unit_ids &= below(unit_ever_or_404(access, Permission.SEE_ACTIONS, code), today())
    return Wanted(which, shown, code, unit_ids, request.user.pk if which == "mine" else None)


def _rows(wanted: Wanted, day: date) -> list[ActionRow]:
    rows = actions_in(unit_ids=wanted.unit_ids, open_only=wanted.shown in ("apne", "over-frist"), owner_id=wanted.owner_id)
    if wanted.shown == "over-frist":
        return [row for row in rows if row.days_over(day)]
    if wanted.shown == "avsluttede":
        return [row for row in rows if not row.is_open]
    if wanted.shown in {status.value for status in Status}:
        return [row for row in rows if row.status == wanted.shown]
    return rows


def _page(request: Request, which: str) -> HttpResponse:
    access, day = request.access, today()
    wanted = _wanted(request, which)
    rows = _rows(wanted, day)
    home = access.home_unit_id
    measured = {"enhet": [home] if home else [], "alle": sorted(wanted.unit_ids)}.get(which, [])
    covers = cover_lines(measured, access=access, on=day)
    context: dict[str, Any] = {
        "lines": [line_of(row, day) for row in rows[:MOST_ROWS]],
        "total": len(rows),
        "lead": _lead(rows, day),
        "tabs": _tabs(access, which),
        "selects": _selects(access, wanted),
        "wanted": wanted,
        "covers": covers,
        "cover": _together(covers),
        "which": which,
        "may_make": access.may(Permission.EDIT_ACTIONS),
        "may_set": access.may(Permission.EDIT_RULES),
        "cut": len(rows) > MOST_ROWS,
    }
    return render(request, "actions/list.html", context)


@require_GET
def mine(request: Request) -> HttpResponse:
    """What the person has the responsibility for."""
    return _page(request, "mine")


@require_GET
def unit(request: Request) -> HttpResponse:
    """Of the person's own unit and everything below it; where that is the district itself, all of it."""
    if not _home_ids(request.access):
        return redirect("actions:every")
    return _page(request, "enhet")


@require_GET
def every(request: Request) -> HttpResponse:
    """Of everything the person reaches."""
    return _page(request, "alle")


def line_of(row: ActionRow, day: date) -> dict[str, Any]:
    """One line of the table, finished."""
    style, icon = STATUS_LOOKS[row.status]
    return {
        "row": row,
        "url": reverse("actions:action", args=[row.id]),
        "word": status_word(row.status),
        "style": style,
        "icon": icon,
        "due": due_words(row, day),
        "overdue": row.days_over(day) > 0,
        "effect": effect_words(row),
    }


def _lead(rows: list[ActionRow], day: date) -> str:
    """«4 tiltak, 2 over fristen. Sammen 900 000 kr.»"""
    if not rows:
        return _("Ingen tiltak her.")
    over = sum(row.days_over(day) > 0 for row in rows)
    parts = [ngettext("%(n)s tiltak", "%(n)s tiltak", len(rows)) % {"n": len(rows)}]
    if over:
        parts.append(ngettext("%(n)s over fristen", "%(n)s over fristen", over) % {"n": over})
    amount = sum((effect_of(row) for row in rows), start=effect_of(rows[0]) * 0)
    text = ", ".join(parts) + "."
    return f"{text} {_('Sammen %(amount)s.') % {'amount': formats.money(amount)}}" if amount else text


def _tabs(access: Access, which: str) -> list[dict[str, Any]]:
    tabs = [(_("Mine"), "mine", "mine")]
    home = _home_ids(access)
    if home:
        tabs.append((_("Min enhet"), "unit", "enhet"))
    reached = access.unit_ids(Permission.SEE_ACTIONS)
    if reached - home:
        tops = any(access.tree.nodes[unit_id].kind in TOPS for unit_id in reached)
        tabs.append((_("Bydelen") if tops else _("Alle enhetene mine"), "every", "alle"))
    return [{"label": label, "url": reverse(f"actions:{name}"), "current": key == which} for label, name, key in tabs]


def _selects(access: Access, wanted: Wanted) -> list[dict[str, Any]]:
    words = {"apne": _("Åpne"), "over-frist": _("Over fristen"), "avsluttede": _("Alle avsluttede"), "alle": _("Alle")}
    shown = [(key, words.get(key) or status_word(key), key == wanted.shown) for key in SHOWN]
    selects = [{"id": "vis", "name": "vis", "label": _("Status"), "options": shown}]
    units = unit_choices(access, Permission.SEE_ACTIONS)
    if wanted.which == "alle" and len(units) > 1:
        options = [("", _("Alle enheter"), not wanted.unit_code), *((code, label, code == wanted.unit_code) for code, label in units)]
        selects.append({"id": "enhet", "name": "enhet", "label": _("Enhet"), "options": options})
    return selects


def _together(covers: list[CoverLine]) -> dict[str, Any] | None:
    """All units as one bar: no unit's actions cover another's overspend."""
    overspend = sum(line.overspend for line in covers)
    if not overspend:
        return None
    counted = sum(line.counted for line in covers)
    percent = int(counted * 100 / overspend)
    return {"overspend": overspend, "counted": counted, "lacks": overspend - counted, "percent": percent, "units": len(covers)}


@require_GET
def export(request: Request, form: str) -> HttpResponse:
    """The same list with the same filter as a file, without a limit."""
    which = request.GET.get("liste", "mine")
    if form not in ("csv", "xlsx") or which not in ("mine", "enhet", "alle"):
        raise Http404
    day = today()
    columns = [
        Column("title", _("Tiltak")),
        Column("unit_code", _("Enhetskode"), "code"),
        Column("unit_name", _("Enhet")),
        Column("owner_name", _("Ansvarlig")),
        Column("due_on", _("Frist"), "date"),
        Column("status", _("Status")),
        Column("days_over", _("Dager over frist"), "number", places=0),
        Column("effect_amount", _("Ventet virkning"), "number", places=0, unit="kr"),
        Column("effect_text", _("Hva vi venter")),
        Column("closed_on", _("Avsluttet"), "date"),
        Column("outcome_amount", _("Oppnådd"), "number", places=0, unit="kr"),
    ]
    rows = [
        {column.key: getattr(row, column.key, None) for column in columns}
        | {"status": status_word(row.status), "days_over": row.days_over(day) or None}
        for row in _rows(_wanted(request, which), day)
    ]
    name = _("tiltak %(day)s") % {"day": day.isoformat()}
    if form == "xlsx":
        return download(to_xlsx(columns, rows, title=_("Tiltak")), f"{name}.xlsx", XLSX_TYPE)
    return download(to_csv(columns, rows), f"{name}.csv", CSV_TYPE)
