"""Making, changing and ending actions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actions.forms.actions import ActionForm, CancelForm, ChangeForm, CloseForm, Refusable, Versioned
from actions.queries.people import owners_in
from actions.queries.told import evidence_of
from actions.rules.states import Status
from actions.services import actions as services
from actions.views.action import closed_words, stale_words
from actions.views.reach import Place, place_or_404
from common.clock import today
from common.http import Request
from organisation.models import Unit, User
from organisation.queries.access import Access
from organisation.queries.units import unit_choices
from organisation.rules.access import Permission


def attempt(form: Refusable, act: Callable[[dict[str, Any]], object], place: Place | None = None) -> bool:
    """Does what a valid form asks for; a refusal becomes an error of the form, and nothing typed is lost."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except services.ActionRefused as refusal:
        form.add_problems(refusal.problems)
    except services.StaleVersion:
        form.add_error(None, stale_words())
        if place is not None and isinstance(form, Versioned):
            place.action.refresh_from_db()
            form.refresh_version(place.action.version)
    except services.ActionClosed:
        form.add_error(None, _("Tiltaket er avsluttet og kan ikke endres."))
    else:
        return True
    return False


def form_page(request: Request, form: Refusable, *, title: str, lead: str, crumbs: list[tuple[str, str]], **more: Any) -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead, "crumbs": crumbs, **more}
    return render(request, "actions/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """A new action in a unit; which unit is chosen above the form."""
    unit, units = _unit_of(request), unit_choices(request.access, Permission.EDIT_ACTIONS)
    back = reverse("actions:mine")
    form = ActionForm(
        request.POST if request.method == "POST" else None,
        owners=owners_in(unit.pk, today()),
        back=back,
        initial={"effect_kind": "amount", "owner": str(request.user.pk)},
    )

    def make(found: dict[str, Any]) -> None:
        services.create_action(
            unit=unit,
            title=found["title"],
            owner=User.objects.get(pk=found["owner"]),
            due_on=found["due_on"],
            actor=request.user,
            now=timezone.now(),
            today=today(),
            description=found["description"],
            effect_kind=form.effect.kind,
            effect_amount=form.effect.amount,
            effect_from=form.effect.starts,
            effect_text=form.effect.text,
        )

    if attempt(form, make):
        messages.success(request, _("Tiltaket er lagret."))
        return redirect("actions:unit" if request.access.tree.nodes[unit.pk].kind != "district" else "actions:every")
    crumbs = [(_("Tiltak"), back), (_("Nytt tiltak"), "")]
    lead = _("For %(unit)s.") % {"unit": unit.name}
    chosen = {"units": units if len(units) > 1 else [], "unit_code": unit.code}
    return form_page(request, form, title=_("Nytt tiltak"), lead=lead, crumbs=crumbs, **chosen)


def _unit_of(request: Request) -> Unit:
    """The unit of the address, else the person's own. Raises Http404 where the person may not make actions."""
    access: Access = request.access
    reached = access.unit_ids(Permission.EDIT_ACTIONS)
    code = request.GET.get("enhet", "")
    if code:
        node = access.tree.by_code.get(code)
    else:
        home = access.home_unit_id
        wanted = home if home in reached else min(reached, key=lambda unit_id: access.tree.nodes[unit_id].code, default=None)
        node = access.tree.nodes.get(wanted or 0)
    if node is None or node.id not in reached:
        raise Http404
    return Unit.objects.get(pk=node.id)


@require_http_methods(["GET", "POST"])
def change(request: Request, action_id: int) -> HttpResponse:
    """Words, owner, deadline and effect."""
    place = place_or_404(request, action_id)
    if not place.may_change:
        return _not_now(request, place)
    action = place.action
    data = request.POST if request.method == "POST" else None
    form = ChangeForm(data, action=action, owners=owners_in(action.unit_id, today()), back=place.url)

    def save(found: dict[str, Any]) -> None:
        services.change_action(
            action=action,
            version=found["version"],
            title=found["title"],
            owner=User.objects.get(pk=found["owner"]),
            due_on=found["due_on"],
            actor=request.user,
            now=timezone.now(),
            today=today(),
            description=found["description"],
            effect=form.effect,
        )

    if attempt(form, save, place):
        messages.success(request, _("Tiltaket er lagret."))
        return redirect(place.url)
    return form_page(request, form, title=_("Endre tiltaket"), lead=action.title, crumbs=place.crumbs(_("Endre")))


@require_http_methods(["GET", "POST"])
def close(request: Request, action_id: int) -> HttpResponse:
    """Done: only together with what came of it. The figures before and now stand beside."""
    place = place_or_404(request, action_id)
    if not place.may_follow:
        return _not_now(request, place)
    form = CloseForm(request.POST if request.method == "POST" else None, action=place.action, back=place.url)

    def save(found: dict[str, Any]) -> None:
        services.close_action(
            action=place.action,
            outcome=form.judged,
            outcome_amount=form.amount,
            outcome_text=found["outcome_text"],
            version=found["version"],
            actor=request.user,
            now=timezone.now(),
            today=today(),
        )

    if attempt(form, save, place):
        messages.success(request, _("Tiltaket er gjennomført, og virkningen er lagret."))
        return redirect(place.url)
    evidence = evidence_of([place.action.pk], access=place.access).get(place.action.pk, [])
    title, crumbs = _("Hva kom ut av tiltaket?"), place.crumbs(_("Gjennomført"))
    return form_page(request, form, title=title, lead=place.action.title, crumbs=crumbs, evidence=evidence, action=place.action)


@require_http_methods(["GET", "POST"])
def cancel(request: Request, action_id: int) -> HttpResponse:
    """Not to be done after all: with the reason."""
    place = place_or_404(request, action_id)
    if not place.may_follow:
        return _not_now(request, place)
    form = CancelForm(request.POST if request.method == "POST" else None, action=place.action, back=place.url)

    def save(found: dict[str, Any]) -> None:
        services.set_status(
            action=place.action,
            status=Status.CANCELLED,
            text=found["text"],
            version=found["version"],
            actor=request.user,
            now=timezone.now(),
            today=today(),
        )

    if attempt(form, save, place):
        messages.success(request, _("Tiltaket er avbrutt. Begrunnelsen er lagret."))
        return redirect(place.url)
    return form_page(request, form, title=_("Avbryt tiltaket"), lead=place.action.title, crumbs=place.crumbs(_("Avbryt")))


def _not_now(request: Request, place: Place) -> HttpResponse:
    """The person reads the action and may not do this: says why, on its page."""
    messages.error(request, closed_words(place))
    return redirect(place.url)
