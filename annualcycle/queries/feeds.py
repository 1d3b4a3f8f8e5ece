"""What a calendar address shows: decided anew at every reading, from what its owner may see that day."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from annualcycle.models import Activity, CalendarFeed
from annualcycle.queries.collect import all_deadlines, mine, seen_by
from common.deadlines import Deadline
from organisation.queries.access import Access, access_of
from organisation.queries.tree import history
from organisation.rules.access import Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """One day in a calendar. `key` is the same as long as the thing is; `title` says nothing of a person."""

    key: str
    title: str
    day: date
    url: str
    unit_name: str
    is_done: bool


def living_feed(secret_hash: str) -> CalendarFeed | None:
    """The feed with this secret, of somebody who may still sign in."""
    feeds = CalendarFeed.objects.select_related("user", "unit")
    return feeds.filter(secret_hash=secret_hash, revoked_at__isnull=True, user__is_active=True).first()


def feeds_of(user_id: int) -> list[CalendarFeed]:
    """The person's living addresses, their own first."""
    found = CalendarFeed.objects.filter(user_id=user_id, revoked_at__isnull=True).select_related("unit")
    return sorted(found, key=lambda feed: (feed.unit is not None, feed.unit.code if feed.unit else ""))


def is_open(access: Access, feed: CalendarFeed) -> bool:
    """Whether the owner's roles still give anything there."""
    if feed.unit_id is not None:
        return feed.unit_id in access.unit_ids(Permission.SEE_TASKS)
    return access.may(Permission.SEE_CYCLE)


def access_for(feed: CalendarFeed, today: date) -> Access:
    """What the owner may see that day. Two SQL statements."""
    return access_of(feed.user, today)


def entries(access: Access, feed: CalendarFeed, *, first: date, last: date) -> list[Entry]:
    """What is due from one day to another, done or not, in the order of days. A fixed number of SQL statements."""
    if feed.unit_id is not None:
        found = seen_by(access, all_deadlines(unit_ids=[feed.unit_id], first=first, last=last, today=access.day))
        return [_entry(deadline, "") for deadline in found]
    if not access.may(Permission.SEE_TASKS):
        return _public(access, first, last)
    found = mine(access, first=first, last=last)
    # Whoever has several units must know which; whoever has one knows it.
    several = len({deadline.unit_id for deadline in found}) > 1
    past = history()
    return [_entry(each, past.name_of(each.unit_id, each.due_on) if several else "") for each in found]


def _entry(deadline: Deadline, unit_name: str) -> Entry:
    return Entry(deadline.key, deadline.public_title, deadline.due_on, deadline.url, unit_name, deadline.is_done)


def _public(access: Access, first: date, last: date) -> list[Entry]:
    """The public activities, for who sees no tasks."""
    reached = access.unit_ids(Permission.SEE_CYCLE)
    rows = Activity.objects.filter(district_id__in=reached, is_public=True, cancelled_at__isnull=True, due_on__range=(first, last))
    return [
        Entry(f"annualcycle.activity:{row.pk}", row.title, row.due_on, reverse("annualcycle:activity", args=[row.pk]), "", False)
        for row in rows.order_by("due_on", "pk")
    ]
