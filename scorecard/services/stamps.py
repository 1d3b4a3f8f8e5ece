"""Marks units whose pages have something new to show."""

import uuid
from collections.abc import Iterable

from scorecard.models import DataStamp


def touch(unit_ids: Iterable[int]) -> None:
    """New tokens for these units, in one statement; in order of id, so that two writers never wait for each other in a ring."""
    token = uuid.uuid4().hex
    DataStamp.objects.bulk_create(
        [DataStamp(unit_id=unit_id, token=token) for unit_id in sorted(set(unit_ids))],
        update_conflicts=True,
        unique_fields=["unit"],
        update_fields=["token"],
        batch_size=500,
    )
