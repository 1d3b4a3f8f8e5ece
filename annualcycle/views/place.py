"""The district and year of an address, and what the pages of the set-up have in common."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from annualcycle.models import Activity
from annualcycle.queries.activities import activity_in
from common.http import Request
from organisation.models import Unit
from organisation.queries.access import Access
from organisation.queries.reach import ever_reached
from organisation.rules.access import Permission
from organisation.views.reach import district_or_404

FIRST_YEAR, LAST_YEAR = 2000, 2100
EDIT = Permission.EDIT_CYCLE


@dataclass(frozen=True)
class Wheel:
    """One district's year."""

    district: Unit
    year: int

    def url(self, name: str, *, year: int | None = None) -> str:
        return reverse(f"annualcycle:{name}", args=[self.district.code, self.year if year is None else year])

    def crumbs(self, *last: tuple[str, str]) -> list[tuple[str, str]]:
        return [(_("Styringshjulet %(year)s: oppsett") % {"year": self.year}, self.url("setup")), *last]


def wheel_or_404(access: Access, permission: Permission, code: str, year: int) -> Wheel:
    """Raises Http404 where the person does not have the permission in that district, or the year is out of reach."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return Wheel(district_or_404(access, permission, code), year)


def activity_or_404(request: Request, pk: int) -> Activity:
    """The activity of a district whose wheel the person sets up. Raises Http404."""
    try:
        return activity_in(ever_reached(request.access, EDIT), pk)
    except Activity.DoesNotExist:
        raise Http404 from None


def own_district(access: Access, permission: Permission) -> Unit:
    """The district the person's own pages are about. Raises Http404 where there is none."""
    tree, reached = access.tree, access.unit_ids(permission)
    home = tree.district_of(access.home_unit_id) if access.home_unit_id is not None else None
    districts = sorted((node.code, node.id) for node in tree.nodes.values() if node.id in reached and node.kind == Unit.Kind.DISTRICT)
    chosen = home if any(home == pk for _code, pk in districts) else districts[0][1] if districts else None
    if chosen is None:
        raise Http404
    return Unit.objects.get(pk=chosen)


def tabs(wheel: Wheel, current: str) -> list[dict[str, Any]]:
    """Parts of the set-up of a year."""
    shown = [
        ("setup", _("Aktiviteter"), wheel.url("setup")),
        ("roll", _("Rull til %(year)s") % {"year": wheel.year + 1}, wheel.url("roll", year=wheel.year + 1)),
    ]
    return [{"label": label, "url": url, "current": name == current} for name, label, url in shown]
