"""Moves, merges, splits and closings: ask, show how it will be, do it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.clock import today
from common.formats import date_long
from organisation.forms.refusals import sentence
from organisation.forms.reorganise import CloseForm, MergeForm, MoveForm, SplitForm, first_of_next_month
from organisation.models import Unit
from organisation.queries.reach import unit_ever
from organisation.queries.tree import tree_on
from organisation.queries.units import unit_choices, unit_page
from organisation.rules.access import Permission
from organisation.rules.refusals import Refused
from organisation.rules.reorganisation import NewUnit
from organisation.services import reorganise
from organisation.services.reorganise import Plan
from organisation.services.versions import OrganisationChanged
from organisation.views.pages import access_of, form_page, managed_unit, posted, unit_crumbs

NOT_CARRIED = {"csrfmiddlewaretoken", "token", "confirm", "edit"}


@dataclass
class Undertaking:
    """One reorganisation: its words, how it is planned and how it is done. `do` gets the plan and the token that was seen."""

    unit: Unit
    title: str
    done: str
    form: forms.Form
    plan: Callable[[dict[str, Any]], Plan]
    do: Callable[[Plan, str], object]
    lead: str = ""
    template: str = "organisation/form.html"


def _page(request: HttpRequest, work: Undertaking) -> HttpResponse:
    """Form, then preview, then done. The preview is worked out anew each time; the token says whether it is the one that was seen."""
    if request.method == "POST" and "edit" not in request.POST and work.form.is_valid():
        try:
            plan = work.plan(work.form.cleaned_data)
        except Refused as refusal:
            work.form.add_error(None, sentence(refusal))
        else:
            if "confirm" not in request.POST:
                return _preview(request, work, plan)
            try:
                work.do(plan, request.POST.get("token", ""))
            except OrganisationChanged as refusal:
                messages.error(request, sentence(refusal))
                return _preview(request, work, plan, status=422)
            messages.success(request, work.done)
            return redirect("organisation:unit", work.unit.code)
    return form_page(
        request,
        work.form,
        title=work.title,
        lead=work.lead,
        crumbs=unit_crumbs(work.unit, work.title),
        cancel=reverse("organisation:unit", args=[work.unit.code]),
        button=_("Se hvordan det blir"),
        template=work.template,
    )


def _preview(request: HttpRequest, work: Undertaking, plan: Plan, status: int = 200) -> HttpResponse:
    typed = [(name, value) for name, values in request.POST.lists() if name not in NOT_CARRIED for value in values]
    context = {
        "title": _("Slik blir det fra %(day)s") % {"day": date_long(plan.draft.on)},
        "work": work,
        "moved": [change for change in plan.changes if not change.follows],
        "followers": [change for change in plan.changes if change.follows],
        "impact": plan.impact,
        "token": plan.token,
        "typed": typed,
        "past": plan.draft.on <= today(),
        "crumbs": unit_crumbs(work.unit, work.title),
    }
    return render(request, "organisation/preview.html", context, status=status)


def _others(request: HttpRequest, unit: Unit) -> list[tuple[str, str]]:
    return [choice for choice in unit_choices(access_of(request), Permission.MANAGE_ORGANISATION) if choice[0] != unit.code]


def _unit_by_code(request: HttpRequest, code: str) -> Unit:
    return unit_ever(access_of(request), Permission.MANAGE_ORGANISATION, code)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, unit_code: str) -> HttpResponse:
    """Another place in the tree from a day."""
    unit = managed_unit(request, unit_code)
    form = MoveForm(posted(request), parents=_others(request, unit), initial={"on": first_of_next_month(today())})
    work = Undertaking(
        unit,
        title=_("Flytt enheten"),
        lead=str(unit),
        done=_("Flyttingen er lagret."),
        form=form,
        plan=lambda cleaned: reorganise.plan_move(unit=unit, parent=_unit_by_code(request, cleaned["parent"]), on=cleaned["on"]),
        do=lambda plan, token: reorganise.move_unit(plan=plan, token=token, unit=unit, actor=request.user, now=timezone.now()),  # type: ignore[arg-type]
    )
    return _page(request, work)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, unit_code: str) -> HttpResponse:
    """The last day of a unit that nothing carries on."""
    unit = managed_unit(request, unit_code)
    work = Undertaking(
        unit,
        title=_("Avslutt enheten"),
        lead=str(unit),
        done=_("Avslutningen er lagret."),
        form=CloseForm(posted(request)),
        plan=lambda cleaned: reorganise.plan_close(unit=unit, last_day=cleaned["last_day"]),
        do=lambda plan, token: reorganise.close_unit(plan=plan, token=token, unit=unit, actor=request.user, now=timezone.now()),  # type: ignore[arg-type]
    )
    return _page(request, work)


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, unit_code: str) -> HttpResponse:
    """This unit and others become one: a new one, or one of those that exist."""
    unit = managed_unit(request, unit_code)
    units = unit_choices(access_of(request), Permission.MANAGE_ORGANISATION)
    known = {code for code, _label in units}
    tree = tree_on(today())
    node = tree.nodes.get(unit.pk)
    beside = tree.children(node.parent_id) if node and node.parent_id else ()
    siblings = [(other.code, f"{other.code} {other.name}") for other in beside if other.id != unit.pk and other.code in known]
    above = tree.nodes[node.parent_id].code if node and node.parent_id else ""
    form = MergeForm(posted(request), siblings=siblings, units=units, initial={"on": first_of_next_month(today()), "parent": above})
    chosen: dict[str, Any] = {}

    def plan(cleaned: dict[str, Any]) -> Plan:
        codes = dict.fromkeys([unit.code, *cleaned["siblings"], *cleaned["others"]])
        heir = _unit_by_code(request, cleaned["successor"]) if cleaned["successor"] else None
        chosen["predecessors"] = [_unit_by_code(request, code) for code in codes if heir is None or code != heir.code]
        chosen["successor"] = heir or NewUnit(cleaned["code"], cleaned["name"], unit.kind)
        parent = _unit_by_code(request, cleaned["parent"]) if cleaned["parent"] and heir is None else None
        return reorganise.plan_merge(**chosen, parent=parent, on=cleaned["on"])

    def do(plan: Plan, token: str) -> None:
        follow = form.cleaned_data["roles_follow"]
        reorganise.merge_units(plan=plan, token=token, **chosen, roles_follow=follow, actor=request.user, now=timezone.now())  # type: ignore[arg-type]

    work = Undertaking(
        unit,
        title=_("Slå sammen enheter"),
        lead=_("%(unit)s blir en del av én større enhet. Underenheter, steder, ansvar og årsverk følger med.") % {"unit": unit},
        done=_("Sammenslåingen er lagret."),
        form=form,
        plan=plan,
        do=do,
    )
    return _page(request, work)


@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, unit_code: str) -> HttpResponse:
    """One unit becomes several."""
    unit = managed_unit(request, unit_code)
    page = unit_page(unit, today())
    form = SplitForm(
        posted(request),
        unit=unit,
        children=page.children,
        sites=tuple(site for site in page.sites if site.valid_to is None or site.valid_to >= today()),
        cost_centres=tuple(centre for centre in page.cost_centres if centre.valid_to is None or centre.valid_to >= today()),
        roles=page.roles,
        initial={"on": first_of_next_month(today())},
    )
    work = Undertaking(
        unit,
        title=_("Del enheten"),
        lead=_("%(unit)s avsluttes, og to til fire nye enheter tar over.") % {"unit": unit},
        done=_("Delingen er lagret."),
        form=form,
        plan=lambda cleaned: reorganise.plan_split(unit=unit, parts=form.parts(), on=cleaned["on"], shares=form.shares()),
        do=lambda plan, token: reorganise.split_unit(
            plan=plan,
            token=token,
            unit=unit,
            shares=form.shares(),
            actor=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        ),
        template="organisation/split.html",
    )
    return _page(request, work)
