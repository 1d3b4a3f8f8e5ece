"""Calendar addresses: made, shown once, taken away."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from annualcycle.models import CalendarFeed
from annualcycle.queries.feeds import closed_feeds
from common.oslo import OSLO
from organisation.models import Unit, User
from organisation.queries.homes import home_of
from organisation.services import audit

# Readings within an hour are one: a note is a write.
NOTED_EVERY = timedelta(hours=1)
# What is left of an address that has ended: enough to see afterwards that somebody's program still asked for it.
KEPT_FOR = timedelta(days=365)


def hash_of(secret: str) -> str:
    """What is kept of a secret. It is long and random, so that a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def create(*, user: User, unit: Unit | None, now: datetime) -> str:
    """A new address of the person's own deadlines, or of a unit's. Gives the secret, which is kept nowhere.

    An earlier address of the same thing dies: of two, nobody would know which program holds which.
    """
    # Two clicks at once: the second waits, and ends what the first has made.
    User.objects.select_for_update().get(pk=user.pk)
    for earlier in CalendarFeed.objects.filter(user=user, unit=unit, revoked_at__isnull=True):
        revoke(feed=earlier, actor=user, now=now)
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(user=user, unit=unit, secret_hash=hash_of(secret), created_at=now)
    audit.record(actor=user, action="cycle.feed_created", target=feed, unit=_place(feed, now))
    return secret


@transaction.atomic
def revoke(*, feed: CalendarFeed, actor: User | None, now: datetime) -> bool:
    """The address dies at once, by its owner's hand or (`actor` None) because the roles have ended; False where it was dead already."""
    if not CalendarFeed.objects.filter(pk=feed.pk, revoked_at__isnull=True).update(revoked_at=now):
        return False
    audit.record(actor=actor, action="cycle.feed_revoked", target=feed, unit=_place(feed, now))
    return True


def close_ended(*, now: datetime, today: date) -> int:
    """Ends every address that shows nothing any more, and gives how many: a role that comes later must not open the old secret.

    A fixed number of SQL statements, and those of each address that is ended.
    """
    return sum(revoke(feed=feed, actor=None, now=now) for feed in closed_feeds(today))


def forget_old(*, now: datetime) -> int:
    """Deletes addresses that were ended long ago, and gives how many. Who ended them stays in the trail."""
    return CalendarFeed.objects.filter(revoked_at__lt=now - KEPT_FOR).delete()[0]


def _place(feed: CalendarFeed, now: datetime) -> int | None:
    """In whose trail it stands: one's own deadlines in that of the own unit, for lines of no unit are read in every district."""
    return feed.unit_id or home_of(feed.user_id, now.astimezone(OSLO).date())


def note_reading(*, feed: CalendarFeed, now: datetime) -> None:
    """That a program has read it, so that its owner sees which address is in use."""
    old = Q(read_at__isnull=True) | Q(read_at__lt=now - NOTED_EVERY)
    CalendarFeed.objects.filter(old, pk=feed.pk).update(read_at=now)
