"""Calendar addresses: made, shown once, taken away."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from annualcycle.models import CalendarFeed
from organisation.models import Unit, User
from organisation.services import audit

# Readings within an hour are one: a note is a write.
NOTED_EVERY = timedelta(hours=1)


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
        revoke(feed=earlier, now=now)
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(user=user, unit=unit, secret_hash=hash_of(secret), created_at=now)
    audit.record(actor=user, action="cycle.feed_created", target=feed, unit=unit)
    return secret


@transaction.atomic
def revoke(*, feed: CalendarFeed, now: datetime) -> bool:
    """The address dies at once, by its owner's hand; False where it was dead already."""
    if not CalendarFeed.objects.filter(pk=feed.pk, revoked_at__isnull=True).update(revoked_at=now):
        return False
    audit.record(actor=feed.user, action="cycle.feed_revoked", target=feed, unit=feed.unit_id)
    return True


def note_reading(*, feed: CalendarFeed, now: datetime) -> None:
    """That a program has read it, so that its owner sees which address is in use."""
    old = Q(read_at__isnull=True) | Q(read_at__lt=now - NOTED_EVERY)
    CalendarFeed.objects.filter(old, pk=feed.pk).update(read_at=now)
