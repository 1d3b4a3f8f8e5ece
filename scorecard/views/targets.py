"""One target: what it says, how it would have coloured the last figures, who changed it, and taking it away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common import formats
from common.clock import today
from common.http import Request
from organisation.models import Unit
from organisation.rules.access import Permission
from scorecard.forms.refusals import FIELDS, SENTENCES
from scorecard.forms.target_grid import GroundsForm
from scorecard.forms.targets import TargetForm, initial_of, seen_row
from scorecard.forms.wording import target_sentence
from scorecard.models import PlacedIndicator, Scorecard
from scorecard.queries.checks import placed_on
from scorecard.queries.figures import figure_text, plain_text
from scorecard.queries.target_grid import GridCell, all_units, grid_day, target_grid
from scorecard.queries.target_history import target_history
from scorecard.queries.target_reading import Comparables, Place, comparables
from scorecard.rules.statuses import Limits, colour_last
from scorecard.services import targets as services
from scorecard.services.editing import NotEditable
from scorecard.views.framing import card_address, card_frame, not_editable, renew
from scorecard.views.reach import access_in, card_or_404
from scorecard.views.target_grid import changeable, first_day, grounds_form

EDIT = Permission.EDIT_TARGETS


@dataclass(frozen=True)
class Coloured:
    """One of the last figures, and the status it would have had."""

    period: str
    value: str
    status: str


def cell_or_404(card: Scorecard, target_unit: str, code: str) -> GridCell:
    """The target's place on the card."""
    placed: list[PlacedIndicator] = [each for each in placed_on(card) if each.indicator.code == code]
    units = [unit for unit in all_units(card) if unit.code == target_unit]
    if not placed or not units:
        raise Http404
    return target_grid(card, placed[:1], units, today=today()).cells[placed[0].indicator_id, units[0].id]


def coloured(cell: GridCell, known: Comparables, limits: Limits | None) -> list[Coloured]:
    """The last twelve figures as these limits would colour them, newest first."""
    rows = known.newest(cell.indicator, cell.unit.id)
    statuses = colour_last([row.value for row in rows], limits)
    shown = [
        Coloured(formats.period_short(row.period), figure_text(cell.indicator, row.value, limits), status.value)
        for row, status in zip(rows, statuses, strict=True)
    ]
    return shown[::-1]


def place_of(card: Scorecard, cell: GridCell, grounds: GroundsForm | None) -> Place:
    return Place(cell.indicator, cell.unit.id, first_day(card, grounds), cell.limits)


@require_http_methods(["GET", "POST"])
def target(request: Request, unit_code: str, year: int, target_unit: str, code: str) -> HttpResponse:
    """Look, try («do=preview») and save."""
    card = card_or_404(request, EDIT, unit_code, year)
    cell = cell_or_404(card, target_unit, code)
    data = request.POST or None
    form, grounds = TargetForm(data, cell=cell, initial=initial_of(cell.own or cell.inherited)), grounds_form(card, data)
    known = comparables([cell.key], access_in(request))
    limits = cell.limits
    if data is not None and form.is_valid():
        saving = request.POST.get("do") != "preview"
        if grounds is not None:
            grounds.is_valid()
        reading = form.read(place_of(card, cell, grounds), known)
        if reading.terms is not None:
            limits = reading.terms.limits(form.direction)
        if saving and reading.terms is not None and not (grounds and grounds.errors) and _saved(request, card, form, grounds):
            return redirect(card_address("target", card, target_unit, code))
        if not saving and grounds is not None:
            grounds = grounds_form(card, None) if grounds.errors else grounds
    return _target_page(request, card, cell, form, grounds, coloured(cell, known, limits))


def _target_page(
    request: Request, card: Scorecard, cell: GridCell, form: TargetForm, grounds: GroundsForm | None, colours: Sequence[Coloured]
) -> HttpResponse:
    failed = bool(form.errors) or bool(grounds is not None and grounds.errors)
    terms = form.reading.terms
    context: dict[str, Any] = card_frame(request, card, "target_grid", page=cell.indicator.name) | {
        "cell": cell,
        "form": form,
        "grounds": grounds,
        "colours": colours,
        "comes_to": plain_text(cell.indicator, terms.value) if terms is not None and terms.amount is not None else "",
        "hints": [target_sentence(finding, cell.indicator) for finding in form.reading.hints],
        "history": target_history(cell.indicator, cell.unit.id),
        "tried": form.is_bound and not failed,
        **changeable(card),
    }
    return render(request, "scorecard/setup/target.html", context, status=422 if failed else 200)


def _saved(request: Request, card: Scorecard, form: TargetForm, grounds: GroundsForm | None) -> bool:
    cell = form.cell
    change = services.TargetChange(cell.indicator, Unit.objects.get(pk=cell.unit.id), form.reading.terms, form.seen_row)
    if not write(request, card, [change], form, grounds, cell):
        return False
    terms = form.reading.terms
    if terms is not None and terms.amount is not None:
        messages.success(request, _("Målet er lagret. Det blir %(value)s.") % {"value": plain_text(cell.indicator, terms.value)})
    else:
        messages.success(request, _("Målet er lagret."))
    return True


def write(
    request: Request,
    card: Scorecard,
    changes: Sequence[services.TargetChange],
    form: TargetForm | None,
    grounds: GroundsForm | None,
    cell: GridCell,
) -> bool:
    """Saves through the service; a refusal becomes errors of the forms, or a message where there is no form."""
    try:
        services.save_targets(
            scorecard=card,
            changes=changes,
            grounds=grounds.grounds if grounds else services.Grounds(),
            seen_on=grid_day(card, today()),
            actor=request.user,
            now=timezone.now(),
            today=today(),
        )
    except services.ChangeRefused as refusal:
        for code in refusal.codes:
            _tell_error(request, grounds or form, FIELDS.get(code), str(SENTENCES[code]))
    except services.StaleTargets:
        _tell_error(request, form, None, _("Noen har endret målet mens du skrev. Det du skrev, står her. Se over og lagre på nytt."))
        if form is not None:
            renew(form, "seen", "-".join(map(str, cell.seen or ())))
    except NotEditable as refusal:
        _tell_error(request, form, None, not_editable(refusal.state))
    else:
        return True
    return False


def _tell_error(request: Request, form: Any, field: str | None, text: str) -> None:
    if form is None:
        messages.error(request, text)
    else:
        form.add_error(field if field in form.fields else None, text)


@require_http_methods(["GET", "POST"])
def target_withdraw(request: Request, unit_code: str, year: int, target_unit: str, code: str) -> HttpResponse:
    """The unit's own target goes; it inherits again."""
    card = card_or_404(request, EDIT, unit_code, year)
    cell = cell_or_404(card, target_unit, code)
    if cell.own is None:
        raise Http404
    data = request.POST or None
    grounds = grounds_form(card, data)
    if data is not None and (grounds is None or grounds.is_valid()):
        change = services.TargetChange(cell.indicator, Unit.objects.get(pk=cell.unit.id), None, seen_row(request.POST.get("seen", "")))
        if write(request, card, [change], None, grounds, cell):
            messages.success(request, _("Enhetens eget mål er tatt bort."))
            return redirect(card_address("target", card, target_unit, code))
    context = card_frame(request, card, "target_grid", page=_("Ta bort eget mål")) | {
        "cell": cell,
        "grounds": grounds,
        "seen": "-".join(map(str, cell.seen or ())),
    }
    return render(request, "scorecard/setup/withdraw.html", context, status=422 if grounds is not None and grounds.errors else 200)
