"""The month's front page: my reports, and the way to all of them."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common import formats
from common.clock import today
from common.http import Request
from common.periods import Period
from organisation.queries.access import Access
from organisation.rules.access import Permission
from reporting.models import MonthlyReport
from reporting.queries.due_steps import due_text
from reporting.queries.report_list import ReportLine, my_reports
from reporting.rules.kinds import ReportState
from reporting.rules.states import SETTLED

LABELS = dict(MonthlyReport.StateChoices)


@require_GET
def index(request: Request) -> HttpResponse:
    """What one shall write first, and the way to all the rest; who only reads meets the reports that are settled."""
    access, now = request.access, timezone.now()
    units = my_reports(unit_ids=access.unit_ids(Permission.WRITE_REPORT), today=today())
    links = _links(request)
    reads = not any(units) and not links
    if reads:
        found = my_reports(unit_ids=access.unit_ids(Permission.SEE_REPORT_SUMMARY), today=today())
        units = [[line for line in lines if line.state in SETTLED] for lines in found]
    context = {
        "units": [{"name": lines[0].node.name, "lines": [_line(line, now) for line in lines]} for lines in units if lines],
        "links": links,
        "reads": reads,
    }
    return render(request, "reporting/report/index.html", context)


def crumb_of_reporting(access: Access) -> tuple[str, str]:
    """The way back to the front page of the month; a word alone for those who have none."""
    return _("Rapportering"), reverse("reporting:index") if access.may(Permission.SEE_REPORT_SUMMARY) else ""


def _line(line: ReportLine, now: datetime) -> dict[str, object]:
    name = "report" if line.is_open else "report_sent" if line.state is ReportState.DELIVERED else "report_read"
    month = Period.month(line.month.year, line.month.month)
    return {
        "title": _("Rapport for %(month)s") % {"month": formats.period_label(month)},
        "url": reverse(f"reporting:{name}", args=[line.node.code, line.month]),
        "state": str(LABELS[line.state]),
        "due": due_text(line.due, today(), now) if line.is_open else "",
        "saved": _("Sist lagret %(moment)s") % {"moment": formats.moment(line.saved_at)} if line.saved_at else "",
        "is_open": line.is_open,
    }


def _links(request: Request) -> list[tuple[str, str, str]]:
    """Where those go who read the reports of others: name, address, and what one finds there."""
    access = request.access
    latest = Period.month(today().year, today().month).previous().start
    tree = access.tree
    districts = sorted({tree.nodes[top].code for pk in access.unit_ids(Permission.SEE_DELIVERED_REPORT) if (top := tree.district_of(pk))})
    links = []
    for code in districts:
        pk = tree.by_code[code].id
        links.append((_("Alle rapporter"), reverse("reporting:approval", args=[code, latest]), _("Hvem som har levert, og hva de venter.")))
        if access.may_in(Permission.SEE_DELIVERED_REPORT, pk):
            text = _("Bydelen og hvert funksjonsområde i én rapport.")
            links.append((_("Samlet rapport"), reverse("reporting:consolidated", args=[code, latest]), text))
        if access.may_in(Permission.CONSOLIDATE, pk):
            text = _("Måneden som sakspapir, i PDF, Word og Excel.")
            links.append((_("Sak til bydelsutvalget"), reverse("reporting:case_page", args=[code, latest]), text))
        if access.may_in(Permission.SEE_DELIVERED_REPORT, pk):
            text = _("Hvor godt prognosene traff, enhet for enhet.")
            links.append((_("Treffsikkerhet"), reverse("reporting:accuracy", args=[code]), text))
    if access.may(Permission.SEE_LEDGER):
        links.append((_("Økonomi"), reverse("reporting:economy_index"), _("Regnskap mot budsjett, ned til hver linje i filen.")))
    if access.may(Permission.SEE_RESTRICTED):
        links.append((_("Sykefravær"), reverse("reporting:sick_leave_index"), _("Måneden, de siste tolv, og målet.")))
    if links:
        links.append((_("Produksjonstall"), reverse("reporting:production_index"), _("Hva som er talt, og hva som mangler.")))
    return links
