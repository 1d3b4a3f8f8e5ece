"""What a worker does when it comes by: takes files one after the other, checks them, and saves what may be saved without a person."""

import logging
from datetime import date, datetime

from imports.models import Batch
from imports.rules.acceptance import to_accept
from imports.rules.findings import Findings
from imports.rules.states import BatchState, Way
from imports.services.batches import FindingsChanged, NotWaiting, carry_out, order_save
from imports.services.checking import check
from imports.services.claims import Overtaken, give_up, is_waiting
from imports.services.folders import tidy_folders
from imports.services.reading import Reader
from imports.services.telling import tell_needs_person, tell_when_complete

# So many in one go; the next run takes the rest.
MOST_IN_ONE_RUN = 50
# Another file of the same period may be saved between check and save; what changed is then looked at again.
MOST_TRIES = 5
logger = logging.getLogger("alna")


def work(*, now: datetime, today: date, worker: str, read: Reader) -> int:
    """Takes every batch that waits, oldest first; how many it handled. What somebody else takes meanwhile is left to them."""
    given_up = give_up(now=now)
    handled = 0
    for pk in list(Batch.objects.filter(is_waiting(now)).order_by("received_at", "pk").values_list("pk", flat=True)[:MOST_IN_ONE_RUN]):
        batch = Batch.objects.select_related("source__district", "source__profile").get(pk=pk)
        handled += _handle(batch, now=now, today=today, worker=worker, read=read)
    tidy_folders(now=now)
    return handled + given_up


def _handle(batch: Batch, *, now: datetime, today: date, worker: str, read: Reader) -> bool:
    """One batch as far as it goes. What goes wrong with one file keeps nobody from the next."""
    try:
        if batch.state != BatchState.SAVING:
            check(batch=batch, worker=worker, now=now, today=today, read=read)
        for _attempt in range(MOST_TRIES):
            if batch.state == BatchState.CHECKED and _saves_by_itself(batch):
                order_save(batch=batch, acknowledged=(), actor=None)
            if batch.state != BatchState.SAVING:
                break
            try:
                carry_out(batch=batch, worker=worker, now=now, today=today, read=read)
            except FindingsChanged:
                batch.refresh_from_db()
    except (NotWaiting, Overtaken):
        return False
    except Exception:
        logger.exception("batch %s could not be handled", batch.pk)
    _tell(batch, now, today)
    return True


def _saves_by_itself(batch: Batch) -> bool:
    findings = Findings.from_json(batch.findings) if batch.state == BatchState.CHECKED else None
    by_itself = batch.way == Way.FOLDER and batch.source.saves_by_itself
    return by_itself and findings is not None and findings.saveable and not to_accept(findings)


def _tell(batch: Batch, now: datetime, today: date) -> None:
    if batch.way != Way.FOLDER:
        return
    batch.refresh_from_db()
    if batch.state == BatchState.SAVED and batch.source.saves_by_itself:
        tell_when_complete(batch=batch, now=now, today=today)
    elif batch.state in (BatchState.CHECKED, BatchState.REFUSED):
        tell_needs_person(batch=batch, now=now, today=today)
