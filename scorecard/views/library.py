"""The library of indicators: find, define, change, take out of use, and what others have."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.clock import today
from common.http import Request, download
from common.tables import CSV_TYPE, XLSX_TYPE, Column, to_csv, to_xlsx
from organisation.rules.access import Permission
from scorecard.forms.library import BenchmarkForm, IndicatorForm, LibrarySearch, RetireForm
from scorecard.forms.wording import group_name
from scorecard.models import Benchmark, Indicator
from scorecard.queries import library as queries
from scorecard.queries.figures import plain_text
from scorecard.queries.masking import may_unshield
from scorecard.services import benchmarks, editing
from scorecard.services import library as services
from scorecard.views.framing import renew_version
from scorecard.views.reach import access_in, indicator_or_404

PER_PAGE = 50
STATES = (queries.ACTIVE, queries.RETIRED, queries.ALL)


def _search(request: Request) -> tuple[str, str]:
    form = LibrarySearch(request.GET)
    if not form.is_valid():
        return "", queries.ACTIVE
    return form.cleaned_data["sok"], form.cleaned_data["vis"] or queries.ACTIVE


@require_GET
def library(request: Request) -> HttpResponse:
    """Indicators by name, with where they are used."""
    text, state = _search(request)
    page = Paginator(queries.indicators(text=text, state=state), PER_PAGE).get_page(request.GET.get("side"))
    labels = {queries.ACTIVE: _("I bruk"), queries.RETIRED: _("Tatt ut av bruk"), queries.ALL: _("Alle")}
    chips = [{"label": labels[name], "url": f"?{_query(text, name)}", "current": name == state} for name in STATES]
    context = {"page": page, "text": text, "state": state, "chips": chips, "query": _query(text, state)}
    return render(request, "scorecard/library/list.html", context)


def _query(text: str, state: str) -> str:
    return urlencode({"sok": text, "vis": state})


@require_GET
def library_export(request: Request, kind: str) -> HttpResponse:
    """The same list as a file."""
    text, state = _search(request)
    columns = [
        Column("code", _("Kode"), "code"),
        Column("name", _("Navn")),
        Column("definition", _("Hva tallet måler")),
        Column("method", _("Målemetode")),
        Column("source", _("Kilde")),
        Column("measure", _("Måles i")),
        Column("direction", _("Retning")),
        Column("frequency", _("Hvor ofte")),
        Column("formula", _("Regnes ut av")),
        Column("cards", _("Brukt i målekart"), "number", 0),
        Column("retired", _("Tatt ut av bruk"), "date"),
    ]
    rows = [_as_row(indicator) for indicator in queries.indicators(text=text, state=state)]
    if kind == "csv":
        return download(to_csv(columns, rows), "indikatorer.csv", CSV_TYPE)
    return download(to_xlsx(columns, rows, title=_("Indikatorer")), "indikatorer.xlsx", XLSX_TYPE)


def _as_row(indicator: Indicator) -> dict[str, object]:
    return {
        "code": indicator.code,
        "name": indicator.name,
        "definition": indicator.definition,
        "method": indicator.method_text,
        "source": indicator.source,
        "measure": indicator.get_measure_display(),
        "direction": indicator.get_direction_display(),
        "frequency": indicator.get_frequency_display(),
        "formula": indicator.formula,
        "cards": getattr(indicator, "cards", None),
        "retired": indicator.retired_on,
    }


@require_http_methods(["GET", "POST"])
def library_new(request: Request) -> HttpResponse:
    form = IndicatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            indicator = services.add_indicator(fields=form.definition_fields(), actor=request.user)
        except services.CodeTaken:
            form.add_error("code", _("Koden er i bruk. Velg en annen."))
        else:
            messages.success(request, _("«%(name)s» er lagt til i biblioteket.") % {"name": indicator.name})
            return redirect("scorecard:library_indicator", indicator.code)
    context = {"form": form, "heading": _("Ny indikator"), "crumbs": _crumbs(_("Ny indikator"))}
    return render(request, "scorecard/library/form.html", context, status=422 if form.errors else 200)


def _crumbs(*steps: str | tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Indikatorer"), reverse("scorecard:library")), *(step if isinstance(step, tuple) else (step, "") for step in steps)]


def _link(indicator: Indicator) -> tuple[str, str]:
    return indicator.name, reverse("scorecard:library_indicator", args=[indicator.code])


@require_GET
def library_indicator(request: Request, code: str) -> HttpResponse:
    """The definition, where it is used, and the benchmarks."""
    indicator = indicator_or_404(code)
    context = {
        "indicator": indicator,
        "used": queries.used_on(indicator, access_in(request).unit_ids(Permission.EDIT_LIBRARY)),
        "benchmarks": [(row, plain_text(indicator, row.benchmark.value)) for row in queries.benchmark_rows(indicator)],
        "needed_by": queries.needed_by(indicator),
        "crumbs": _crumbs(indicator.name),
    }
    return render(request, "scorecard/library/indicator.html", context)


@require_http_methods(["GET", "POST"])
def library_edit(request: Request, code: str) -> HttpResponse:
    """Change a definition; with figures in the house a change of meaning asks for a reason."""
    indicator = indicator_or_404(code)
    name = indicator.name
    form = IndicatorForm(request.POST or None, instance=indicator)
    if request.method == "POST" and form.is_valid() and _changed(request, form, indicator):
        messages.success(request, _("«%(name)s» er lagret.") % {"name": form.cleaned_data["name"]})
        return redirect("scorecard:library_indicator", code)
    context = {
        "form": form,
        "heading": _("Endre %(name)s") % {"name": name},
        "crumbs": _crumbs((name, reverse("scorecard:library_indicator", args=[code])), _("Endre")),
        "has_figures": queries.has_figures(indicator),
    }
    return render(request, "scorecard/library/form.html", context, status=422 if form.errors else 200)


def _changed(request: Request, form: IndicatorForm, indicator: Indicator) -> bool:
    wanted = form.cleaned_data
    if form.initial["restricted"] and not wanted["restricted"] and not may_unshield(indicator, access_in(request)):
        form.add_error("restricted", _("Bare den som ser alle tallene som er skjermet, kan fjerne skjermingen."))
        return False
    try:
        services.change_indicator(
            indicator=indicator,
            version=wanted["version"] or 0,
            fields=form.definition_fields(),
            reason=wanted["reason"],
            actor=request.user,
        )
    except services.ReasonNeeded as refusal:
        names = ", ".join(str(form.fields[name].label).lower() for name in refusal.fields)
        form.add_error("reason", _("Det finnes tall for indikatoren. Skriv hvorfor dette endres: %(names)s.") % {"names": names})
    except editing.StaleVersion:
        form.add_error(None, _("Noen har endret indikatoren etter at du åpnet siden. Det du skrev, står her. Se over og lagre på nytt."))
        renew_version(form, Indicator.objects.values_list("version", flat=True).get(pk=indicator.pk))
    else:
        return True
    return False


@require_http_methods(["GET", "POST"])
def library_retire(request: Request, code: str) -> HttpResponse:
    """Out of use from a day; nothing is deleted."""
    indicator = indicator_or_404(code)
    form = RetireForm(request.POST or None, initial={"version": indicator.version, "on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.retire(indicator=indicator, actor=request.user, **form.cleaned_data)
        except editing.StaleVersion:
            form.add_error(None, _("Noen har endret indikatoren etter at du åpnet siden. Se over og lagre på nytt."))
            renew_version(form, Indicator.objects.values_list("version", flat=True).get(pk=indicator.pk))
        else:
            messages.success(request, _("«%(name)s» er tatt ut av bruk. Tall og gamle målekart beholdes.") % {"name": indicator.name})
            return redirect("scorecard:library_indicator", code)
    context = {
        "form": form,
        "indicator": indicator,
        "heading": _("Ta ut av bruk"),
        "crumbs": _crumbs(_link(indicator), _("Ta ut av bruk")),
        "needed_by": queries.needed_by(indicator),
    }
    return render(request, "scorecard/library/retire.html", context, status=422 if form.errors else 200)


@require_POST
def library_take_back(request: Request, code: str) -> HttpResponse:
    indicator = indicator_or_404(code)
    text = request.POST.get("version", "")
    try:
        services.take_back(indicator=indicator, version=int(text) if text.isdecimal() and len(text) < 10 else 0, actor=request.user)
    except editing.StaleVersion:
        messages.error(request, _("Noen har endret indikatoren etter at du åpnet siden. Se over og prøv igjen."))
    else:
        messages.success(request, _("«%(name)s» er i bruk igjen.") % {"name": indicator.name})
    return redirect("scorecard:library_indicator", code)


@require_http_methods(["GET", "POST"])
def library_benchmark(request: Request, code: str, pk: int | None = None) -> HttpResponse:
    """A new benchmark, or another figure for one."""
    indicator = indicator_or_404(code)
    row = Benchmark.objects.filter(indicator=indicator, pk=pk).first() if pk is not None and pk < 2**62 else None
    if pk is not None and row is None:
        raise Http404
    form = BenchmarkForm(request.POST or None, initial=BenchmarkForm.initial_of(row) if row else None)
    if request.method == "POST" and form.is_valid():
        try:
            moved = benchmarks.save_benchmark(indicator=indicator, benchmark=row, actor=request.user, **form.cleaned_data)
        except benchmarks.BenchmarkExists:
            form.add_error("period", _("Det finnes allerede et tall for denne perioden. Endre det i stedet."))
        else:
            _tell_moved(request, indicator, moved)
            return redirect("scorecard:library_indicator", code)
    heading = _("Endre sammenlikning") if row else _("Ny sammenlikning")
    context = {"form": form, "heading": heading, "crumbs": _crumbs(_link(indicator), heading), "narrow": True}
    return render(request, "scorecard/library/form.html", context, status=422 if form.errors else 200)


def _tell_moved(request: Request, indicator: Indicator, moved: Sequence[benchmarks.Moved]) -> None:
    messages.success(request, _("Tallet er lagret."))
    for each in moved[:20]:
        words = {
            "unit": each.target.unit.name,
            "group": group_name(each.target.benchmark_group),
            "before": plain_text(indicator, each.before),
            "value": plain_text(indicator, each.target.value),
        }
        messages.info(request, _("Målet for %(unit)s, som følger %(group)s, er endret fra %(before)s til %(value)s.") % words)
    if len(moved) > 20:
        messages.info(request, _("I alt ble %(count)s mål regnet ut på nytt.") % {"count": len(moved)})
