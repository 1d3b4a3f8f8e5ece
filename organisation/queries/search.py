"""People a search finds, for those who may see who has which role."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from common.found import Found, FoundGroup, found_group
from common.searching import Wanted
from organisation.models import RoleAssignment, User
from organisation.queries.access import Access
from organisation.queries.reach import ever_reached
from organisation.queries.validity import still_on
from organisation.rules.access import Permission


def find(access: Access, text: str, limit: int) -> list[FoundGroup]:
    """People with a role the person may see, now or to come. Three SQL statements: version, people, their roles."""
    if not access.may(Permission.SEE_ROLES):
        return []
    wanted, reached = Wanted.of(text), ever_reached(access, Permission.SEE_ROLES)
    seen = RoleAssignment.objects.filter(still_on(access.day), unit_id__in=reached)
    people = User.objects.filter(Exists(seen.filter(user=OuterRef("pk"))), wanted.where("search_text"), is_active=True)
    found = list(people.order_by("sort_key", "pk")[: limit + 1])
    about: dict[int, str] = {}
    for row in seen.filter(user__in=found).select_related("unit").order_by("valid_from", "pk"):
        about.setdefault(row.user_id, f"{row.get_role_display()}, {row.unit.name}")
    hits = [Found(person.name, reverse("organisation:person", args=[person.pk]), about.get(person.pk, "")) for person in found]
    return found_group("personer", _("Personer"), hits, limit)
