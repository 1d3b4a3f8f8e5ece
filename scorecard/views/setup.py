"""Scorecards: which there are, a new one, the tree of one, its settings, what is left to mend, previews and its log."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.clock import today
from common.http import Request
from organisation.models import Unit
from organisation.rules.access import Permission
from scorecard.forms.acts import act_sentence
from scorecard.forms.structure import NewCardForm, SettingsForm
from scorecard.models import Scorecard
from scorecard.queries import setup as queries
from scorecard.queries.checks import findings_of
from scorecard.queries.library import sources_for_copy
from scorecard.queries.preview import READERS, preview
from scorecard.services import structure as services
from scorecard.services.copying import copy_scorecard
from scorecard.views.checking import check_lines
from scorecard.views.framing import attempt, card_address, card_frame
from scorecard.views.reach import access_in, card_or_404

EDIT = Permission.EDIT_SCORECARD
PER_PAGE = 50


@require_GET
def setup(request: Request) -> HttpResponse:
    """Every scorecard the person may set up."""
    access = access_in(request)
    cards = list(queries.scorecards_of(access.unit_ids(EDIT)))
    waiting = queries.proposals(access.unit_ids(Permission.EDIT_TARGETS)).count() if access.may(Permission.EDIT_TARGETS) else 0
    return render(
        request, "scorecard/setup/list.html", {"cards": cards, "waiting": waiting, "may_target": access.may(Permission.EDIT_TARGETS)}
    )


@require_http_methods(["GET", "POST"])
def setup_new(request: Request) -> HttpResponse:
    """An empty scorecard, or a copy."""
    units = Unit.objects.filter(pk__in=access_in(request).unit_ids(EDIT)).order_by("code")
    sources = sources_for_copy(access_in(request).unit_ids(EDIT))
    latest = sources.first()
    initial: dict[str, Any] = {"year": today().year + 1, "source": latest, "unit": latest.unit if latest else units.first()}
    form = NewCardForm(request.POST or None, units=units, sources=sources, initial=initial)
    if request.method == "POST" and form.is_valid():
        card = _created(request, form)
        if card is not None:
            return redirect(card_address("setup_card", card))
    crumbs = [(_("Oppsett av målekart"), reverse("scorecard:setup")), (_("Nytt målekart"), "")]
    return render(request, "scorecard/setup/new.html", {"form": form, "crumbs": crumbs}, status=422 if form.errors else 200)


def _created(request: Request, form: NewCardForm) -> Scorecard | None:
    wanted, source = form.cleaned_data, form.cleaned_data["source"]
    fields = {"unit": wanted["unit"], "year": wanted["year"], "title": wanted["title"], "actor": request.user}
    try:
        if source is None:
            card = services.create_scorecard(**fields)
            messages.success(request, _("Målekartet er laget. Legg til det første fokusområdet."))
            return card
        copied = copy_scorecard(source=source, **fields)
    except services.ScorecardExists:
        form.add_error("year", _("%(unit)s har allerede et målekart for %(year)s.") % {"unit": wanted["unit"].name, "year": wanted["year"]})
        return None
    messages.success(request, _("Målekartet er kopiert. Målene fra i fjor er forslag du må bekrefte."))
    if copied.left_out:
        names = ", ".join(indicator.name for indicator in copied.left_out)
        messages.warning(request, _("Disse er tatt ut av bruk og ble ikke med: %(names)s. Se over vektene.") % {"names": names})
    return copied.scorecard


@require_GET
def setup_card(request: Request, unit_code: str, year: int) -> HttpResponse:
    """The tree, to be edited while it is a draft."""
    card = card_or_404(request, EDIT, unit_code, year)
    tree = queries.card_setup(card)
    context = card_frame(request, card, "setup_card") | {"tree": tree, "lines": check_lines(card, tree.findings)}
    return render(request, "scorecard/setup/card.html", context)


@require_http_methods(["GET", "POST"])
def setup_settings(request: Request, unit_code: str, year: int) -> HttpResponse:
    """Title, note and limits."""
    card = card_or_404(request, EDIT, unit_code, year)
    initial = {
        "title": card.title,
        "max_per_area": card.max_per_area,
        "coverage": (card.min_coverage * 100).normalize(),
        "source_note": card.source_note,
    }
    form = SettingsForm(request.POST or None, scorecard=card, initial=initial)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        if attempt(
            form,
            card,
            lambda: services.change_settings(
                scorecard=card,
                version=wanted["version"],
                title=wanted["title"],
                source_note=wanted["source_note"],
                max_per_area=wanted["max_per_area"],
                min_coverage=wanted["coverage"],
                actor=request.user,
            ),
        ):
            messages.success(request, _("Innstillingene er lagret."))
            return redirect(card_address("setup_card", card))
    context = card_frame(request, card, "setup_card", page=_("Innstillinger")) | {"form": form, "heading": _("Innstillinger")}
    return render(request, "scorecard/setup/form.html", context, status=422 if form.errors else 200)


@require_GET
def setup_check(request: Request, unit_code: str, year: int) -> HttpResponse:
    """Everything to mend, and the way to the director."""
    card = card_or_404(request, EDIT, unit_code, year)
    findings = findings_of(card)
    lines = check_lines(card, findings)
    context = card_frame(request, card, "setup_check") | {
        "blocking": [line for line in lines if line.blocking],
        "hints": [line for line in lines if not line.blocking],
    }
    return render(request, "scorecard/setup/check.html", context)


@require_GET
def setup_preview(request: Request, unit_code: str, year: int) -> HttpResponse:
    """The card as a leader or a politician will see it."""
    card = card_or_404(request, EDIT, unit_code, year)
    reader = request.GET.get("leser", READERS[0])
    if reader not in READERS:
        raise Http404
    shown = preview(card, reader, unit_code=request.GET.get("enhet", ""))
    return render(
        request, "scorecard/setup/preview.html", card_frame(request, card, "setup_preview") | {"preview": shown, "reader": reader}
    )


@require_GET
def setup_log(request: Request, unit_code: str, year: int) -> HttpResponse:
    """Who changed what, newest first."""
    card = card_or_404(request, EDIT, unit_code, year)
    page = Paginator(queries.log_of(card), PER_PAGE).get_page(request.GET.get("side"))
    entries = [act_sentence(entry) for entry in page.object_list]
    return render(request, "scorecard/setup/log.html", card_frame(request, card, "setup_log") | {"page": page, "entries": entries})
