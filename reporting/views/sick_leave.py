"""Sick leave of a unit in a month, or of the units of a district. What one may not see is 404, and not in the list or the file."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common import formats
from common.clock import today
from common.http import Request, download
from common.periods import Period, PeriodKind
from common.tables import CSV_TYPE, Column, to_csv
from organisation.models import Unit
from organisation.queries.tree import history
from organisation.rules.access import Permission
from reporting.charts.sick_leave import chart_of
from reporting.queries.later import later_figures
from reporting.queries.owners import month_end
from reporting.queries.sick_leave import SickLeave, may_see, sick_leave_of, units_below
from reporting.rules.sick_leave import rate
from reporting.views.index import crumb_of_reporting
from scorecard.views.period_links import period_picker


@require_GET
def sick_leave_index(request: Request) -> HttpResponse:
    """The highest unit one answers for, and its newest whole month."""
    reached = request.access.unit_ids(Permission.SEE_RESTRICTED)
    tree = request.access.tree
    top = min(reached, key=lambda unit_id: (len(tree.path(unit_id)), tree.nodes[unit_id].code), default=None)
    if top is None:
        raise Http404
    month = Period.containing(today(), PeriodKind.MONTH).previous().start
    return redirect("reporting:sick_leave", tree.nodes[top].code, month)


@require_GET
def sick_leave(request: Request, unit_code: str, month: date) -> HttpResponse:
    """The month, the last twelve, the same month last year, and the details where they tell of nobody."""
    unit = _unit(request, unit_code, month)
    below = units_below(unit, month)
    found = sick_leave_of(unit_ids=[unit.pk, *below], month=month, access=request.access)
    own = found.get(unit.pk)
    units = {each.pk: each for each in Unit.objects.filter(pk__in=found).order_by("code")}
    chosen = Period.month(month.year, month.month)
    context = {
        "unit": unit,
        "month": month,
        "period": chosen,
        "picker": period_picker(chosen, lambda period: reverse("reporting:sick_leave", args=[unit.code, period.first_day]), today()),
        "own": _shown(own) if own else None,
        "later": [each.told for each in later_figures(unit.pk, month).sick_leave] if own else [],
        "kpis": _kpis(own) if own else [],
        "chart": chart_of(own) if own else None,
        "rows": [{"unit": each, **_shown(found[pk])} for pk, each in units.items() if pk in below],
        "left_out": len(below) - sum(pk in found for pk in below) if below else 0,
        "crumbs": [crumb_of_reporting(request.access), (_("Sykefravær"), "")],
    }
    return render(request, "reporting/sick_leave/sick_leave.html", context)


@require_GET
def sick_leave_export(request: Request, unit_code: str, month: date) -> HttpResponse:
    """The units as a file: the same rows, and nothing in a cell that the page does not show."""
    unit = _unit(request, unit_code, month)
    found = sick_leave_of(unit_ids=[*units_below(unit, month), unit.pk], month=month, access=request.access)
    units = {each.pk: each for each in Unit.objects.filter(pk__in=found)}
    data = [_as_row(units[pk], each) for pk, each in sorted(found.items(), key=lambda item: (item[0] == unit.pk, units[item[0]].code))]
    notes = [f"{unit.name}, {formats.month_label(month)}", _("Tomt felt: ingen tall, eller vises ikke.")]
    return download(to_csv(_columns(), data, notes=notes), f"sykefravaer-{unit.code}-{month:%Y-%m}.csv", CSV_TYPE)


def _unit(request: Request, code: str, month: date) -> Unit:
    tree = history().on(month_end(month))
    node = tree.by_code.get(code)
    if node is None or not may_see(request.access, tree, node.id):
        raise Http404
    return Unit.objects.get(pk=node.id)


def _shown(found: SickLeave) -> dict[str, Any]:
    days, year = found.days, found.year
    target = found.limits.target if found.limits else None
    return {
        "rate": formats.percent(found.rate),
        "year_rate": formats.percent(found.year_rate),
        "last_year": formats.percent(found.same_month_last_year),
        "days": _of(days.lost, days.contracted) if days else "",
        "year_days": _of(year.lost, year.contracted) if year else "",
        "target": formats.percent(target) if target is not None else "",
        "status": found.status.value,
        "quality": "preliminary" if found.preliminary and days else "",
        "splits": _splits(found),
        "masked": found.masked,
        "has_figure": days is not None,
    }


def _kpis(found: SickLeave) -> list[dict[str, Any]]:
    """The three numbers that are the point."""
    shown = _shown(found)
    goal = _("Mål: høyst %(target)s.") % {"target": shown["target"]} if shown["target"] else ""
    why = _("Sammenlikn med samme måned, fordi fraværet følger årstiden.")
    return [
        _kpi(_("Siste tolv måneder"), found.year_rate, " ".join(part for part in (goal, shown["year_days"]) if part), shown["status"]),
        {**_kpi(_("I måneden"), found.rate, shown["days"]), "quality": shown["quality"]},
        _kpi(_("Samme måned i fjor"), found.same_month_last_year, why),
    ]


def _kpi(label: str, value: Decimal | None, goal: str, status: str = "") -> dict[str, Any]:
    figure = "" if value is None else formats.number(value, 1)
    return {"label": label, "value": figure, "unit": "%", "goal": goal, "status": status, "quality": "", "spark": None, "change": None}


def _of(lost: Decimal, contracted: Decimal) -> str:
    return _("%(lost)s av %(contracted)s dagsverk") % {"lost": formats.number(lost, 1), "contracted": formats.number(contracted, 0)}


def _splits(found: SickLeave) -> list[tuple[str, str]]:
    if found.split is None or found.days is None:
        return []
    parts = (
        (_("Egenmeldt"), found.split.self_certified),
        (_("Legemeldt"), found.split.certified),
        (_("1–16 dager"), found.split.short),
        (_("Over 16 dager"), found.split.long),
    )
    return [(label, formats.percent(rate(lost, found.days.contracted))) for label, lost in parts]


def _columns() -> list[Column]:
    names = (("rate", _("I måneden")), ("year", _("Siste tolv måneder")), ("last_year", _("Samme måned i fjor")))
    splits = (("self", _("Egenmeldt")), ("certified", _("Legemeldt")), ("short", _("1–16 dager")), ("long", _("Over 16 dager")))
    return [
        Column("code", _("Kode"), "code"),
        Column("name", _("Enhet")),
        *(Column(key, label, "number", 2, "%") for key, label in (*names, *splits)),
    ]


def _as_row(unit: Unit, found: SickLeave) -> dict[str, Any]:
    split, contracted = found.split, found.days.contracted if found.days else None
    parts = (split.self_certified, split.certified, split.short, split.long) if split else (None,) * 4
    rates = dict(zip(("self", "certified", "short", "long"), (rate(part, contracted) for part in parts), strict=True))
    own = {"rate": found.rate, "year": found.year_rate, "last_year": found.same_month_last_year}
    return {"code": unit.code, "name": unit.name, **own, **rates}
