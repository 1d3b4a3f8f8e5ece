"""Everything in the tables of units and scorecards, in a form that two databases can be compared by."""

from datetime import date

from django.apps import apps
from django.db import models

from organisation.models import Unit, User
from scorecard.models import Indicator

TODAY = date(2026, 10, 9)
# Tokens are drawn anew with every change, passwords are salted, the trail says when it was written, and ids follow the database.
DRAWN = {"token", "password", "at", "handled_at", "id", "history_id", "target_id", "target_label", "details", "unit_ids"}
Rows = dict[str, list[tuple[str, ...]]]


def everything() -> Rows:
    """The rows of every table, by its name and sorted; foreign keys to units, indicators and people are told by their codes."""
    names: dict[object, dict[int, str]] = {
        Unit: dict(Unit.objects.values_list("pk", "code")),
        Indicator: dict(Indicator.objects.values_list("pk", "code")),
        User: dict(User.objects.values_list("pk", "email")),
    }
    tables = [*apps.get_app_config("organisation").get_models(), *apps.get_app_config("scorecard").get_models()]
    return {model.__name__: sorted(_told(row, names) for row in model._default_manager.all()) for model in tables}


def _told(row: models.Model, names: dict[object, dict[int, str]]) -> tuple[str, ...]:
    told = []
    for field in row._meta.concrete_fields:
        if field.name not in DRAWN:
            value = getattr(row, field.attname)
            told.append(str(names.get(field.related_model, {}).get(value, "") if field.is_relation else value))
    return tuple(told)
