"""The director's list: who has delivered, what to look at, what can be approved together."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common import formats
from common.clock import today
from common.http import Request, download
from common.memory import Memory
from common.pages import answer_if_changed, cached_fragment
from common.periods import Period
from common.tables import CSV_TYPE, XLSX_TYPE, to_csv, to_xlsx
from organisation.queries.holders import holders_in
from organisation.rules.access import Permission
from organisation.views.reach import district_or_404
from reporting.forms.approval import ReturnForm
from reporting.models import MonthlyReport
from reporting.queries.approval import Row, approval_page, reports_of
from reporting.queries.approval_file import approval_columns, approval_rows
from reporting.queries.approval_stamp import stamp_of_month
from reporting.queries.approval_sums import sums_of
from reporting.queries.approval_words import PARTS, day_told
from reporting.queries.consolidated import reporting_in
from reporting.queries.due_steps import StepDue, deadlines_of
from reporting.queries.month_stamp import MonthStamp, remembered
from reporting.queries.times import times_on
from reporting.queries.wording import changed_after_lock
from reporting.rules.kinds import ReportState, Step
from reporting.rules.states import answer_due
from reporting.views.approval_place import Place, place_or_404, report_or_404
from reporting.views.to_come import is_near, to_the_reports

_lines: Memory[SafeString] = Memory(5000)
READ = Permission.SEE_DELIVERED_REPORT


@dataclass(frozen=True)
class Asking:
    """The open form of one row: a question about one part."""

    code: str
    name: str
    form: ReturnForm
    help: str

    @property
    def parts(self) -> list[tuple[str, str, bool]]:
        chosen = self.form["part"].value()
        return [(key, str(label), key == chosen) for key, label in PARTS.items()]

    @property
    def errors(self) -> dict[str, str]:
        """What is wrong with the part, the reason, or the whole; «» where nothing is."""
        found = {name: " ".join(map(str, said)) for name, said in self.form.errors.items()}
        whole = " ".join(said for name, said in found.items() if name not in ("part", "reason"))
        return {"part": found.get("part", ""), "reason": found.get("reason", ""), "whole": whole}


@require_GET
def approval(request: Request, district: str, month: date) -> HttpResponse:
    """Unchanged since the last visit: 304 or a kept fragment."""
    if month > today() and is_near(month):
        district_or_404(request.access, READ, district)
        return to_the_reports(request, _("Rapportene for %(month)s kommer når måneden er over."), month)
    place = place_or_404(request, READ, district, month)
    asking = asking_about(place, request.GET.get("returner", "")) if place.rights.give_back else None
    undo = undoable_reports(request, place, request.GET.get("angre", "")).count()
    stamp = stamp_of_month(district_id=place.district.pk, month=month)
    parts = ("approval", place.district.pk, month, today(), place.rights, stamp)

    def page() -> HttpResponse:
        # An open form names a person and is for one reader: never kept.
        body = mark_safe(table(place, asking, stamp)) if asking else cached_fragment(parts, lambda: table(place, None, stamp))
        return _shown(request, place, asking, undo, body)

    return page() if asking else answer_if_changed(request, (*parts, undo), page)


def refused(request: Request, place: Place, asking: Asking) -> HttpResponse:
    """The list with what was typed, and what is wrong with it."""
    return _shown(request, place, asking, 0, mark_safe(table(place, asking)), status=422)


def _shown(request: Request, place: Place, asking: Asking | None, undo: int, body: SafeString, status: int = 200) -> HttpResponse:
    context = {
        "place": place,
        "body": body,
        "title": _title(place),
        "asking": asking,
        "form": asking.form if asking else None,
        "undo": undo,
        "undo_at": request.GET.get("angre", ""),
        "picker": _picker(place),
        "crumbs": [*place.crumbs[:1], (_("Alle rapporter"), "")],
    }
    return render(request, "reporting/approval/list.html", context, status=status)


def table(place: Place, asking: Asking | None, stamp: MonthStamp | None = None) -> str:
    """Everything below the heading, with no token of a form in it: the forms stand outside."""
    page = approval_page(district_id=place.district.pk, month=place.month, rights=place.rights, stamp=stamp)
    deadline = _deadlines(place.month, stamp).get(Step.LOCK)
    setting = page.found.setting
    before = formats.month_name(page.found.before)
    where, language = [place.district.code, place.month], get_language()
    context: dict[str, Any] = {
        "page": page,
        "sums": sums_of(page),
        "rights": place.rights,
        "is_over": place.is_over,
        "asking": asking,
        "lines": {
            row.code: _line(row, before, language) for group in page.groups for row in group.rows if not asking or asking.code != row.code
        },
        "month": formats.month_name(place.month),
        "before": before,
        "changed": changed_after_lock(),
        "deadline": formats.moment(deadline.at) if deadline else "",
        "locked_at": formats.moment(setting.locked_at) if setting and setting.locked_at else "",
        "locked_by": setting.locked_by.name if setting and setting.locked_by else "",
        "urls": {
            "list": place.url,
            "lock": reverse("reporting:approval_lock", args=where),
            "consolidated": reverse("reporting:consolidated", args=where),
            "csv": reverse("reporting:approval_export", args=[*where, "csv"]),
            "xlsx": reverse("reporting:approval_export", args=[*where, "xlsx"]),
        },
    }
    return render_to_string("reporting/_approval.html", context, using="tables")


def _deadlines(month: date, stamp: MonthStamp | None) -> dict[Step, StepDue]:
    if stamp is None:
        return deadlines_of(month)
    return remembered("deadlines", month, (stamp.deadlines, stamp.organisation), lambda: deadlines_of(month))


def _line(row: Row, before: str, language: str | None) -> SafeString:
    """The finished line of a unit; made once for everybody who is shown just this."""
    key = (row, before, language)
    line = _lines.get(key)
    if line is None:
        # The template has escaped what it was given.
        line = mark_safe(render_to_string("reporting/_approval_row.html", {"row": row, "before": before, "is_open": False}, using="tables"))
        _lines.put(key, line)
    return line


def asking_about(place: Place, code: str, form: ReturnForm | None = None) -> Asking | None:
    """The form of the unit asked for, where its report is delivered; an unknown code is no page."""
    if not code:
        return None
    report = report_or_404(place, code)
    if report.state != ReportState.DELIVERED and form is None:
        return None
    leaders = holders_in(Permission.WRITE_REPORT, [report.unit_id], today()).get(report.unit_id, ())
    words = {"name": leaders[0].name if leaders else report.unit.name, "day": day_told(answer_due(today(), times_on(place.month)))}
    told = _("%(name)s endrer bare dette feltet. Svarfrist %(day)s.") % words
    return Asking(code, report.unit.name, form or ReturnForm(initial={"version": report.version, "part": "explanation"}), told)


def undoable_reports(request: Request, place: Place, moment: str) -> QuerySet[MonthlyReport]:
    """What this person approved at this moment, and nobody has touched since."""
    at = _moment(moment)
    if at is None or not place.rights.approve:
        return MonthlyReport.objects.none()
    nodes = reporting_in(place.district.pk, place.month)
    return reports_of(nodes, place.month).filter(state=ReportState.APPROVED, approved_by=request.user.pk, approved_at=at)


def _moment(text: str) -> datetime | None:
    try:
        at = parse_datetime(text)
        return at.astimezone(UTC) if at is not None and at.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _title(place: Place) -> str:
    words = {"month": formats.month_name(place.month)}
    if place.is_locked:
        return _("%(month)s er låst") % {"month": words["month"].capitalize()}
    return _("Godkjenn rapporter for %(month)s") % words if place.rights.approve else _("Rapporter for %(month)s") % words


def _picker(place: Place) -> dict[str, Any]:
    def link(period: Period) -> tuple[str, str]:
        return formats.period_label(period), reverse("reporting:approval", args=[place.district.code, period.start])

    period = Period.month(place.month.year, place.month.month)
    months = [Period.month(place.month.year, number) for number in range(1, 13)]
    items = [(*link(each), each == period) for each in months if each.start <= today()]
    following = link(period.next()) if period.next().start <= today() else None
    return {
        "label": formats.period_label(period),
        "previous": link(period.previous()),
        "following": following,
        "groups": [(str(place.month.year), items)],
    }


@require_GET
def approval_export(request: Request, district: str, month: date, form: str) -> HttpResponse:
    """The same table with the same rights as a file."""
    if form not in ("csv", "xlsx"):
        raise Http404
    place = place_or_404(request, READ, district, month)
    page = approval_page(district_id=place.district.pk, month=month, rights=place.rights)
    columns, rows = approval_columns(page), approval_rows(page)
    notes = [f"{place.district.name}, {place.label}", _("Tall i kroner, uten øremerkede midler. Minus betyr merforbruk.")]
    name = f"rapporter-{place.district.code}-{month:%Y-%m}.{form}"
    if form == "xlsx":
        return download(to_xlsx(columns, rows, title=_("Rapporter"), notes=notes), name, XLSX_TYPE)
    return download(to_csv(columns, rows, notes=notes), name, CSV_TYPE)
