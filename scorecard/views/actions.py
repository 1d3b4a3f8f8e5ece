"""Actions because of figures: the list of what is red without one, and the way from a figure to an action."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from actions.queries.people import owners_in
from actions.services.actions import ActionRefused
from common import formats
from common.clock import today
from common.http import Request, download
from common.tables import CSV_TYPE, XLSX_TYPE, Column, to_csv, to_xlsx
from organisation.models import User
from organisation.queries.access import Access
from organisation.queries.units import unit_choices
from organisation.rules.access import Permission
from scorecard.forms.actions import FigureActionForm
from scorecard.queries.actions import RedCell, actions_for, red_without_action
from scorecard.queries.figures import figure_text, target_text
from scorecard.queries.indicator import Series, load_series
from scorecard.rules.cells import SeriesPoint
from scorecard.services.actions import create_for_figure
from scorecard.views.places import Place, period_or_404, place_or_404


def _found(request: Request) -> tuple[list[RedCell], str]:
    """The red cells of the units asked for, and the code of the unit. Raises Http404 for a unit out of reach."""
    access: Access = request.access
    reached = access.unit_ids(Permission.SEE_ACTIONS) & access.unit_ids(Permission.SEE_SCORECARD)
    code = request.GET.get("enhet", "")
    if code:
        node = access.tree.by_code.get(code)
        if node is None or node.id not in reached:
            raise Http404
        reached &= frozenset(access.tree.subtree(node.id))
    return red_without_action(unit_ids=reached, day=today(), access=access), code


@require_GET
def red_without_action_list(request: Request) -> HttpResponse:
    """Targets that are not reached and that nobody does anything about, the longest red first."""
    access: Access = request.access
    cells, code = _found(request)
    may_make = access.unit_ids(Permission.EDIT_ACTIONS)
    units = unit_choices(access, Permission.SEE_ACTIONS)
    options = [("", _("Alle enheter"), not code), *((value, label, value == code) for value, label in units)]
    context: dict[str, Any] = {
        "rows": [(cell, cell.unit_id in may_make) for cell in cells],
        "lead": ngettext(
            "%(n)s mål er ikke nådd, og ingen gjør noe med det ennå.", "%(n)s mål er ikke nådd, og ingen gjør noe med dem ennå.", len(cells)
        )
        % {"n": len(cells)},
        "selects": [{"id": "enhet", "name": "enhet", "label": _("Enhet"), "options": options}] if len(units) > 1 else [],
        "unit_code": code,
    }
    return render(request, "scorecard/red_without_action.html", context)


@require_GET
def red_without_action_export(request: Request, form: str) -> HttpResponse:
    """The same rows as a file."""
    if form not in ("csv", "xlsx"):
        raise Http404
    columns = [
        Column("unit_code", _("Enhetskode"), "code"),
        Column("unit_name", _("Enhet")),
        Column("indicator_name", _("Indikator")),
        Column("period", _("Periode")),
        Column("value", _("Tall")),
        Column("target", _("Mål")),
        Column("run", _("Perioder på rad"), "number", places=0),
    ]
    rows = [{column.key: getattr(cell, column.key) for column in columns} for cell in _found(request)[0]]
    title, name = _("Rødt uten tiltak"), _("rødt uten tiltak %(day)s") % {"day": today().isoformat()}
    if form == "xlsx":
        return download(to_xlsx(columns, rows, title=title), f"{name}.xlsx", XLSX_TYPE)
    return download(to_csv(columns, rows), f"{name}.csv", CSV_TYPE)


@require_http_methods(["GET", "POST"])
def action_new(request: Request, unit_code: str, code: str) -> HttpResponse:
    """An action with the figure it is made from filled in: which period, what it was, what the target is."""
    place = place_or_404(request, Permission.EDIT_ACTIONS, unit_code, code)
    series = load_series(place.indicator, place.unit.pk, place.history, today=today())
    point = _point(series, request.GET.get("periode", ""))
    limits = series.limits(point.period)
    back = place.address("indicator")
    form = FigureActionForm(
        request.POST if request.method == "POST" else None,
        indicator=place.indicator,
        target=limits.target if limits else None,
        owners=owners_in(place.unit.pk, today()),
        back=back,
        initial={"owner": str(request.user.pk)},
    )
    if form.is_valid() and _made(request, place, point, form):
        messages.success(request, _("Tiltaket er lagret."))
        return redirect(back)
    context = {
        "form": form,
        "title": _("Lag tiltak"),
        "lead": f"{place.indicator.name}, {place.unit.name}.",
        "said": _said(place, point, limits),
        "crumbs": [*place.crumbs, (_("Lag tiltak"), "")],
        "known": [row for row in actions_for(place.indicator, place.unit.pk) if row.is_open],
    }
    return render(request, "scorecard/action_new.html", context, status=422 if form.errors else 200)


def _point(series: Series, code: str) -> SeriesPoint:
    """The figure of the period asked for, else the latest. Raises Http404 where there is none."""
    found = [each for each in (*series.years, *series.shown) if each.value is not None]
    wanted = period_or_404(code) if code else None
    point = next((each for each in reversed(found) if wanted is None or each.period == wanted), None)
    if point is None:
        raise Http404
    return point


def _said(place: Place, point: SeriesPoint, limits: Any) -> str:
    """«Sykefravær var 13,8 % i september 2026. Målet er høyst 9,9 %.»"""
    facts = {
        "indicator": place.indicator.name,
        "figure": figure_text(place.indicator, point.value, limits, point.quality),
        "period": formats.period_label(point.period),
    }
    said = _("%(indicator)s: %(figure)s i %(period)s.") % facts
    if limits is None or not limits.has_target:
        return said
    return f"{said} {_('Målet er %(goal)s.') % {'goal': target_text(place.indicator, limits)}}"


def _made(request: Request, place: Place, point: SeriesPoint, form: FigureActionForm) -> bool:
    found = form.cleaned_data
    try:
        create_for_figure(
            indicator=place.indicator,
            unit=place.unit,
            period=point.period,
            title=found["title"],
            owner=User.objects.get(pk=found["owner"]),
            due_on=found["due_on"],
            aim=form.aim,
            actor=request.user,
            now=timezone.now(),
            today=today(),
            description=found["description"],
        )
    except ActionRefused as refusal:
        form.add_problems(refusal.problems)
        return False
    return True
