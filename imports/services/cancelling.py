"""Somebody stops a file that is still being read: whoever reads it finds out at the next sign of life, and nothing is saved."""

from datetime import datetime

from django.db import transaction

from imports.models import Batch
from imports.rules.states import BatchState
from imports.services.checking import NotWaiting
from imports.services.files import forget
from organisation.models import User
from organisation.services import audit


@transaction.atomic
def cancel(*, batch: Batch, actor: User | None, now: datetime) -> Batch:
    """The file is removed. Raises NotWaiting where it has come further already."""
    stored_as = batch.stored_as
    stopped = {"state": BatchState.REJECTED, "refusal": {"code": "cancelled"}, "stored_as": "", "claimed_by": "", "heartbeat_at": None}
    if not Batch.objects.filter(pk=batch.pk, state__in=[BatchState.RECEIVED, BatchState.READING]).update(**stopped):
        raise NotWaiting
    batch.refresh_from_db()
    details = {"file": batch.file_name, "at": now}
    audit.record(actor=actor, action="import.cancelled", target=batch, unit=batch.source.district_id, details=details)
    transaction.on_commit(lambda: forget(stored_as))
    return batch
