"""What apps tell of themselves is asked in one place, and every app answers in the form that was agreed."""

import inspect

import pytest
from django.apps import apps

from common.deadlines import Provider
from common.told import told_by_apps


def test_apps_that_say_nothing_are_left_out_and_the_others_come_in_their_order():
    told = told_by_apps("deadlines")
    assert list(told) == [config.label for config in apps.get_app_configs() if hasattr(config, "deadlines")]
    assert {"actions", "annualcycle", "imports", "reporting", "scorecard"} == set(told)
    assert told_by_apps("nothing_of_the_kind") == {}


def test_a_path_that_leads_nowhere_is_heard_of(monkeypatch):
    monkeypatch.setattr(apps.get_app_config("actions"), "deadlines", "actions.queries.nowhere.deadlines")
    with pytest.raises(ImportError):
        told_by_apps("deadlines")


def test_every_app_tells_its_deadlines_in_the_same_form():
    """They are named by text, so the type checker does not follow them."""
    wanted = inspect.signature(Provider.__call__)
    for app, provider in told_by_apps("deadlines").items():
        given = inspect.signature(provider)
        assert {name: each.annotation for name, each in given.parameters.items()} == {
            name: each.annotation for name, each in wanted.parameters.items() if name != "self"
        }, app
        assert all(each.kind is inspect.Parameter.KEYWORD_ONLY for each in given.parameters.values()), app
        assert given.return_annotation == wanted.return_annotation, app
