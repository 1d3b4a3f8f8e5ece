"""What only happens is nobody's task, and what somebody shall do is done by those who can."""

from datetime import UTC, date, datetime

import pytest

from annualcycle.models import Activity, Task
from annualcycle.queries.activity_page import may_finish
from annualcycle.queries.year_end import year_end
from annualcycle.rules.kinds import Scope
from annualcycle.services.defaults import install
from annualcycle.services.tasks_of_units import fan_out_all
from annualcycle.services.usual_year import USUAL_YEAR
from notifications.models import Message
from organisation.queries.access import access_of
from organisation.rules.access import TABLE, Permission, Role
from tests.annualcycle.reminding import run
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person

pytestmark = pytest.mark.django_db
HAPPENS = ("Ingen rapport i juli", "Byrådets budsjett")


@pytest.fixture
def district(settings):
    settings.ALNA_TODAY = date(2026, 8, 10)
    return DistrictFactory(code="alna")


def installed(district):
    install(district=district, year=2026, actor=None, now=datetime(2025, 11, 16, tzinfo=UTC))
    return {activity.short: activity for activity in Activity.objects.all()}


def test_nobody_is_told_that_the_summer_is_over_its_day(district):
    person(Role.DIRECTOR, district)
    person(Role.ADMINISTRATOR, district)
    found = installed(district)
    for day in (date(2026, 7, 31), date(2026, 8, 3), date(2026, 8, 10), date(2026, 9, 28), date(2026, 10, 12)):
        run(day)
    assert Message.objects.exists()
    said = " ".join(f"{row.subject} {row.text}" for row in Message.objects.all())
    for short in HAPPENS:
        assert found[short].title not in said
        assert (found[short].scope, found[short].responsible, found[short].tasks.count()) == (Scope.NONE, "", 0)


def test_what_only_happens_is_not_judged(district):
    activity = ActivityFactory(district=district, scope=Scope.NONE, responsible="", due_on=date(2026, 7, 31))
    found = year_end(district, 2026, access=access_of(person(Role.DIRECTOR, district), date(2026, 8, 10)))
    assert activity not in [each.activity for each in found.activities]


def test_an_activity_that_turns_out_to_only_happen_loses_its_open_tasks(district):
    activity = ActivityFactory(district=district, scope=Scope.NONE, responsible="")
    TaskFactory(activity=activity, unit=district)
    kept = TaskFactory(activity=activity, note="Ble gjort likevel")
    assert fan_out_all([activity]) == 0
    assert list(Task.objects.all()) == [kept]


@pytest.mark.parametrize("usual", [usual for usual in USUAL_YEAR if usual.scope is not Scope.NONE], ids=lambda usual: str(usual.short))
def test_whoever_shall_do_something_in_the_usual_year_may_see_tasks(usual):
    assert Permission.SEE_TASKS in TABLE[Role(usual.responsible)]


def test_dialogue_meetings_are_finished_by_those_who_hold_them(district):
    unit = UnitFactory(parent=district)
    activity = installed(district)["Dialogmøter"]
    leader = access_of(person(Role.UNIT_LEADER, unit), date(2026, 6, 1))
    assert may_finish(leader, activity, unit.pk)
    assert Role.POLITICIAN in activity.participants
