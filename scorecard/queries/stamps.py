"""Whether anything a page shows has changed since it was made."""

from collections.abc import Collection

from scorecard.models import DataStamp


def stamp_of(unit_ids: Collection[int]) -> str:
    """The tokens of these units together: another text as soon as figures, targets or structure of one change. One SQL statement."""
    return stamp_text(stamps_of(unit_ids))


def stamp_text(stamps: dict[int, str]) -> str:
    """The same of tokens that have been read."""
    return ",".join(f"{unit_id}:{token}" for unit_id, token in sorted(stamps.items()))


def stamps_of(unit_ids: Collection[int]) -> dict[int, str]:
    """Each unit's own token; a unit without one has never had anything to show. One SQL statement."""
    return dict(DataStamp.objects.filter(unit_id__in=unit_ids).order_by().values_list("unit_id", "token"))
