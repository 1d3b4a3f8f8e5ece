"""What a calendar address shows: decided anew at every reading, from what its owner may see that day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from annualcycle.models import Activity, CalendarFeed
from annualcycle.queries.collect import all_deadlines, mine, seen_by
from common.deadlines import Deadline
from organisation.models import RoleAssignment
from organisation.queries.access import Access, access_of
from organisation.queries.tree import history, tree_on
from organisation.queries.validity import valid_on
from organisation.rules.access import Permission, Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One day in a calendar. `key` is the same as long as the thing is; `title` says nothing of a person; `version` as of a deadline."""

    key: str
    title: str
    day: date
    url: str
    unit_name: str
    is_done: bool
    version: int


def living_feed(secret_hash: str) -> CalendarFeed | None:
    """The feed with this secret, of somebody who may still sign in."""
    feeds = CalendarFeed.objects.select_related("user", "unit")
    return feeds.filter(secret_hash=secret_hash, revoked_at__isnull=True, user__is_active=True).first()


def feeds_of(user_id: int) -> list[CalendarFeed]:
    """The person's living addresses, their own first."""
    found = CalendarFeed.objects.filter(user_id=user_id, revoked_at__isnull=True).select_related("unit")
    return sorted(found, key=lambda feed: (feed.unit is not None, feed.unit.code if feed.unit else ""))


def feed_of(user_id: int, pk: int) -> CalendarFeed | None:
    """One of the person's own addresses, also one that is closed."""
    return CalendarFeed.objects.select_related("user").filter(pk=pk, user_id=user_id).first()


def is_open(access: Access, feed: CalendarFeed) -> bool:
    """Whether the owner's roles still give anything there."""
    if feed.unit_id is not None:
        return feed.unit_id in access.unit_ids(Permission.SEE_TASKS)
    return access.may(Permission.SEE_CYCLE)


def closed_feeds(today: date) -> list[CalendarFeed]:
    """Living addresses whose owner's roles give nothing there that day, or who may not sign in. Three SQL statements."""
    feeds = list(CalendarFeed.objects.filter(revoked_at__isnull=True).select_related("user").order_by("pk"))
    rows = RoleAssignment.objects.filter(valid_on(today), user__in=[feed.user_id for feed in feeds], user__is_active=True)
    held: dict[int, list[tuple[Role, int]]] = defaultdict(list)
    for user_id, role, unit_id in rows.order_by("pk").values_list("user_id", "role", "unit_id"):
        held[user_id].append((Role(role), unit_id))
    tree = tree_on(today)
    return [feed for feed in feeds if not is_open(Access(feed.user_id, today, tuple(held[feed.user_id]), tree), feed)]


def access_for(feed: CalendarFeed, today: date) -> Access:
    """What the owner may see that day. Two SQL statements."""
    return access_of(feed.user, today)


def entries(access: Access, feed: CalendarFeed, *, first: date, last: date) -> list[Entry]:
    """What is due from one day to another, done or not, in the order of days. A fixed number of SQL statements."""
    if feed.unit_id is not None:
        found = seen_by(access, all_deadlines(unit_ids=[feed.unit_id], first=first, last=last))
        return [_entry(deadline, "") for deadline in found]
    if not access.may(Permission.SEE_TASKS):
        return _public(access, first, last)
    found = mine(access, first=first, last=last)
    # Whoever has several units must know which; whoever has one knows it.
    several = len({deadline.unit_id for deadline in found}) > 1
    past = history()
    return [_entry(each, past.name_of(each.unit_id, each.due_on) if several else "") for each in found]


def _entry(deadline: Deadline, unit_name: str) -> Entry:
    return Entry(deadline.key, deadline.public_title, deadline.due_on, deadline.url, unit_name, deadline.is_done, deadline.version)


def _public(access: Access, first: date, last: date) -> list[Entry]:
    """The public activities, for who sees no tasks."""
    reached = access.unit_ids(Permission.SEE_CYCLE)
    rows = Activity.objects.filter(district_id__in=reached, is_public=True, cancelled_at__isnull=True, due_on__range=(first, last))
    return [
        Entry(
            f"annualcycle.activity:{row.pk}", row.title, row.due_on, reverse("annualcycle:activity", args=[row.pk]), "", False, row.version
        )
        for row in rows.order_by("due_on", "pk")
    ]
