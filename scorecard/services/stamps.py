"""Marks units whose pages have something new to show."""

import uuid
from collections.abc import Iterable
from datetime import date

from organisation.queries import tree as organisation_tree
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


def touch_upward(unit_ids: Iterable[int]) -> None:
    """The same for these units and everything above them, whose overviews show them: also where no sum above is another now.

    A unit that has ended is read in the tree of its last day.
    """
    history = organisation_tree.history()
    found: set[int] = set()
    for unit_id in unit_ids:
        found |= {unit_id, *history.on(history.by_id[unit_id].valid_to or date.max).path(unit_id)}
    touch(found)
