"""One indicator of one unit over time: the page, and the same as a file."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from actions.forms.words import due_words, status_word
from common import formats
from common.clock import today
from common.http import Request, download
from common.tables import CSV_TYPE, XLSX_TYPE, to_csv, to_xlsx
from organisation.rules.access import Permission
from scorecard.charts import comparisons, origins
from scorecard.charts.figure import figure_of
from scorecard.charts.now import now_of
from scorecard.charts.points import notes_on_years, numbered_points
from scorecard.charts.rows import export_columns, export_notes, export_rows
from scorecard.charts.sentences import chart_key, sentence
from scorecard.charts.tables import figure_table
from scorecard.charts.verdicts import verdict_text
from scorecard.forms.period_filter import Chosen, PeriodFilter
from scorecard.queries.actions import actions_for
from scorecard.queries.figures import figure_text
from scorecard.queries.indicator import Series, load_series
from scorecard.queries.surroundings import benchmarks, children_of, corrections, district_point
from scorecard.rules.cells import SeriesPoint
from scorecard.rules.statuses import Status
from scorecard.views.places import Place, place_or_404


@require_GET
def indicator(request: Request, unit_code: str, code: str) -> HttpResponse:
    """The page. Where the figures are not for this person it says so, and shows the way to the district's."""
    place = place_or_404(request, Permission.SEE_SCORECARD, unit_code, code, open_only=False)
    if place.masked:
        return render(request, "scorecard/indicator/masked.html", _masked(place))
    form = PeriodFilter(request.GET, today=today())
    chosen = form.chosen()
    series = _series(place, chosen)
    context = {"form": form, "chosen": chosen, **_frame(place, series, chosen), **_figures(place, series, chosen)}
    return render(request, "scorecard/indicator/page.html", context)


def _series(place: Place, chosen: Chosen) -> Series:
    return load_series(
        place.indicator,
        place.unit.pk,
        place.history,
        today=today(),
        known_on=chosen.known_on,
        own_targets=chosen.own_targets,
    )


def _masked(place: Place) -> dict[str, Any]:
    """Nothing of the figures; the district's own page where there is one above."""
    above = place.access.tree.nodes.get(place.district_id or 0)
    url = reverse("scorecard:indicator", args=[above.code, place.indicator.code]) if above and above.id != place.unit.pk else ""
    return {"unit": place.unit, "indicator": place.indicator, "crumbs": place.crumbs, "district": above, "district_url": url}


def _frame(place: Place, series: Series, chosen: Chosen) -> dict[str, Any]:
    """What the page says about itself, and what this person may do here."""
    may_note = chosen.known_on is None and place.access.may_in(Permission.ANNOTATE, place.unit.pk)
    may_accept = chosen.known_on is None and place.access.may_in(Permission.ACCEPT_DEVIATION, place.unit.pk)
    may_act = chosen.known_on is None and place.access.may_in(Permission.EDIT_ACTIONS, place.unit.pk)
    missed = series.status_now in (Status.NOT_REACHED, Status.NEARLY)
    return {
        "unit": place.unit,
        "indicator": place.indicator,
        "series": series,
        "crumbs": place.crumbs,
        "note_url": place.address("note_add") if may_note and series.shown else "",
        "reset_url": place.address("limits_reset") if may_note and series.confirmed_changes else "",
        "accept_url": place.address("acceptance_add") if may_accept and missed else "",
        "may_accept": may_accept,
        "action_url": place.address("action_new") if may_act and missed else "",
        "actions": _actions(place) if place.access.may_in(Permission.SEE_ACTIONS, place.unit.pk) else [],
        "export_url": place.address("indicator_export", "csv").removesuffix("csv"),
        "query": _query(chosen),
        "has_choice": series.has_own_target or not chosen.own_targets,
    }


def _actions(place: Place) -> list[dict[str, str]]:
    """What is or was done about the figure, for components/log.html."""
    rows, day = actions_for(place.indicator, place.unit.pk), today()
    return [
        {
            "title": row.title,
            "text": f"{status_word(row.status)}. {row.owner_name}. {due_words(row, day)}.",
            "url": reverse("actions:action", args=[row.id]),
            "link": _("Se tiltaket"),
        }
        for row in rows
    ]


def _query(chosen: Chosen) -> str:
    """The choices as an address carries them on to the file."""
    given = {
        "vis": chosen.span,
        "fra": chosen.first.code if chosen.first else "",
        "til": chosen.last.code if chosen.last else "",
        "kjent": chosen.known_on.isoformat() if chosen.known_on else "",
        "mal": "" if chosen.own_targets else "over",
    }
    return urlencode({name: value for name, value in given.items() if value})


def _figures(place: Place, series: Series, chosen: Chosen) -> dict[str, Any]:
    visible = chosen.visible(series.shown)
    found = benchmarks(series)
    others = comparisons.shown_benchmarks(series, found)
    latest = series.state.latest
    district = district_point(series, place.district_id, latest.period) if latest else None
    source = series.measurements.get(latest.period) if latest else None
    return {
        "now": now_of(series),
        "verdict": verdict_text(series),
        "chart": _chart(series, visible, others),
        "tiles": comparisons.tiles(series, district, others),
        "hidden_words": comparisons.hidden_words(found),
        "outside_words": comparisons.outside_words(series, others),
        "table": figure_table(series, visible, place.value_address) if visible else None,
        "singles": _singles_table(place, series, visible),
        "year_notes": notes_on_years(series),
        "definition": origins.definition(series),
        "source": origins.source_lines(source) if source else [],
        "latest_url": place.value_address(latest.period) if latest else "",
        "targets": origins.target_lines(series),
        "log": origins.log_entries(series, corrections(series), place.value_address),
        "acceptances": series.acceptances,
        "today": series.today,
        "children": _children(place, series),
    }


def _chart(series: Series, visible: list[SeriesPoint], others: list[Any]) -> dict[str, Any] | None:
    if not any(point.value is not None for point in visible):
        return None
    numbered = numbered_points(series, visible)
    return {
        "id": "utvikling",
        "span": formats.period_span(visible[0].period, visible[-1].period),
        "sentence": sentence(series, visible),
        "figure": figure_of(series, visible, numbered, others),
        "key": chart_key(series, visible, others),
        "points": numbered,
    }


def _singles_table(place: Place, series: Series, visible: list[SeriesPoint]) -> Any:
    """The periods each for itself, where the page shows several together."""
    if not series.windowed or not visible:
        return None
    inside = [point for point in series.singles if visible[0].period <= point.period <= visible[-1].period]
    return figure_table(series, inside, place.value_address)


def _children(place: Place, series: Series) -> list[dict[str, Any]]:
    """The units below; what may not be seen is said, not shown."""
    rows: list[dict[str, Any]] = []
    found = children_of(series)
    hidden = place.hidden_among([(child.node.id, child.node.kind) for child in found])
    for child in found:
        masked = child.node.id in hidden
        rows.append(
            {
                "name": child.node.name,
                "code": child.node.code,
                "url": reverse("scorecard:indicator", args=[child.node.code, place.indicator.code]),
                "masked": masked,
                "period": None if masked else child.period,
                "value": "" if masked or child.value is None else figure_text(place.indicator, child.value, child.limits, child.quality),
                "status": "masked" if masked else child.status,
                "quality": "" if masked else child.quality,
                "coverage": "" if child.own or masked else _("%(n)s av %(all)s") % {"n": child.covered, "all": child.expected},
            }
        )
    return rows


@require_GET
def indicator_export(request: Request, unit_code: str, code: str, form: str) -> HttpResponse:
    """The series as CSV or XLSX: what the page shows, with notes, targets, limits and a legend."""
    place = place_or_404(request, Permission.SEE_SCORECARD, unit_code, code)
    if form not in ("csv", "xlsx"):
        raise Http404
    chosen = PeriodFilter(request.GET, today=today()).chosen()
    series = _series(place, chosen)
    visible = chosen.visible(series.shown)
    columns, rows, notes = export_columns(series), export_rows(series, visible), export_notes(series, place.unit.name)
    name = f"{place.indicator.name} {place.unit.name}.{form}"
    if form == "csv":
        return download(to_csv(columns, rows, notes=notes), name, CSV_TYPE)
    return download(to_xlsx(columns, rows, title=place.indicator.name, notes=notes), name, XLSX_TYPE)
