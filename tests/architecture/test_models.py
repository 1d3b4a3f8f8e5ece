"""What every table of ours has: a name for each row, an order, and its rules in the database."""

import pytest
from django.apps import apps
from django.db import models
from simple_history.models import HistoricalChanges

from scripts.sources import APPS, ROOT

OURS = [model for model in apps.get_models() if model.__module__.split(".")[0] in APPS and not issubclass(model, HistoricalChanges)]
EVERY_MODEL = pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)


def test_there_are_models_to_look_at():
    assert OURS


@EVERY_MODEL
def test_a_row_says_what_it_is(model):
    inherited = next(parent for parent in model.__mro__ if "__str__" in vars(parent))

    assert inherited is not models.Model, f"{model.__name__} has no __str__ of its own"


@EVERY_MODEL
def test_rows_have_an_order(model):
    assert model._meta.ordering, f"{model.__name__}.Meta.ordering is empty: lists would come in any order"


@EVERY_MODEL
def test_uniqueness_is_a_named_constraint(model):
    assert not model._meta.unique_together, "write a UniqueConstraint with a name"


@EVERY_MODEL
def test_saving_does_nothing_hidden(model):
    own = [
        name for name in ("save", "delete") for parent in model.__mro__ if name in vars(parent) and parent.__module__.split(".")[0] in APPS
    ]

    assert own == [], "business rules live in services"


@pytest.mark.parametrize("app", sorted({model._meta.app_label for model in OURS}))
def test_an_app_with_models_has_migrations(app):
    assert (ROOT / apps.get_app_config(app).name / "migrations" / "0001_initial.py").exists()
