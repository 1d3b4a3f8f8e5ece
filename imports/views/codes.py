"""Codes nobody knew: on the control page of a file, and all of them in one queue."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from common import formats
from common.clock import today
from common.http import Request
from imports.forms import control
from imports.forms.files import LEAVE, CodeForm
from imports.importing.looking import TABLES
from imports.models import Batch, FileCode, UnknownCode
from imports.queries.codes import meant_elsewhere
from imports.queries.reach import Reach, asked_by_economy, mapped_codes
from imports.rules.states import BatchState, CodeState, SourceKind
from imports.services import batches
from imports.services import codes as services
from imports.views.framing import check_now_or_later, crumbs, reach_of
from organisation.forms.refusals import SENTENCES, sentence
from organisation.models import Unit, User
from organisation.queries.access import Access
from organisation.queries.tree import tree_on
from organisation.rules.tree import UnitTree

OF_THE_ECONOMY = lazy("Koden står også i regnskapet. Controlleren kobler den til en enhet.")
MEANT = lazy("Koblet til denne enheten i filer av slaget «%(kind)s». Bekreft at det gjelder regnskapet også.")


@dataclass(frozen=True)
class CodeRow:
    """A code with the form that decides about it."""

    row: UnknownCode
    form: CodeForm
    hint: str
    amount: str
    # where its rows in the file are; «» for whoever does not see them
    rows_url: str = ""

    @property
    def has_lost_rows(self) -> bool:
        """A ledger line follows its code later; of other files a row that was nobody's is not stored."""
        return self.row.kind != SourceKind.ECONOMY and self.row.batch.state == BatchState.SAVED


def units_in(tree: UnitTree, district_id: int) -> list[tuple[str, str]]:
    """Units of the district that a code can belong to, by code."""
    if district_id not in tree.nodes:
        return []
    nodes = sorted((tree.nodes[unit_id] for unit_id in tree.subtree(district_id)), key=lambda node: node.code)
    return [(node.code, f"{node.code} {node.name}") for node in nodes]


def code_rows(reach: Reach, batch: Batch, tree: UnitTree, day: date, data: object = None) -> list[CodeRow]:
    """The file's codes that are still open, each with a form. Two SQL statements, three for a file that is no ledger."""
    rows = list(UnknownCode.objects.filter(batch=batch, state=CodeState.OPEN).select_related("batch").order_by("code"))
    return _rows(reach, rows, tree, {row.pk: control.first_day(batch, day) for row in rows}, data)


def _rows(reach: Reach, rows: Collection[UnknownCode], tree: UnitTree, days: dict[int, date], data: object) -> list[CodeRow]:
    found = []
    offered: dict[int, list[tuple[str, str]]] = {}
    in_economy, elsewhere = asked_by_economy(rows), _elsewhere(rows)
    for row in rows:
        may_map = reach.may_map(row, in_economy)
        units = offered.setdefault(row.district_id, units_in(tree, row.district_id)) if may_map else []
        names = {code: tree.nodes[tree.by_code[code].id].name for code, _label in units}
        names.pop(tree.nodes[row.district_id].code if row.district_id in tree.nodes else "", None)
        chosen, hint = control.suggestion(row.code, row.name, names)
        if meant := elsewhere.get((row.district_id, row.code)):
            chosen, hint = meant.unit.code, str(MEANT) % {"kind": meant.get_kind_display()}
        hint = hint if may_map else str(OF_THE_ECONOMY)
        initial = {"unit": LEAVE if row.state == CodeState.LEFT else chosen, "valid_from": days[row.pk]}
        form = CodeForm(data, prefix=f"kode-{row.pk}", units=units, initial=initial)
        amount = formats.money(row.amount) if row.amount is not None else ""
        found.append(CodeRow(row, form, hint, amount, _rows_url(reach, row)))
    return found


def _rows_url(reach: Reach, row: UnknownCode) -> str:
    if row.batch.findings.get("format") not in TABLES or not reach.sees_rows(row.kind, row.district_id):
        return ""
    return f"{reverse('imports:rows', args=[row.batch_id])}?{urlencode({'kode': row.code})}"


def _elsewhere(rows: Iterable[UnknownCode]) -> dict[tuple[int, str], FileCode]:
    """What ledgers' codes mean in other files. One SQL statement, none where no ledger asks."""
    asked = [row for row in rows if row.kind == SourceKind.ECONOMY]
    return meant_elsewhere({row.code for row in asked}, {row.district_id for row in asked}) if asked else {}


def decide(rows: Iterable[CodeRow], *, access: Access, actor: User, now: datetime, reason: str) -> tuple[int, bool]:
    """Does what every valid form says: (how many were decided, whether all went well). Refusals become errors of their forms."""
    decided, well = 0, True
    for each in rows:
        unit_code = each.form.cleaned_data.get("unit")
        try:
            if unit_code == LEAVE and each.row.state != CodeState.LEFT:
                services.leave_code(unknown=each.row, reason=reason, actor=actor, now=now)
                decided += 1
            elif unit_code and unit_code != LEAVE:
                unit = Unit.objects.get(code=unit_code)
                day = each.form.cleaned_data["valid_from"]
                services.map_code(unknown=each.row, unit=unit, valid_from=day, actor=actor, now=now, today=today())
                decided += 1
        except services.AlreadyDecided:
            each.form.add_error("unit", _("Noen andre har bestemt dette. Last siden på nytt."))
            well = False
        except services.OfTheEconomy:
            each.form.add_error("unit", str(OF_THE_ECONOMY))
            well = False
        except tuple(SENTENCES) as refusal:
            each.form.add_error("unit", sentence(refusal, access))
            well = False
    return decided, well


@require_http_methods(["GET", "POST"])
def unknown_codes(request: Request) -> HttpResponse:
    """Every code that belongs to nobody, those that are left unallocated on purpose, and what the others mean in their files."""
    reach = reach_of(request)
    if request.method == "POST" and "fjern" in request.POST:
        return _release(request, reach)
    rows = list(reach.unknown_codes().exclude(state=CodeState.MAPPED).order_by("state", "code"))
    mine = [row for row in rows if reach.may_import(row.kind, row.district_id)]
    if request.method == "POST" and not mine:
        raise Http404
    now = today()
    tree = tree_on(now)
    days = {row.pk: control.first_day(row.batch, now) for row in mine}
    forms = _rows(reach, mine, tree, days, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not [each for each in forms if not each.form.is_valid()]:
        decided, well = decide(
            forms, access=request.access, actor=request.user, now=timezone.now(), reason=_("Valgt i køen over ukjente koder")
        )
        if decided:
            _tell(request, decided, forms)
            _check_again(request, [each.row for each in forms])
        if well:
            return redirect("imports:unknown_codes")
    failed = any(each.form.errors for each in forms)
    context = {
        "open": [each for each in forms if each.row.state == CodeState.OPEN],
        "left": [each for each in forms if each.row.state == CodeState.LEFT],
        "others": _others(reach, rows),
        "mapped": mapped_codes(reach),
        "crumbs": crumbs((_("Ikke fordelt"), "")),
        "failed": failed,
    }
    return render(request, "imports/codes.html", context, status=422 if failed else 200)


def _release(request: Request, reach: Reach) -> HttpResponse:
    """Takes one connection away."""
    mapped = next((row for row in mapped_codes(reach) if str(row.pk) == request.POST["fjern"]), None)
    if mapped is None:
        raise Http404
    services.release_code(mapped=mapped, actor=request.user)
    messages.success(request, _("Koblingen av %(code)s er tatt bort. Neste fil spør om koden.") % {"code": mapped.code})
    return redirect("imports:unknown_codes")


def _tell(request: Request, decided: int, forms: Iterable[CodeRow]) -> None:
    """How many, and which files must be read anew: what was nobody's in them has not been kept."""
    lost = {each.row.batch for each in forms if each.has_lost_rows and each.row.state == CodeState.MAPPED}
    words = {"count": decided}
    messages.success(request, (_("%(count)s koder er avgjort.") if lost else _("%(count)s koder er avgjort. Tallene følger med.")) % words)
    for batch in sorted(lost, key=lambda batch: batch.pk):
        text = _("Radene er ikke med i tallene fra %(file)s ennå. Angre filen, og les den inn på nytt.") % {"file": batch.file_name}
        address = reverse("imports:roll_back", args=[batch.pk])
        messages.warning(request, format_html('{} <a href="{}">{}</a>', text, address, _("Angre filen")))


def _others(reach: Reach, rows: Iterable[UnknownCode]) -> list[tuple[UnknownCode, str]]:
    """Codes the person sees without deciding about them."""
    return [
        (row, formats.money(row.amount) if reach.sees_amounts(row.kind, row.district_id) and row.amount is not None else "")
        for row in rows
        if not reach.may_import(row.kind, row.district_id)
    ]


def _check_again(request: Request, rows: list[UnknownCode]) -> None:
    """Files that still wait on their control page are read again with what is known now."""
    for batch in services.batches_waiting_for([row for row in rows if row.state != CodeState.OPEN]):
        try:
            check_now_or_later(request, batches.recheck(batch=batch, actor=request.user, now=timezone.now()))
        except batches.NotWaiting:
            continue
