"""Targets that unit leaders propose for their own unit, and those who say yes or no."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common import formats
from common.clock import today
from common.http import Request
from organisation.models import Unit
from organisation.rules.access import Permission
from scorecard.forms.refusals import FIELDS, SENTENCES
from scorecard.forms.targets import ProposalForm, TargetForm, initial_of
from scorecard.models import Scorecard, Target
from scorecard.queries import setup as queries
from scorecard.queries.checks import placed_on
from scorecard.queries.structure import scorecard_for
from scorecard.queries.target_grid import GridCell, all_units, target_grid, text_of
from scorecard.queries.target_reading import comparables
from scorecard.rules.lifecycle import State
from scorecard.services import proposals as services
from scorecard.services.editing import NotEditable, StaleVersion
from scorecard.services.targets import ChangeRefused, Grounds, StaleTargets, TargetChange, first_open_day
from scorecard.views.framing import card_title, not_editable
from scorecard.views.reach import access_in, unit_id_or_404
from scorecard.views.target_grid import changeable
from scorecard.views.targets import cell_or_404, coloured, place_of

PROPOSE = Permission.PROPOSE_TARGETS


def _card_in_force(request: Request, unit_code: str, year: int) -> Scorecard:
    """The card a unit steers by in the year, where the person may propose for the unit."""
    unit_id = unit_id_or_404(access_in(request), PROPOSE, unit_code)
    card = scorecard_for(unit_id, year) if 1990 <= year <= 2100 else None
    if card is None:
        raise Http404
    return Scorecard.objects.select_related("unit").get(pk=card.pk)


@require_GET
def target_proposals_mine(request: Request) -> HttpResponse:
    """The way in for a unit leader: this year's targets of the unit the person's pages open at."""
    access = access_in(request)
    reached = access.unit_ids(PROPOSE)
    first = min((access.tree.nodes[pk] for pk in reached), key=lambda node: (len(access.tree.path(node.id)), node.code), default=None)
    if first is None:
        raise Http404
    return redirect("scorecard:target_propose_list", first.code, today().year)


@require_GET
def target_propose_list(request: Request, unit_code: str, year: int) -> HttpResponse:
    """The unit's targets, own and inherited, each with a way to propose another."""
    card = _card_in_force(request, unit_code, year)
    units = [unit for unit in all_units(card) if unit.code == unit_code]
    grid = target_grid(card, placed_on(card), units, today=today())
    context = {
        "card": card,
        "unit": units[0] if units else None,
        "cells": [grid.cells[each.indicator_id, units[0].id] for each in grid.placed] if units else [],
        **changeable(card),
        "crumbs": [(_("Mål for enheten"), "")],
    }
    return render(request, "scorecard/setup/propose_list.html", context)


@require_http_methods(["GET", "POST"])
def target_propose(request: Request, unit_code: str, year: int, code: str) -> HttpResponse:
    """A proposal with its reason. It is not in force until somebody has said yes."""
    card = _card_in_force(request, unit_code, year)
    cell = cell_or_404(card, unit_code, code)
    data = request.POST or None
    form = TargetForm(data, cell=cell, initial=initial_of(cell.proposal or cell.own or cell.inherited))
    dated = card.state == State.PUBLISHED
    grounds = ProposalForm(data, dated=dated, initial={"valid_from": first_open_day(today())})
    known = comparables([cell.key], access_in(request))
    limits = cell.limits
    if data is not None and form.is_valid() and grounds.is_valid():
        reading = form.read(place_of(card, cell, None), known)
        if reading.terms is not None:
            limits = reading.terms.limits(form.direction)
            if request.POST.get("do") != "preview" and _proposed(request, card, cell, form, grounds):
                return redirect("scorecard:target_propose_list", unit_code, year)
    failed = bool(form.errors or grounds.errors)
    context: dict[str, Any] = {
        "card": card,
        "title": card_title(card),
        "cell": cell,
        "form": form,
        "grounds": grounds,
        "colours": coloured(cell, known, limits),
        "crumbs": [(_("Mål for enheten"), reverse("scorecard:target_propose_list", args=[unit_code, year])), (cell.indicator.name, "")],
    }
    return render(request, "scorecard/setup/propose.html", context, status=422 if failed else 200)


def _proposed(request: Request, card: Scorecard, cell: GridCell, form: TargetForm, grounds: ProposalForm) -> bool:
    day, reason = grounds.day_and_reason
    change = TargetChange(cell.indicator, Unit.objects.get(pk=cell.unit.id), form.reading.terms, form.seen_row)
    try:
        services.propose_target(
            scorecard=card, change=change, grounds=Grounds(day, reason), actor=request.user, now=timezone.now(), today=today()
        )
    except ChangeRefused as refusal:
        for code in refusal.codes:
            name = FIELDS.get(code)
            grounds.add_error(name if name in grounds.fields else None, str(SENTENCES[code]))
    except StaleTargets:
        form.add_error(None, _("Noen har endret forslaget mens du skrev. Se over og send på nytt."))
    except NotEditable as refusal:
        form.add_error(None, not_editable(refusal.state))
    else:
        messages.success(request, _("Forslaget er sendt. Målet gjelder når det er bekreftet."))
        return True
    return False


@require_GET
def target_proposals(request: Request, permission: Permission) -> HttpResponse:
    """Everything that waits for an answer, where the person may give it."""
    rows = list(queries.proposals(access_in(request).unit_ids(permission)))
    shown = [
        {
            "target": row,
            "text": text_of(row, row.indicator),
            "who": row.recorded_by.name if row.recorded_by else "",
            "day": formats.date_short(row.valid_from),
        }
        for row in rows
    ]
    return render(
        request,
        "scorecard/setup/proposals.html",
        {"proposals": shown, "decide": _decide_name(permission), "crumbs": [(_("Forslag til mål"), "")]},
    )


def _decide_name(permission: Permission) -> str:
    return "scorecard:target_decide" if permission == Permission.EDIT_TARGETS else "scorecard:setup_decide"


def _list_name(permission: Permission) -> str:
    return "scorecard:target_proposals" if permission == Permission.EDIT_TARGETS else "scorecard:setup_proposals"


@require_http_methods(["POST"])
def target_decide(request: Request, pk: int, permission: Permission) -> HttpResponse:
    """Yes or no to one proposal."""
    reached = access_in(request).unit_ids(permission)
    target = Target.objects.filter(pk=pk, unit_id__in=reached).select_related("indicator", "unit").first() if pk < 2**62 else None
    if target is None:
        raise Http404
    text = request.POST.get("version", "")
    version = int(text) if text.isdecimal() and len(text) < 10 else 0
    try:
        if request.POST.get("do") == "decline":
            reason = request.POST.get("reason", "").replace("\x00", "")[:300]
            services.decline_proposal(target=target, version=version, reason=reason, actor=request.user)
            messages.success(request, _("Forslaget er avslått."))
        else:
            done = services.confirm_proposal(target=target, version=version, actor=request.user, now=timezone.now(), today=today())
            words = {"unit": target.unit.name, "day": formats.date_long(done.valid_from)}
            messages.success(request, _("Målet er bekreftet og gjelder for %(unit)s fra %(day)s.") % words)
    except services.AlreadyDecided:
        messages.info(request, _("Forslaget er allerede behandlet."))
    except StaleVersion:
        messages.error(request, _("Forslaget er endret etter at du åpnet siden. Se på det på nytt."))
    except ChangeRefused as refusal:
        for code in refusal.codes:
            messages.error(request, _("Skriv hvorfor forslaget avslås.") if code == "reason_missing" else str(SENTENCES[code]))
    except NotEditable as refusal:
        messages.error(request, not_editable(refusal.state))
    return redirect(_list_name(permission))
