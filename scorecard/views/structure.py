"""The tree of a draft: add, change, move and take away its parts. Every page works without JavaScript."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.formats import number
from common.http import Request
from organisation.rules.access import Permission
from scorecard.forms.structure import AreaForm, ArrowsForm, FactorForm, PlaceForm, WeightsForm
from scorecard.forms.wording import weight_gap
from scorecard.models import FocusArea, PlacedIndicator, Scorecard, SuccessFactor
from scorecard.queries.checks import placed_on
from scorecard.queries.setup import card_setup, free_indicators
from scorecard.services import structure as services
from scorecard.services.editing import NotEditable, StaleVersion
from scorecard.views.framing import attempt, card_address, card_frame, not_editable
from scorecard.views.reach import card_or_404

EDIT = Permission.EDIT_SCORECARD
ANCHORS = {"area": "omrade", "factor": "faktor", "placed": "indikator"}
LARGEST_ID = 2**62


def part_or_404(card: Scorecard, kind: str, pk: int) -> services.Part:
    """A part of this card, never of another."""
    if pk > LARGEST_ID:
        raise Http404
    found: services.Part | None = None
    match kind:
        case "area":
            found = FocusArea.objects.filter(scorecard=card, pk=pk).first()
        case "factor":
            found = SuccessFactor.objects.filter(area__scorecard=card, pk=pk).select_related("area__scorecard").first()
        case "placed":
            rows = PlacedIndicator.objects.select_related("factor__area__scorecard", "indicator")
            found = rows.filter(factor__area__scorecard=card, pk=pk).first()
    if found is None:
        raise Http404
    return found


def _tree_at(card: Scorecard, kind: str, pk: int) -> HttpResponse:
    return redirect(f"{card_address('setup_card', card)}#{ANCHORS[kind]}-{pk}")


def _form_page(request: Request, card: Scorecard, form: forms.Form, heading: str, **extra: Any) -> HttpResponse:
    context = card_frame(request, card, "setup_card", page=heading) | {"form": form, "heading": heading, **extra}
    return render(request, "scorecard/setup/form.html", context, status=422 if form.errors else 200)


def _attempt(form: forms.Form, card: Scorecard, taken: str, change: Callable[[], object]) -> bool:
    """As `attempt`, where the name may be taken as well."""
    try:
        return attempt(form, card, change)
    except services.AlreadyThere:
        form.add_error("indicator" if "indicator" in form.fields else "name", taken)
    except services.IndicatorRetired:
        form.add_error("indicator", _("Indikatoren er tatt ut av bruk."))
    return False


@require_http_methods(["GET", "POST"])
def setup_area_add(request: Request, unit_code: str, year: int) -> HttpResponse:
    card = card_or_404(request, EDIT, unit_code, year)
    form = AreaForm(request.POST or None, scorecard=card)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        if _attempt(form, card, _area_taken(), lambda: services.add_area(scorecard=card, actor=request.user, **wanted)):
            messages.success(request, _("«%(name)s» er lagt til.") % {"name": wanted["name"]})
            return redirect(card_address("setup_card", card))
    return _form_page(request, card, form, _("Nytt fokusområde"))


@require_http_methods(["GET", "POST"])
def setup_area(request: Request, unit_code: str, year: int, pk: int) -> HttpResponse:
    card = card_or_404(request, EDIT, unit_code, year)
    area = part_or_404(card, "area", pk)
    assert isinstance(area, FocusArea)  # noqa: S101 - tells the type
    form = AreaForm(request.POST or None, scorecard=card, initial={"name": area.name, "short_name": area.short_name})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        if _attempt(form, card, _area_taken(), lambda: services.change_area(area=area, actor=request.user, **wanted)):
            messages.success(request, _("«%(name)s» er lagret.") % {"name": wanted["name"]})
            return _tree_at(card, "area", pk)
    return _form_page(request, card, form, _("Endre fokusområde"))


def _area_taken() -> str:
    return _("Målekartet har allerede et fokusområde som heter dette.")


def _factor_taken() -> str:
    return _("Fokusområdet har allerede en suksessfaktor som heter dette.")


@require_http_methods(["GET", "POST"])
def setup_factor_add(request: Request, unit_code: str, year: int) -> HttpResponse:
    card = card_or_404(request, EDIT, unit_code, year)
    form = FactorForm(request.POST or None, scorecard=card, initial={"area": request.GET.get("omrade")})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        if _attempt(form, card, _factor_taken(), lambda: services.add_factor(actor=request.user, **wanted)):
            messages.success(request, _("«%(name)s» er lagt til.") % {"name": wanted["name"]})
            return _tree_at(card, "area", wanted["area"].pk)
    return _form_page(request, card, form, _("Ny suksessfaktor"))


@require_http_methods(["GET", "POST"])
def setup_factor(request: Request, unit_code: str, year: int, pk: int) -> HttpResponse:
    card = card_or_404(request, EDIT, unit_code, year)
    factor = part_or_404(card, "factor", pk)
    assert isinstance(factor, SuccessFactor)  # noqa: S101 - tells the type
    form = FactorForm(request.POST or None, scorecard=card, initial={"name": factor.name, "area": factor.area_id})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        if _attempt(form, card, _factor_taken(), lambda: services.change_factor(factor=factor, actor=request.user, **wanted)):
            messages.success(request, _("«%(name)s» er lagret.") % {"name": wanted["name"]})
            return _tree_at(card, "factor", pk)
    return _form_page(request, card, form, _("Endre suksessfaktor"))


@require_http_methods(["GET", "POST"])
def setup_place_add(request: Request, unit_code: str, year: int) -> HttpResponse:
    card = card_or_404(request, EDIT, unit_code, year)
    form = PlaceForm(request.POST or None, scorecard=card, indicators=free_indicators(card), initial={"factor": request.GET.get("faktor")})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        if _attempt(
            form,
            card,
            _("Indikatoren står allerede i målekartet."),
            lambda: services.place_indicator(
                factor=wanted["factor"],
                indicator=wanted["indicator"],
                weighting=form.weighting,
                version=wanted["version"],
                actor=request.user,
            ),
        ):
            messages.success(request, _("«%(name)s» er lagt til.") % {"name": wanted["indicator"].name})
            return _tree_at(card, "factor", wanted["factor"].pk)
    return _form_page(request, card, form, _("Legg til indikator"), library=True)


@require_http_methods(["GET", "POST"])
def setup_place(request: Request, unit_code: str, year: int, pk: int) -> HttpResponse:
    card = card_or_404(request, EDIT, unit_code, year)
    placed = part_or_404(card, "placed", pk)
    assert isinstance(placed, PlacedIndicator)  # noqa: S101 - tells the type
    initial = {"factor": placed.factor_id, "weight": placed.weight, "critical": placed.critical}
    form = PlaceForm(request.POST or None, scorecard=card, initial=initial)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        if attempt(
            form,
            card,
            lambda: services.change_place(
                placed=placed, factor=wanted["factor"], weighting=form.weighting, version=wanted["version"], actor=request.user
            ),
        ):
            messages.success(request, _("«%(name)s» er lagret.") % {"name": placed.indicator.name})
            return _tree_at(card, "placed", pk)
    return _form_page(request, card, form, placed.indicator.name)


@require_http_methods(["GET", "POST"])
def setup_arrows(request: Request, unit_code: str, year: int, pk: int) -> HttpResponse:
    card = card_or_404(request, EDIT, unit_code, year)
    factor = part_or_404(card, "factor", pk)
    assert isinstance(factor, SuccessFactor)  # noqa: S101 - tells the type
    initial = {"goals": factor.leads_to.values_list("goal_id", flat=True)}
    form = ArrowsForm(request.POST or None, scorecard=card, factor=factor, initial=initial)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        if attempt(
            form,
            card,
            lambda: services.change_arrows(factor=factor, goals=wanted["goals"], version=wanted["version"], actor=request.user),
        ):
            messages.success(request, _("Pilene er lagret."))
            return _tree_at(card, "factor", pk)
    return _form_page(request, card, form, _("Piler fra «%(name)s»") % {"name": factor.name})


@require_http_methods(["GET", "POST"])
def setup_weights(request: Request, unit_code: str, year: int) -> HttpResponse:
    """All weights on one page. Sums that are not 100 are saved, told at once, and stop the card from being sent."""
    card = card_or_404(request, EDIT, unit_code, year)
    form = WeightsForm(request.POST or None, scorecard=card, placed=placed_on(card))
    if request.method == "POST" and form.is_valid():
        wanted = {"scorecard": card, "version": form.cleaned_data["version"], "weights": form.weights, "actor": request.user}
        if attempt(form, card, lambda: services.change_weights(**wanted)):
            _tell_sums(request, card)
            return redirect(card_address("setup_weights", card))
    context = card_frame(request, card, "setup_weights") | {"form": form, "rows": form.rows(), "tree": card_setup(card)}
    return render(request, "scorecard/setup/weights.html", context, status=422 if form.errors else 200)


def _tell_sums(request: Request, card: Scorecard) -> None:
    messages.success(request, _("Vektene er lagret."))
    for area in card_setup(card).areas:
        if area.weighted and area.missing:
            words = {"area": area.area.name, "sum": number(area.weight), "gap": weight_gap(area.weight)}
            messages.warning(request, _("%(area)s har vekter på %(sum)s til sammen. %(gap)s") % words)


@require_POST
def setup_move(request: Request, unit_code: str, year: int, kind: str, pk: int) -> HttpResponse:
    """One step up or down."""
    card = card_or_404(request, EDIT, unit_code, year)
    part = part_or_404(card, kind, pk)
    step = request.POST.get("step")
    if step not in ("up", "down"):
        raise Http404
    _tell(request, lambda: services.move(part=part, step="up" if step == "up" else "down", version=_version(request), actor=request.user))
    return _tree_at(card, kind, pk)


@require_http_methods(["GET", "POST"])
def setup_remove(request: Request, unit_code: str, year: int, kind: str, pk: int) -> HttpResponse:
    """A last look, then the part goes with what stands below it."""
    card = card_or_404(request, EDIT, unit_code, year)
    part = part_or_404(card, kind, pk)
    name = part.indicator.name if isinstance(part, PlacedIndicator) else part.name
    if request.method == "POST":
        if _tell(request, lambda: services.remove(part=part, version=_version(request), actor=request.user)):
            messages.success(request, _("«%(name)s» er fjernet fra målekartet.") % {"name": name})
        return redirect(card_address("setup_card", card))
    below = PlacedIndicator.objects.filter(factor__area=pk) if kind == "area" else PlacedIndicator.objects.filter(factor=pk)
    gone = [] if kind == "placed" else list(below.select_related("indicator"))
    context = card_frame(request, card, "setup_card", page=_("Fjern")) | {"name": name, "gone": gone}
    return render(request, "scorecard/setup/remove.html", context)


def _version(request: Request) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _tell(request: Request, change: Callable[[], object]) -> bool:
    try:
        change()
    except StaleVersion:
        messages.error(request, _("Noen har endret målekartet etter at du åpnet siden. Se over og prøv igjen."))
    except NotEditable as refusal:
        messages.error(request, not_editable(refusal.state))
    else:
        return True
    return False
