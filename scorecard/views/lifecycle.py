"""From draft to published: sent by who sets up, returned or published by the director, locked when the year is done."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common.http import Request
from organisation.rules.access import Permission
from scorecard.forms.acts import act_sentence
from scorecard.forms.structure import ReasonForm
from scorecard.models import Scorecard
from scorecard.queries import setup as queries
from scorecard.queries.checks import findings_of, has_figures
from scorecard.queries.preview import POLITICIAN, preview
from scorecard.rules.lifecycle import State
from scorecard.services import lifecycle as services
from scorecard.services.editing import StaleVersion
from scorecard.views.checking import check_lines
from scorecard.views.framing import STALE, card_address, card_title, renew_version
from scorecard.views.reach import access_in, card_or_404

EDIT, APPROVE = Permission.EDIT_SCORECARD, Permission.APPROVE_SCORECARD
NEWEST = 20


def _wrong_state(state: State) -> str:
    label = dict(Scorecard.StateChoices)[state]
    return _("Dette går ikke nå: målekartet er «%(state)s». Se hva som har skjedd i loggen.") % {"state": label}


def _told(request: Request, step: Callable[[], object], done: str) -> bool:
    """Takes the step and says what happened."""
    try:
        step()
    except services.WrongState as refusal:
        messages.error(request, _wrong_state(refusal.state))
    except StaleVersion:
        messages.error(request, str(STALE))
    except services.HasFigures:
        messages.error(request, _("Det er ført tall for året, så målekartet kan ikke tas tilbake. Endre enkelte mål fra en dato i stedet."))
    except services.ProposalRefused as refusal:
        messages.error(request, _("Målekartet har feil som må rettes først. Det er %(count)s av dem.") % {"count": len(refusal.findings)})
    else:
        messages.success(request, done)
        return True
    return False


def _version(request: Request) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


@require_POST
def setup_propose(request: Request, unit_code: str, year: int) -> HttpResponse:
    """To the director, or back to the list of what blocks."""
    card = card_or_404(request, EDIT, unit_code, year)
    done = _("Målekartet er sendt til godkjenning. Nå kan det ikke endres før det kommer tilbake eller blir publisert.")
    _told(request, lambda: services.propose(scorecard=card, version=_version(request), actor=request.user), done)
    return redirect(card_address("setup_check", card))


@require_GET
def setup_approvals(request: Request) -> HttpResponse:
    """What waits for the director: scorecards and proposed targets."""
    reached = access_in(request).unit_ids(APPROVE)
    cards = list(queries.scorecards_of(reached))
    context = {
        "waiting": [card for card in cards if card.state == State.PROPOSED],
        "others": [card for card in cards if card.state != State.PROPOSED],
        "proposals": queries.proposals(reached).count(),
        "crumbs": [(_("Godkjenning av målekart"), "")],
    }
    return render(request, "scorecard/setup/approvals.html", context)


@require_GET
def setup_approval(request: Request, unit_code: str, year: int) -> HttpResponse:
    """The card as it would be published, and the choice."""
    card = card_or_404(request, APPROVE, unit_code, year)
    return _approval_page(request, card, ReasonForm(initial={"version": card.version}))


def _approval_page(request: Request, card: Scorecard, form: ReasonForm) -> HttpResponse:
    lines = check_lines(card, findings_of(card))
    context = {
        "card": card,
        "title": card_title(card),
        "form": form,
        "preview": preview(card, POLITICIAN),
        "blocking": [line for line in lines if line.blocking],
        "hints": [line for line in lines if not line.blocking],
        "has_figures": has_figures(card),
        "entries": [act_sentence(entry) for entry in queries.log_of(card)[:NEWEST]],
        "crumbs": [(_("Godkjenning av målekart"), reverse("scorecard:setup_approvals")), (card_title(card), "")],
    }
    return render(request, "scorecard/setup/approval.html", context, status=422 if form.errors else 200)


@require_POST
def setup_publish(request: Request, unit_code: str, year: int) -> HttpResponse:
    card = card_or_404(request, APPROVE, unit_code, year)
    _told(
        request,
        lambda: services.publish(scorecard=card, version=_version(request), actor=request.user, now=timezone.now()),
        _("Målekartet er publisert."),
    )
    return redirect(card_address("setup_approval", card))


@require_POST
def setup_return(request: Request, unit_code: str, year: int) -> HttpResponse:
    return _with_reason(request, unit_code, year, services.return_to_draft, _("Målekartet er sendt tilbake til utkast."))


@require_POST
def setup_unpublish(request: Request, unit_code: str, year: int) -> HttpResponse:
    return _with_reason(request, unit_code, year, services.unpublish, _("Målekartet er tatt tilbake til utkast."))


def _with_reason(request: Request, unit_code: str, year: int, step: Callable[..., None], done: str) -> HttpResponse:
    card = card_or_404(request, APPROVE, unit_code, year)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        renew_version(form, _version(request))
        return _approval_page(request, card, form)
    wanted = form.cleaned_data
    _told(request, lambda: step(scorecard=card, version=wanted["version"], reason=wanted["reason"], actor=request.user), done)
    return redirect(card_address("setup_approval", card))


@require_POST
def setup_lock(request: Request, unit_code: str, year: int) -> HttpResponse:
    card = card_or_404(request, APPROVE, unit_code, year)
    _told(request, lambda: services.lock(scorecard=card, version=_version(request), actor=request.user), _("Året er låst."))
    return redirect(card_address("setup_approval", card))
