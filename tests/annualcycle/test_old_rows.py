"""Databases from before: rows that stood under other rules come to stand as they would be put in today, and nothing said is lost."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from annualcycle.models import Activity, Task
from tests.factories.organisation import DistrictFactory, UnitFactory

pytestmark = pytest.mark.django_db(transaction=True)
SPACE = uuid.UUID("6f1c1c0e-5d0b-5f43-9d6b-2a7e1f4c8b90")
BEFORE = [("annualcycle", "0002_reminder_run")]


@pytest.fixture
def before():
    """Models as they were; whatever happens, the tables are as they shall be afterwards."""
    executor = MigrationExecutor(connection)
    newest = [key for key in executor.loader.graph.leaf_nodes() if key[0] == "annualcycle"]
    executor.migrate(BEFORE)
    yield executor.loader.project_state(BEFORE).apps
    Activity.objects.all().delete()
    MigrationExecutor(connection).migrate(newest)


def migrated():
    executor = MigrationExecutor(connection)
    executor.migrate([key for key in executor.loader.graph.leaf_nodes() if key[0] == "annualcycle"])


def old(apps, district, short, **more):
    values = {
        "series": uuid.uuid5(SPACE, f"{district.code} {short}"), "title": short, "short": short, "year": 2026, "lane": "plan",
        "rule": "fixed", "month": 1, "day": 5, "rule_day": date(2026, 1, 5), "due_on": date(2026, 1, 5), "scope": "district",
    }  # fmt: skip
    return apps.get_model("annualcycle", "Activity").objects.create(district_id=district.pk, **values | more)


def task(apps, activity, unit, **more):
    return apps.get_model("annualcycle", "Task").objects.create(activity_id=activity.pk, unit_id=unit.pk, **more)


def test_what_only_happens_loses_its_task_and_the_level_above_is_told_no_more(before):
    district = DistrictFactory(code="alna")
    summer = old(before, district, "Ingen rapport i juli", responsible="administrator", due_on=date(2026, 7, 31))
    theirs = old(before, district, "Byrådets budsjett", responsible="controller")
    for activity in (summer, theirs):
        task(before, activity, district)
    migrated()
    row = Activity.objects.get(pk=summer.pk)
    assert (row.scope, row.responsible, row.version, row.tasks.count()) == ("none", "", 2, 0)
    assert (row.history.count(), Task.history.get().history_type) == (1, "-")
    # Somebody has decided that the controller does it.
    row = Activity.objects.get(pk=theirs.pk)
    assert (row.scope, row.responsible, row.tasks.count()) == ("district", "controller", 1)


@pytest.mark.parametrize("said", [{}, {"state": "done", "done_on": date(2026, 1, 5), "product": "/malekart/alna/2026/"}])
def test_a_published_target_map_is_counted_unless_somebody_has_said_what_came_of_it(before, said):
    district = DistrictFactory(code="alna")
    row = old(before, district, "Målekart publisert", responsible="administrator")
    task(before, row, district, **said)
    migrated()
    found = Activity.objects.get(pk=row.pk)
    if said:
        assert (found.link_kind, found.link_period, found.tasks.count()) == ("none", None, 1)
    else:
        assert (found.link_kind, found.link_period, found.tasks.count()) == ("scorecard", date(2026, 1, 1), 0)


def test_what_was_for_politicians_is_for_those_who_hold_it_and_what_was_done_stays(before):
    district = DistrictFactory(code="alna")
    meetings = old(before, district, "Dialogmøter", responsible="politician", participants=["unit_leader"], scope="units")
    budget = old(before, district, "Budsjettvedtak, BU", responsible="politician")
    task(before, meetings, UnitFactory(parent=district), state="done", done_on=date(2026, 1, 4))
    migrated()
    found = Activity.objects.get(pk=meetings.pk)
    assert (found.responsible, found.participants, found.tasks.get().state) == ("unit_leader", ["politician"], "done")
    assert Activity.objects.get(pk=budget.pk).responsible == "director"


@pytest.mark.parametrize("state", ["open", "not_needed"])
def test_what_is_not_done_has_no_day_on_which_it_was(before, state):
    district = DistrictFactory(code="alna")
    activity = old(before, district, "Vernerunde", responsible="unit_leader")
    row = task(before, activity, district, state=state, done_on=date(2026, 1, 4))
    done = task(before, activity, UnitFactory(parent=district), state="done", done_on=date(2026, 1, 4))
    migrated()
    found = Task.objects.get(pk=row.pk)
    assert (found.state, found.done_on, found.version, found.history.count()) == (state, None, 2, 1)
    assert Task.objects.get(pk=done.pk).done_on == date(2026, 1, 4)
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=row.pk).update(done_on=date(2026, 1, 4))
