"""Activities of the annual cycle a search finds: those of this year and the next, as far as the person may open them."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from annualcycle.models import Activity
from annualcycle.rules.kinds import COUNTED_ELSEWHERE
from common import formats
from common.found import Found, FoundGroup, found_group
from common.searching import Wanted
from organisation.queries.access import Access
from organisation.queries.reach import ever_reached
from organisation.rules.access import Permission


def find(access: Access, text: str, limit: int) -> list[FoundGroup]:
    """This year's first, in the order of their days. Cancelled ones are left out. Two SQL statements: version and activities."""
    if not access.may(Permission.SEE_CYCLE):
        return []
    seen = Q(district_id__in=ever_reached(access, Permission.SEE_TASKS))
    seen |= Q(district_id__in=ever_reached(access, Permission.SEE_CYCLE), is_public=True)
    years = (access.day.year, access.day.year + 1)
    rows = Activity.objects.filter(Wanted.of(text).where("title", "short"), seen, year__in=years, cancelled_at__isnull=True)
    rows = rows.order_by("year", "due_on", "pk").only("title", "year", "due_on", "all_year", "link_kind")
    found = [Found(row.title, reverse("annualcycle:activity", args=[row.pk]), _about(row)) for row in rows[: limit + 1]]
    return found_group("aktiviteter", _("Styringshjul"), found, limit)


def _about(activity: Activity) -> str:
    """The day, unless another app has the very day, or it has none."""
    if activity.all_year or activity.link_kind in COUNTED_ELSEWHERE:
        return str(activity.year)
    return _("Frist %(day)s.") % {"day": formats.date_long(activity.due_on)}
