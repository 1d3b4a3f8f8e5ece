"""Constraints that many tables of different apps share."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q


def one_of(name: str, field: str, values: Iterable[object]) -> models.CheckConstraint:
    """The database refuses a word that the code does not know."""
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": [str(value) for value in values]}))
