"""Rows with a first and a last day, in the database: the end day is included, and no end means «until further notice»."""

from datetime import date

from django.db.models import Q


def still_on(day: date) -> Q:
    """Rows that hold on that day or begin later."""
    return Q(valid_to__isnull=True) | Q(valid_to__gte=day)


def valid_on(day: date) -> Q:
    """Rows that hold on that day."""
    return Q(valid_from__lte=day) & still_on(day)
