"""Change a rule, a deadline, a cause, a grouping or a feed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common import formats
from common.clock import today
from common.http import Request
from organisation.forms.fields import PickField, field_of
from reporting.forms import setup as forms_
from reporting.forms import setup_words as words
from reporting.models import AccountGroup, Cause, DeadlineRule, EarmarkedProject, FigureFeed, FunctionArea, ReportingRule
from reporting.queries import setup as queries
from reporting.queries.setup import token
from reporting.rules.kinds import FeedKind, RuleKind, Step
from reporting.services import setup as services
from reporting.services import setup_dated as dated
from reporting.views.setup_lists import frame, month_value
from scorecard.views.framing import renew

BOTH = ["GET", "POST"]


def form_page(
    request: Request, form: forms.Form, current: str, title: str, *, save: Callable[[], object], seen: Callable[[], str], lead: str = ""
) -> HttpResponse:
    """The form on a page of its own. What is refused is told at its field, and what was typed stays."""
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except dated.StaleRow:
            form.add_error(None, _("Noen har endret dette etter at du åpnet siden. Det du skrev, står her. Se over og lagre på nytt."))
            renew(form, "seen", seen())
        except (dated.TooEarly, services.CodeTaken, services.NotShielded, services.PrefixTaken, services.YearsPassed) as refusal:
            form.add_error(*_refusal(form, refusal))
        else:
            messages.success(request, _("Lagret."))
            return redirect(f"reporting:{current}")
    context = {**frame(current, title), "form": form, "title": title, "lead": lead, "back": reverse(f"reporting:{current}")}
    return render(request, "reporting/setup/form.html", context, status=422 if form.errors else 200)


def _refusal(form: forms.Form, refusal: Exception) -> tuple[str | None, str]:
    """(field, sentence)"""
    if isinstance(refusal, services.PrefixTaken):
        field = "functions" if "functions" in form.fields else "prefixes"
        return field, _("%(prefix)s hører til %(name)s. Ta det bort der først.") % {"prefix": refusal.prefix, "name": refusal.name}
    if isinstance(refusal, services.NotShielded):
        text = _(
            "«%(name)s» er ikke skjermet for andre enheter, og det må dette tallet være. Skjerm indikatoren først, eller velg en annen."
        )
        return "indicator", text % {"name": refusal.name}
    if isinstance(refusal, services.YearsPassed):
        return "first_year", _("År som er over, beholder sitt. Skriv %(year)s eller senere.") % {"year": today().year}
    if isinstance(refusal, dated.TooEarly):
        month = formats.month_label(refusal.earliest)
        return "from_month", _("Velg %(month)s eller senere.") % {"month": month}
    return ("code" if "code" in form.fields else "prefix" if "prefix" in form.fields else None), _("Koden er i bruk. Velg en annen.")


def _bound(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(BOTH)
def setup_rule(request: Request, rule: str) -> HttpResponse:
    """Another limit or demand from a month on."""
    kind = next((each for each in RuleKind if each.value == rule), None)
    if kind is None:
        raise Http404
    day = queries.first_open_month(today())
    rows = queries.rows_of_rule(kind)
    initial = forms_.RuleForm.initial_of(queries.dated(rows, day).now)
    form = forms_.RuleForm(
        _bound(request), kind=kind, today=today(), initial={**initial, "seen": token(*rows), "from_month": month_value(today())}
    )

    def save() -> None:
        valid_from = form.month().first_day
        seen = form.cleaned_data["seen"]
        dated.change_rule(kind=kind, valid_from=valid_from, fields=form.values(), seen=seen, actor=request.user, today=today())

    title = str(dict(ReportingRule.KindChoices)[kind])
    lead = str(words.MEANINGS[kind])
    return form_page(request, form, "setup_rules", title, save=save, seen=lambda: token(*queries.rows_of_rule(kind)), lead=lead)


@require_http_methods(BOTH)
def setup_deadline(request: Request, step: str, number: int) -> HttpResponse:
    """Another deadline from a month on; number 0 is every month, 1–12 the reported month it is for."""
    found = next((each for each in Step if each.value == step), None)
    if found is None or number > 12:
        raise Http404
    month = number or None
    rows = queries.rows_of_deadline(found, month)
    now = queries.dated(rows, today()).now
    initial = {**forms_.DeadlineForm.initial_of(now), "seen": token(*rows), "from_month": month_value(today())}
    form = forms_.DeadlineForm(_bound(request), step=found, today=today(), initial=initial)

    def save() -> None:
        # A deadline counts for a reported month when it has begun on the first day of the next.
        valid_from = form.month().next().first_day
        seen = form.cleaned_data["seen"]
        dated.change_deadline(
            step=found, month=month, valid_from=valid_from, fields=form.values(), seen=seen, actor=request.user, today=today()
        )

    def fresh() -> str:
        return token(*queries.rows_of_deadline(found, month))

    title = str(dict(DeadlineRule.StepChoices)[found])
    return form_page(request, form, "setup_deadlines", title, save=save, seen=fresh, lead=words.which_months(month))


@require_http_methods(BOTH)
def setup_deadline_new(request: Request) -> HttpResponse:
    """Choose the step and the month that get a deadline of their own."""
    form = forms_.NewDeadlineForm(_bound(request))
    if request.method == "POST" and form.is_valid():
        return redirect("reporting:setup_deadline", form.cleaned_data["step"], int(form.cleaned_data["month"]))
    title = _("Egen frist for en måned")
    context = {**frame("setup_deadlines", title), "form": form, "title": title, "back": reverse("reporting:setup_deadlines")}
    context["button"] = _("Gå videre")
    return render(request, "reporting/setup/form.html", context, status=422 if form.errors else 200)


@require_POST
def setup_withdraw(request: Request, what: str, pk: int) -> HttpResponse:
    """What was to come does not come after all."""
    models: dict[str, type[ReportingRule] | type[DeadlineRule]] = {"regel": ReportingRule, "frist": DeadlineRule}
    row = models[what].objects.filter(pk=pk).first() if what in models and pk < 2**62 else None
    if row is None:
        raise Http404
    try:
        dated.withdraw(row=row, actor=request.user, today=today())
    except dated.AlreadyInForce:
        messages.error(request, _("Det gjelder allerede og kan ikke trekkes tilbake. Lagre en ny endring i stedet."))
    except dated.StaleRow:
        messages.error(request, _("Noen har endret dette etter at du åpnet siden. Se over og prøv igjen."))
    else:
        messages.success(request, _("Endringen er trukket tilbake."))
    return redirect("reporting:setup_rules" if what == "regel" else "reporting:setup_deadlines")


def _one(model: type[Model], pk: int | None) -> Any:
    """The row of an address, or None for a new one. Raises Http404."""
    if pk is None:
        return None
    if pk >= 2**62:
        raise Http404
    return get_object_or_404(model, pk=pk)


def _initial(row: Model | None, *names: str, **more: object) -> dict[str, Any]:
    return {"seen": token(row) if row else "", **({name: getattr(row, name) for name in names} if row else {}), **more}


def _fresh(row: Model) -> Callable[[], str]:
    return lambda: token(_one(type(row), row.pk))


def _fixed(form: forms.Form, row: Model | None, name: str = "code") -> forms.Form:
    """A code is written once."""
    if row is not None:
        del form.fields[name]
    return form


@require_http_methods(BOTH)
def setup_cause(request: Request, pk: int | None = None) -> HttpResponse:
    cause: Cause | None = _one(Cause, pk)
    initial = _initial(cause, "label", "part", "order", "is_active", **({} if cause else {"order": 50, "is_active": True}))
    form = forms_.CauseForm(_bound(request), initial=initial)
    _fixed(form, cause)

    def save() -> None:
        services.save_cause(cause=cause, fields=form.values(), seen=form.cleaned_data["seen"], actor=request.user)

    title = cause.label if cause else _("Ny årsak")
    return form_page(request, form, "setup_causes", title, save=save, seen=_fresh(cause) if cause else str)


@require_http_methods(BOTH)
def setup_group(request: Request, pk: int | None = None) -> HttpResponse:
    group: AccountGroup | None = _one(AccountGroup, pk)
    form = forms_.GroupForm(_bound(request), initial=_initial(group, "name", "prefixes", "order", **({} if group else {"order": 50})))
    _fixed(form, group)

    def save() -> None:
        services.save_group(group=group, fields=form.values(), seen=form.cleaned_data["seen"], actor=request.user, today=today())

    title = group.name if group else _("Ny kontogruppe")
    lead = _("Tallene fra januar i år legges sammen på nytt. Tidligere år står som de er.")
    return form_page(request, form, "setup_groups", title, save=save, seen=_fresh(group) if group else str, lead=lead)


@require_http_methods(BOTH)
def setup_area(request: Request, pk: int | None = None) -> HttpResponse:
    area: FunctionArea | None = _one(FunctionArea, pk)
    more: dict[str, object] = {"first_year": max(area.first_year, today().year) if area else today().year}
    if area:
        more["functions"] = ", ".join(queries.prefixes_of(area))
    form = forms_.AreaForm(_bound(request), initial=_initial(area, "name", "order", **more))
    _fixed(form, area)

    def save() -> None:
        values = form.values()
        prefixes, year = values.pop("functions"), values.pop("first_year")
        fields = {"code": area.code, **values} if area else values
        services.save_area(
            area=area, fields=fields, prefixes=prefixes, from_year=year, seen=form.cleaned_data["seen"], actor=request.user, today=today()
        )

    return form_page(request, form, "setup_areas", str(area or _("Nytt funksjonsområde")), save=save, seen=_fresh(area) if area else str)


@require_http_methods(BOTH)
def setup_project(request: Request, pk: int | None = None) -> HttpResponse:
    project: EarmarkedProject | None = _one(EarmarkedProject, pk)
    names = ("prefix", "name", "first_year", "last_year")
    form = forms_.ProjectForm(_bound(request), initial=_initial(project, *names, **({} if project else {"first_year": today().year})))

    def save() -> None:
        services.save_project(project=project, fields=form.values(), seen=form.cleaned_data["seen"], actor=request.user, today=today())

    title = project.name if project else _("Nytt øremerket prosjekt")
    return form_page(request, form, "setup_projects", title, save=save, seen=_fresh(project) if project else str)


@require_http_methods(BOTH)
def setup_feed(request: Request, feed: str) -> HttpResponse:
    """Which indicator one of the month's figures fills."""
    kind = next((each for each in FeedKind if each.value == feed), None)
    if kind is None:
        raise Http404
    row = queries.feeds().get(kind)
    indicators = {str(each.pk): each for each in queries.indicators_to_fill()}
    form = forms_.FeedForm(_bound(request), initial={"seen": token(row), "indicator": str(row.indicator_id) if row else ""})
    field_of(form, "indicator", PickField).offer([(pk, each.name) for pk, each in indicators.items()], empty=_("Ingen indikator"))

    def save() -> None:
        chosen = indicators.get(form.cleaned_data["indicator"])
        services.save_feed(kind=kind, indicator=chosen, seen=form.cleaned_data["seen"], actor=request.user)

    title = str(dict(FigureFeed.KindChoices)[kind])
    return form_page(request, form, "setup_feeds", title, save=save, seen=lambda: token(queries.feeds().get(kind)))
