"""Months' reports a search finds by unit and month, as far as the person reads them."""

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from common import formats
from common.found import Found, FoundGroup, found_group
from common.periods import Period
from common.searching import Wanted
from organisation.queries.access import Access
from organisation.rules.access import Permission
from organisation.rules.tree import Node
from reporting.models import MonthlyReport
from reporting.queries.owners import REPORTING_KINDS
from reporting.rules.kinds import ReportState
from reporting.rules.states import HANDED_IN, SETTLED

MONTHS = 36
STATES = dict(MonthlyReport.StateChoices)


def find(access: Access, text: str, limit: int) -> list[FoundGroup]:
    """The newest first. One SQL statement, none where no unit and month together have every word."""
    if not access.may(Permission.SEE_REPORT_SUMMARY):
        return []
    wanted, reached = Wanted.of(text), access.unit_ids(Permission.SEE_REPORT_SUMMARY)
    nodes = [node for node in access.tree.nodes.values() if node.id in reached and node.kind in REPORTING_KINDS]
    places = _places(wanted, nodes, access.day)
    if not places:
        return []
    among = Q()
    for months, unit_ids in places.items():
        among |= Q(month__in=months, unit_id__in=unit_ids)
    rows = MonthlyReport.objects.filter(among, _seen(access)).order_by("-month", "unit__code")
    values = rows.values_list("unit_id", "unit__code", "month", "state")
    found = [
        Found(
            title=_title(access.tree.nodes[unit_id], month),
            url=reverse("reporting:report_read", args=[code, month]),
            about=str(STATES[ReportState(state)]),
        )
        for unit_id, code, month, state in values[: limit + 1]
    ]
    return found_group("rapporter", _("Rapporter"), found, limit)


def _title(node: Node, month: date) -> str:
    return _("Rapport for %(month)s, %(unit)s") % {"month": formats.month_label(month), "unit": node.name}


def _places(wanted: Wanted, nodes: list[Node], day: date) -> dict[tuple[date, ...], list[int]]:
    """Units by the months in which the words of unit and month together are all there.

    Units that have the same of the words have the same months, so there are never more of these than ways to leave out words.
    """
    latest = Period.month(day.year, day.month)
    labels = {latest.previous(back).start if back else latest.start: "" for back in range(MONTHS)}
    labels = {month: f"{_('Rapport')} {formats.month_label(month)} {month:%Y-%m}" for month in labels}
    found: dict[tuple[date, ...], list[int]] = {}
    known: dict[tuple[str, ...], tuple[date, ...]] = {}
    for node in nodes:
        left = tuple(word for word in wanted.words if not Wanted((word,)).meets(f"{node.code} {node.name}"))
        if left not in known:
            rest = Wanted(left)
            known[left] = tuple(month for month, label in labels.items() if rest.meets(label))
        if known[left]:
            found.setdefault(known[left], []).append(node.id)
    return found


def _seen(access: Access) -> Q:
    """As the page of a report decides: one's own always, handed in for the leadership, settled for those who read summaries."""
    own = access.unit_ids(Permission.SEE_REPORT) | access.unit_ids(Permission.WRITE_REPORT)
    delivered = Q(unit_id__in=access.unit_ids(Permission.SEE_DELIVERED_REPORT), state__in=HANDED_IN)
    return Q(unit_id__in=own) | delivered | Q(state__in=SETTLED)
