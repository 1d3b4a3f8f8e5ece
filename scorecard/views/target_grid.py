"""Targets of many units in one table: typed, pasted into the cells, or pasted as a piece of a spreadsheet."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.clock import today
from common.http import Request, download
from common.tables import CSV_TYPE, XLSX_TYPE, Column, to_csv, to_xlsx
from organisation.models import Unit
from organisation.rules.access import Permission
from organisation.rules.tree import Node
from scorecard.forms.refusals import refusal_sentences
from scorecard.forms.target_grid import GroundsForm, TargetGridForm
from scorecard.forms.target_paste import PasteForm, read_paste
from scorecard.models import PlacedIndicator, Scorecard, Target
from scorecard.queries.checks import placed_on
from scorecard.queries.figures import plain_text
from scorecard.queries.target_grid import GridCell, all_units, approvers, target_grid, units_at
from scorecard.queries.target_reading import comparables
from scorecard.rules.lifecycle import State
from scorecard.services import targets as services
from scorecard.services.editing import NotEditable
from scorecard.views.framing import card_address, card_frame, not_editable
from scorecard.views.reach import access_in, card_or_404

EDIT = Permission.EDIT_TARGETS
# More columns than this are shown one focus area at a time.
WIDE = 12


def grounds_form(card: Scorecard, data: Any) -> GroundsForm | None:
    """Day, reason and approver where the card is in force."""
    if card.state != State.PUBLISHED:
        return None
    day = services.first_open_day(today())
    initial = {"valid_from": max(day, date(card.year, 1, 1))}
    return GroundsForm(data, approvers=approvers(card.unit_id, today()), initial=initial)


def changeable(card: Scorecard) -> dict[str, bool]:
    """Whether targets can be changed now: in a draft, and in a published card until its year is over."""
    over = card.state == State.PUBLISHED and card.year < today().year
    return {"over": over, "open": card.state in (State.DRAFT, State.PUBLISHED) and not over}


def first_day(card: Scorecard, grounds: GroundsForm | None) -> date:
    """The day a changed target holds from, as far as it is known yet."""
    if grounds is not None and grounds.is_bound and not grounds.errors:
        day: date = grounds.cleaned_data["valid_from"]
        return day
    return date(card.year, 1, 1)


def _choice(request: Request, card: Scorecard) -> dict[str, Any]:
    """What is shown: an area or one indicator, a unit with its children."""
    placed = placed_on(card)
    areas = list({each.factor.area_id: each.factor.area for each in placed}.values())
    area = next((area for area in areas if str(area.pk) == request.GET.get("omrade")), None)
    only = next((each for each in placed if each.indicator.code == request.GET.get("indikator")), None)
    units = all_units(card)
    tops = [unit for unit in units if any(child.parent_id == unit.id for child in units)] or units[:1]
    top = next((unit for unit in tops if unit.code == request.GET.get("enheter")), tops[0] if tops else None)
    if area is None and only is None and len(placed) > WIDE and request.GET.get("omrade") != "alle":
        area = areas[0]
    shown = [only] if only else [each for each in placed if area is None or each.factor.area_id == area.pk]
    return {"placed": placed, "areas": areas, "area": area, "only": only, "tops": tops, "top": top, "shown": shown}


@require_http_methods(["GET", "POST"])
def target_grid_page(request: Request, unit_code: str, year: int) -> HttpResponse:
    """The table. Nothing is saved before everything typed can be."""
    card = card_or_404(request, EDIT, unit_code, year)
    choice = _choice(request, card)
    units: Sequence[Node] = units_at(card, choice["top"].id) if choice["top"] else []
    grid = target_grid(card, choice["shown"], units, today=today())
    data = request.POST or None
    form, grounds = TargetGridForm(grid, data), grounds_form(card, data)
    if data is not None and _saved(request, card, form, grounds):
        return redirect(f"{request.path}?{request.GET.urlencode()}" if request.GET else request.path)
    failed = data is not None
    context = card_frame(request, card, "target_grid") | choice | {"grid": grid, "form": form, "grounds": grounds, "failed": failed}
    context["unconfirmed"] = _suggestions(card, choice["placed"])
    context |= changeable(card)
    return render(request, "scorecard/setup/targets.html", context, status=422 if failed else 200)


def _suggestions(card: Scorecard, placed: Sequence[PlacedIndicator]) -> list[tuple[PlacedIndicator, GridCell]]:
    """Copied targets that nobody has confirmed, as they stand for the card's own unit."""
    waiting = [each for each in placed if not each.target_confirmed]
    units = [unit for unit in all_units(card) if unit.id == card.unit_id]
    if not waiting or not units:
        return []
    cells = target_grid(card, waiting, units, today=today()).cells
    rows = [(each, cells[each.indicator_id, card.unit_id]) for each in waiting]
    return [(each, cell) for each, cell in rows if cell.own or cell.inherited]


def _saved(request: Request, card: Scorecard, form: TargetGridForm, grounds: GroundsForm | None) -> bool:
    """Reads, checks and saves; what stands in the way becomes errors of the form."""
    changed = form.changed
    if form.valid and not changed:
        messages.info(request, _("Ingen mål er endret."))
        return True
    if grounds is not None:
        grounds.is_valid()
    form.read(comparables([each.cell.key for each in changed], access_in(request)), first_day(card, grounds))
    if not form.valid or (grounds is not None and grounds.errors):
        return False
    units = Unit.objects.in_bulk({each.cell.unit.id for each in changed})
    try:
        saved = services.save_targets(
            scorecard=card,
            changes=form.changes(units),
            grounds=grounds.grounds if grounds else services.Grounds(),
            seen_on=form.grid.day,
            actor=request.user,
            now=timezone.now(),
            today=today(),
        )
    except services.ChangeRefused as refusal:
        form.problems += refusal_sentences(refusal.codes)
    except services.StaleTargets:
        form.problems.append(_("Noen har endret de samme målene mens du skrev. Se over og lagre på nytt."))
    except NotEditable as refusal:
        form.problems.append(not_editable(refusal.state))
    else:
        _tell(request, saved, form)
        return True
    return False


def _tell(request: Request, saved: Sequence[Target], form: TargetGridForm) -> None:
    count = len(saved)
    messages.success(request, ngettext("%(count)s mål er lagret.", "%(count)s mål er lagret.", count) % {"count": count})
    for each in form.changed:
        terms = each.terms
        if terms is not None and terms.amount is not None:
            words = {"unit": each.cell.unit.name, "indicator": each.cell.indicator.name, "text": each.text}
            words["value"] = plain_text(each.cell.indicator, terms.value)
            messages.info(request, _("%(indicator)s, %(unit)s: «%(text)s» gir målet %(value)s.") % words)
        for hint in each.hints:
            messages.warning(request, f"{each.cell.indicator.name}, {each.cell.unit.name}: {hint}")


@require_http_methods(["GET", "POST"])
def target_paste(request: Request, unit_code: str, year: int) -> HttpResponse:
    """Paste, look at what would change, confirm."""
    card = card_or_404(request, EDIT, unit_code, year)
    data = request.POST or None
    grid = target_grid(card, placed_on(card), all_units(card), today=today())
    form, grounds = PasteForm(data), grounds_form(card, data)
    table = TargetGridForm(grid)
    if data is not None and form.is_valid():
        pasted = read_paste(form.cleaned_data["text"], grid)
        table = TargetGridForm(grid, texts=pasted.texts)
        table.problems = pasted.problems
        if request.POST.get("do") == "save" and table.valid and _unmoved(request, table) and _saved(request, card, table, grounds):
            return redirect(card_address("target_grid", card))
        if grounds is not None and request.POST.get("do") != "save":
            grounds = grounds_form(card, None)
        _preview(request, card, table, grounds)
    failed = data is not None and (bool(form.errors) or not table.valid or bool(grounds and grounds.errors))
    context = card_frame(request, card, "target_grid", page=_("Lim inn fra regneark")) | {"form": form, "grounds": grounds}
    context |= {"table": table, "shown": data is not None and not form.errors, "failed": failed}
    return render(request, "scorecard/setup/paste.html", context, status=422 if failed else 200)


def _preview(request: Request, card: Scorecard, table: TargetGridForm, grounds: GroundsForm | None) -> None:
    if not any(each.errors for each in table.changed):
        known = comparables([each.cell.key for each in table.changed], access_in(request))
        table.read(known, first_day(card, grounds))


def _unmoved(request: Request, table: TargetGridForm) -> bool:
    """What was confirmed is what was shown: nothing has been saved in between."""
    if table.same_as(request.POST):
        return True
    table.problems.append(_("Noen har endret mål etter at du så forhåndsvisningen. Se over og bekreft på nytt."))
    return False


@require_POST
def target_confirm(request: Request, unit_code: str, year: int) -> HttpResponse:
    """Copied targets hold this year too."""
    card = card_or_404(request, EDIT, unit_code, year)
    chosen = {int(text) for text in request.POST.getlist("indicator") if text.isdecimal() and len(text) < 18}
    try:
        count = services.confirm_suggestions(scorecard=card, indicator_ids=sorted(chosen), actor=request.user)
    except NotEditable as refusal:
        messages.error(request, not_editable(refusal.state))
    else:
        done = ngettext("Målet for %(count)s indikator er bekreftet.", "Målene for %(count)s indikatorer er bekreftet.", count)
        messages.success(request, done % {"count": count})
    return redirect(card_address("target_grid", card))


@require_GET
def target_export(request: Request, unit_code: str, year: int, kind: str) -> HttpResponse:
    """The whole table as a file that can be pasted back."""
    card = card_or_404(request, EDIT, unit_code, year)
    placed, units = placed_on(card), all_units(card)
    grid = target_grid(card, placed, units, today=today())
    columns = [Column("code", _("Enhetskode"), "code"), Column("unit", _("Enhet"))]
    columns += [Column(each.indicator.code, each.indicator.name) for each in placed]
    rows = [_export_row(unit, placed, grid.cells) for unit in units]
    name = f"mal-{card.unit.code}-{card.year}.{kind}"
    if kind == "csv":
        return download(to_csv(columns, rows), name, CSV_TYPE)
    return download(to_xlsx(columns, rows, title=_("Mål %(year)s") % {"year": card.year}), name, XLSX_TYPE)


def _export_row(unit: Node, placed: Sequence[PlacedIndicator], cells: dict[tuple[int, int], GridCell]) -> dict[str, object]:
    row: dict[str, object] = {"code": unit.code, "unit": unit.name}
    return row | {each.indicator.code: cells[each.indicator_id, unit.id].text for each in placed}
