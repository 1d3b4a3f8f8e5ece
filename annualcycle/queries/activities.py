"""The activities of a year, as those who set it up see them."""

from collections.abc import Sequence

from annualcycle.models import Activity
from organisation.models import Unit


def activities_of(district: Unit, year: int) -> list[Activity]:
    """In the order of their days, cancelled ones too, each with its anchor and its units. Two SQL statements."""
    rows = Activity.objects.filter(district=district, year=year).select_related("anchor").prefetch_related("units")
    return list(rows.order_by("due_on", "pk"))


def years_of(district: Unit, *beside: int) -> list[int]:
    """Every year with activities, and those beside. One SQL statement."""
    found = Activity.objects.filter(district=district).order_by().values_list("year", flat=True).distinct()
    return sorted({*found, *beside})


def anchors_in(district: Unit, year: int) -> dict[int, int | None]:
    """Who counts from whose day, by primary key. One SQL statement."""
    return dict(Activity.objects.filter(district=district, year=year).values_list("pk", "anchor_id"))


def activity_in(unit_ids: Sequence[int] | frozenset[int], pk: int) -> Activity:
    """The activity of one of these districts. Raises Activity.DoesNotExist."""
    return Activity.objects.select_related("district", "anchor").get(pk=pk, district_id__in=unit_ids)
