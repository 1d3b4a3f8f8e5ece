"""Whether anything a page shows has changed since it was made."""

from collections.abc import Collection

from scorecard.models import DataStamp


def stamp_of(unit_ids: Collection[int]) -> str:
    """The tokens of these units together: another text as soon as figures, targets or structure of one change. One SQL statement."""
    rows = DataStamp.objects.filter(unit_id__in=unit_ids).order_by("unit_id").values_list("unit_id", "token")
    return ",".join(f"{unit_id}:{token}" for unit_id, token in rows)
