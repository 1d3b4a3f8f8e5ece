"""Where an approval page stands: a district and a month that the person reaches, else it does not exist."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from common import formats
from common.clock import today
from common.http import Request
from organisation.models import Unit
from organisation.queries.tree import history
from organisation.rules.access import Permission
from organisation.rules.tree import Node
from organisation.views.reach import district_or_404
from reporting.models import MonthlyReport, ReportingMonth
from reporting.queries.approval import Rights, reports_of
from reporting.queries.consolidated import reporting_in
from reporting.queries.own_reports import waiting_own
from reporting.queries.owners import month_end
from reporting.views.to_come import is_over

MOST = 2**31


@dataclass(frozen=True)
class Place:
    """A district's month. `rights`: what the person may do in it."""

    district: Unit
    month: date
    rights: Rights
    is_locked: bool
    is_over: bool

    @property
    def url(self) -> str:
        return reverse("reporting:approval", args=[self.district.code, self.month])

    @property
    def label(self) -> str:
        return formats.month_label(self.month)

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        return [(_("Rapportering"), reverse("reporting:index")), (_("Alle rapporter, %(month)s") % {"month": self.label}, self.url)]


def place_or_404(request: Request, permission: Permission, district: str, month: date) -> Place:
    """Months to come have nothing to show."""
    access = request.access
    unit = district_or_404(access, permission, district)
    if not access.may_in(permission, unit.pk) or month > today():
        raise Http404
    if unit.pk not in history().on(month_end(month)).nodes:
        raise Http404
    approves = access.may_in(Permission.APPROVE_REPORT, unit.pk)
    own = waiting_own(request.user.pk, _unit_ids(unit, month), month, today()) if approves else frozenset()
    returns = access.may_in(Permission.RETURN_REPORT, unit.pk)
    rights = Rights(approves, returns, own, remind=returns and is_over(month))
    is_locked = ReportingMonth.objects.filter(district=unit, month=month, locked_at__isnull=False).exists()
    return Place(unit, month, rights, is_locked, is_over(month))


def _unit_ids(district: Unit, month: date) -> list[int]:
    return [node.id for node in reporting_in(district.pk, month)]


def node_or_404(place: Place, code: str) -> Node:
    """A unit that reports in the place's month."""
    nodes = reporting_in(place.district.pk, place.month)
    node = next((node for node in nodes if node.code == code), None)
    if node is None:
        raise Http404
    return node


def report_or_404(place: Place, code: str) -> MonthlyReport:
    report = MonthlyReport.objects.filter(unit_id=node_or_404(place, code).id, month=place.month).select_related("unit").first()
    if report is None:
        raise Http404
    return report


def reports_by_token(place: Place, tokens: list[str]) -> dict[int, int]:
    """{report: version} of what a page sent; anything else than two numbers is left out."""
    found = {}
    for token in tokens[:500]:
        pk, _colon, version = token.partition(":")
        if pk.isascii() and pk.isdigit() and version.isascii() and version.isdigit() and len(token) < 30:
            found[int(pk)] = int(version)
    # Larger numbers are no row's, and no database takes them.
    found = {pk: number for pk, number in found.items() if pk < MOST and number < MOST}
    ours = set(reports_of(reporting_in(place.district.pk, place.month), place.month).filter(pk__in=found).values_list("pk", flat=True))
    return {pk: version for pk, version in found.items() if pk in ours}
