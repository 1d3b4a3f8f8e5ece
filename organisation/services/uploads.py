"""Uploaded rows kept until somebody says yes, and forgotten afterwards."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from organisation.models import UploadedTable, User

KEPT_FOR = timedelta(days=1)


class AlreadyConfirmed(Exception):
    """The upload was taken in before."""


def keep(*, kind: str, file_name: str, rows: Sequence[Sequence[str]], actor: User, now: datetime) -> UploadedTable:
    """Keeps the rows for a day. Older uploads that nobody confirmed are forgotten."""
    UploadedTable.objects.filter(uploaded_at__lt=now - KEPT_FOR, confirmed_at__isnull=True).delete()
    return UploadedTable.objects.create(
        kind=kind, file_name=file_name[:200], rows=[list(row) for row in rows], uploaded_by=actor, uploaded_at=now
    )


def claim(upload: UploadedTable, now: datetime) -> None:
    """This upload is taken in now, once; its rows are forgotten. Raises AlreadyConfirmed."""
    if not UploadedTable.objects.filter(pk=upload.pk, confirmed_at__isnull=True).update(confirmed_at=now, rows=[]):
        raise AlreadyConfirmed
