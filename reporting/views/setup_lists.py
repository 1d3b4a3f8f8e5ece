"""What an administrator has decided about the month, list by list."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from common import formats
from common.clock import today
from common.http import Request
from common.periods import Period
from reporting.forms import setup_words as words
from reporting.models import Cause, DeadlineRule, FigureFeed, ReportingRule
from reporting.queries import setup as queries
from reporting.rules.deadlines import deadlines
from reporting.rules.kinds import Step
from reporting.rules.setup import in_order
from reporting.services.defaults import install_defaults

MONTHS_SHOWN = 5


def frame(current: str, page: str = "") -> dict[str, Any]:
    """Tabs of the set-up, and the way back from a page below one of them."""
    tabs = [
        ("setup_rules", _("Hva må forklares")),
        ("setup_deadlines", _("Frister")),
        ("setup_times", _("Påminnelser og svar")),
        ("setup_causes", _("Årsaker")),
        ("setup_areas", _("Funksjonsområder")),
        ("setup_groups", _("Kontogrupper")),
        ("setup_projects", _("Øremerkede midler")),
        ("setup_feeds", _("Tall til indikatorer")),
        ("setup_sick_leave", _("Sykefravær")),
    ]
    label = dict(tabs)[current]
    crumbs = [(_("Regler og frister"), reverse("reporting:setup_rules"))]
    if page:
        crumbs += [(label, reverse(f"reporting:{current}")), (page, "")]
    shown = [{"label": name, "url": reverse(f"reporting:{view}"), "current": view == current} for view, name in tabs]
    return {"tabs": shown, "crumbs": crumbs if page else None}


@require_GET
def setup_rules(request: Request) -> HttpResponse:
    """When something must be explained: what counts now, and what is to come."""
    day = queries.first_open_month(today())
    names = dict(ReportingRule.KindChoices)
    rows = [
        {
            "kind": kind,
            "name": names[kind],
            "meaning": words.MEANINGS[kind],
            "now": _rule(found.now),
            "coming": [(row.pk, words.begins(row.valid_from), _rule(row)) for row in found.coming],
        }
        for kind, found in queries.rules_by_kind(day)
    ]
    is_empty = not any(row["now"] or row["coming"] for row in rows)
    return render(request, "reporting/setup/rules.html", {**frame("setup_rules"), "rows": rows, "is_empty": is_empty})


def _rule(rule: ReportingRule | None) -> dict[str, object] | None:
    if rule is None:
        return None
    return {"limits": words.limits(rule), "demand": words.demand(rule), "begins": words.begins(rule.valid_from)}


@require_POST
def setup_defaults(request: Request) -> HttpResponse:
    """Rows a district begins with, where there are none."""
    added = install_defaults(actor=request.user, now=timezone.now(), today=today())
    if added:
        text = ngettext("Én rad er lagt inn.", "%(count)s rader er lagt inn.", added) % {"count": added}
        messages.success(request, text)
    else:
        messages.info(request, _("Alt var lagt inn fra før. Ingenting ble endret."))
    return redirect("reporting:setup_rules")


@require_GET
def setup_deadlines(request: Request) -> HttpResponse:
    """The steps of the closing with their deadlines, and what these come to in the next months."""
    first = queries.first_open_month(today())
    day = Period.month(first.year, first.month).next().first_day
    names = dict(DeadlineRule.StepChoices)
    rows = [
        {
            "step": step,
            "name": names[Step(step)],
            "month": month or 0,
            "month_name": words.which_months(month),
            "now": words.due(found.now) if found.now else "",
            "begins": words.begins(found.now.valid_from, deadline=True) if found.now else "",
            "coming": [(row.pk, words.begins(row.valid_from, deadline=True), words.due(row)) for row in found.coming],
        }
        for step, month, found in queries.deadlines_by_step(day)
    ]
    rules = queries.due_rules()
    months = [Period.month(first.year, first.month).next(ahead).first_day for ahead in range(MONTHS_SHOWN)]
    found = [(month, deadlines(rules, month)) for month in months]
    preview = [words.preview(month, each) for month, each in found]
    context = {"rows": rows, "preview": preview, "steps": [words.STEPS_SHORT[step] for step in Step], "say": _say(preview)}
    context["muddled"] = [formats.month_label(month) for month, each in found if not in_order(each)]
    return render(request, "reporting/setup/deadlines.html", {**frame("setup_deadlines"), **context})


def _say(preview: list[tuple[str, list[str]]]) -> str:
    month, cells = preview[0]
    ready, due = cells[list(Step).index(Step.FIGURES_READY)], cells[list(Step).index(Step.UNIT_REPORT)]
    return _("%(month)s: tallene er klare %(ready)s, og enhetene leverer %(due)s.") % {"month": month, "ready": ready, "due": due}


@require_GET
def setup_causes(request: Request) -> HttpResponse:
    causes = Cause.objects.all()
    parts = [(label, [cause for cause in causes if cause.part == part]) for part, label in Cause.PartChoices]
    return render(request, "reporting/setup/causes.html", {**frame("setup_causes"), "parts": parts})


@require_GET
def setup_areas(request: Request) -> HttpResponse:
    context = {"rows": queries.areas(), "year": today().year}
    return render(request, "reporting/setup/areas.html", {**frame("setup_areas"), **context})


@require_GET
def setup_groups(request: Request) -> HttpResponse:
    return render(request, "reporting/setup/groups.html", {**frame("setup_groups"), "rows": queries.groups()})


@require_GET
def setup_projects(request: Request) -> HttpResponse:
    rows = queries.projects()
    return render(request, "reporting/setup/projects.html", {**frame("setup_projects"), "rows": rows, "year": today().year})


@require_GET
def setup_feeds(request: Request) -> HttpResponse:
    found = queries.feeds()
    rows = [(kind, label, found.get(kind)) for kind, label in FigureFeed.KindChoices]
    return render(request, "reporting/setup/feeds.html", {**frame("setup_feeds"), "rows": rows})


def month_value(day: date) -> str:
    """A month as a form carries it."""
    return Period.month(day.year, day.month).code
