"""Where a person belongs, for what is written down of a person and not of a unit."""

from collections.abc import Collection
from datetime import date

from organisation.models import RoleAssignment


def home_of(user_id: int, day: date, *, within: Collection[int] | None = None) -> int | None:
    """The unit of a role that holds on the day, else of the one that came last; a role of one's own before one in somebody's place.

    Of several alike the one held longest. `within`: units to choose among. None for who has never had a role there. One SQL statement.
    """
    rows = RoleAssignment.objects.filter(user_id=user_id)
    if within is not None:
        rows = rows.filter(unit_id__in=within)
    found = rows.order_by("valid_from", "pk").values_list("unit_id", "valid_from", "valid_to", "deputy_for_id")
    now = [row for row in found if row[1] <= day and (row[2] is None or row[2] >= day)]
    if now:
        return min(now, key=lambda row: row[3] is not None)[0]
    return max(found, key=lambda row: row[1])[0] if found else None
