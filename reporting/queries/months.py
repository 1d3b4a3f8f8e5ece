"""The month of a district, from one of its units."""

from datetime import date

from django.db.models import QuerySet

from reporting.models import ReportingMonth
from reporting.queries.owners import tree_of


def months_of(unit_id: int, month: date) -> QuerySet[ReportingMonth]:
    """That of the district the unit stands in at the month's end: one row, or none."""
    return ReportingMonth.objects.filter(district_id__in=tree_of(month).path(unit_id), month=month)
