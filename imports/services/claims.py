"""Who works on a file: taken by a conditional update, kept by signs of life, taken over where these fail to come."""

import time
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.models import F, Q

from imports.models import Batch
from imports.rules.claims import MOST_ATTEMPTS, SECONDS_BETWEEN_SIGNS, STALE_AFTER
from imports.rules.states import BatchState


class Overtaken(Exception):
    """Somebody else has taken the file up meanwhile: whatever was done here is undone."""


def is_waiting(now: datetime) -> Q:
    """Batches nobody works on: just received, told to be saved, or left by somebody who was stopped."""
    left = Q(state__in=[BatchState.READING, BatchState.SAVING], heartbeat_at__lte=now - STALE_AFTER)
    return Q(state=BatchState.RECEIVED) | Q(state=BatchState.SAVING, claimed_by="") | left


def take(batch: Batch, *, worker: str, now: datetime) -> bool:
    """Takes the batch for this worker; False where somebody else was first, or there is nothing to do. Received becomes reading."""
    free = Batch.objects.filter(is_waiting(now), pk=batch.pk, attempts__lt=MOST_ATTEMPTS)
    mine = {"claimed_by": worker, "heartbeat_at": now, "attempts": F("attempts") + 1, "progress": 0}
    to_read = Q(state__in=[BatchState.RECEIVED, BatchState.READING])
    taken = free.filter(to_read).update(state=BatchState.READING, **mine) or free.filter(state=BatchState.SAVING).update(**mine)
    if taken:
        batch.refresh_from_db()
    return bool(taken)


def give_up(*, now: datetime) -> int:
    """Refuses what was tried often enough; how many."""
    tried = Batch.objects.filter(is_waiting(now), attempts__gte=MOST_ATTEMPTS)
    return tried.update(state=BatchState.REFUSED, refusal={"code": "gave_up"}, claimed_by="", heartbeat_at=None)


class Pulse:
    """Signs of life while a file is read; what the reader calls with bytes read and bytes in all.

    `transaction_open`: the rows are being written meanwhile. On SQLite nobody else can write then, so nothing is told.
    """

    def __init__(self, batch: Batch, *, worker: str, now: datetime, transaction_open: bool) -> None:
        self.batch, self.worker, self.now = batch, worker, now
        self.is_silent = transaction_open and connection.vendor == "sqlite"
        self.transaction_open = transaction_open
        self._began = self._last = time.monotonic()

    def __call__(self, done: int, size: int) -> None:
        moment = time.monotonic()
        if self.is_silent or moment - self._last < SECONDS_BETWEEN_SIGNS:
            return
        self._last = moment
        alive_at = self.now + timedelta(seconds=moment - self._began)
        per_mille = min(1000, done * 1000 // size) if size else 0
        mine = Batch.objects.filter(pk=self.batch.pk, claimed_by=self.worker)
        try:
            told = mine.update(heartbeat_at=alive_at, progress=per_mille)
        except DatabaseError:
            if not self.transaction_open:
                raise
            return  # somebody holds the row: the next sign comes soon
        if not told:
            raise Overtaken
