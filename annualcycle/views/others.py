"""The deadlines of other apps as lists show them."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from annualcycle.queries.others import Others
from annualcycle.rules.kinds import Standing
from common import formats
from common.clock import today
from organisation.queries.access import Access
from organisation.rules.access import Permission

# From where, and the page that lists them all.
SOURCES: dict[str, tuple[Promise, str]] = {
    "reporting": (lazy("Fra rapporter"), "reporting:index"),
    "actions": (lazy("Fra tiltak"), "actions:every"),
    "imports": (lazy("Fra filer"), "imports:index"),
    "scorecard": (lazy("Fra målekart"), "scorecard:index"),
}
REPORTS = "reporting.report"


def other_row(each: Others, access: Access) -> dict[str, Any]:
    """One line. Several things together say how many of them are done, and lead to the page that lists them."""
    source, page = SOURCES.get(each.kind.split(".")[0], ("", ""))
    return {
        "title": each.title,
        "url": each.url or _list_url(each, access, page),
        "standing": _standing(each),
        "count": _count(each),
        "source": source,
        "day": formats.date_brief(each.first.due_on),
        "due_on": each.first.due_on.isoformat(),
    }


def _list_url(each: Others, access: Access, page: str) -> str:
    """The month's reports for those who read them as they come in, else the app's own list; none for those who cannot open it."""
    if not page or not access.may(Permission(each.first.seen_with)):
        return ""
    district = access.tree.district_of(each.first.unit_id)
    if each.kind == REPORTS and district is not None and access.may_in(Permission.SEE_DELIVERED_REPORT, district):
        return reverse("reporting:approval", args=[access.tree.nodes[district].code, each.first.group.split(":")[1]])
    return reverse(page)


def _count(each: Others) -> str:
    if each.total < 2:
        return ""
    words = {"done": each.done, "total": each.total}
    return _("%(done)s av %(total)s levert") % words if each.kind == REPORTS else _("%(done)s av %(total)s ferdig") % words


def _standing(each: Others) -> str:
    """Nothing of what can no longer be done."""
    if each.done == each.total:
        return Standing.DONE.value
    if each.late:
        return Standing.LATE.value
    return Standing.COMING.value if each.first.due_on >= today() else ""
