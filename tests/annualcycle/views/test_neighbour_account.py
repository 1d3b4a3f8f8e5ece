"""What somebody with an account of their own tries: tasks nobody shows them, names that are no line, numbers that are none."""

from datetime import date

import pytest

from annualcycle.models import Activity, Task
from annualcycle.rules.kinds import Scope, TaskState
from organisation.rules.access import Role
from tests.annualcycle.calendar_programs import made, read
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, RoleAssignmentFactory, UnitFactory, person
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(settings):
    settings.ALNA_TODAY = date(2026, 10, 9)
    return DistrictFactory()


@pytest.fixture
def case(district):
    """A task of the council, in one unit."""
    activity = ActivityFactory(district=district, responsible=Role.POLITICIAN.value, scope=Scope.UNITS)
    return TaskFactory(activity=activity, unit=UnitFactory(parent=district))


@pytest.fixture
def member(client, district):
    """Of this district's council, and at work in another district: sees tasks there, and none here."""
    user = person(Role.POLITICIAN, district)
    RoleAssignmentFactory(user=user, role=Role.EMPLOYEE, unit=UnitFactory(parent=DistrictFactory()))
    client.force_login(user)
    return client


def test_a_task_of_an_activity_one_may_not_see_does_not_exist(case, member):
    assert member.get(f"/styringshjul/aktivitet/{case.activity_id}/").status_code == 404
    page = f"/styringshjul/oppgave/{case.pk}/"
    answers = [member.get(page), member.post(page, {"version": 1, "done_on": "2026-10-01"}), member.post(f"{page}gjelder-ikke/", {})]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert Task.objects.get(pk=case.pk).state == TaskState.OPEN


def test_whoever_sees_a_public_activity_without_its_units_finishes_none_of_them(case, member):
    Activity.objects.update(is_public=True)
    page = member.get(f"/styringshjul/aktivitet/{case.activity_id}/")
    assert case.activity.title in text_of(page)
    assert case.unit.name not in text_of(page)
    member.post(f"/styringshjul/aktivitet/{case.activity_id}/ferdig/", {"unit": [case.unit_id], "done_on": "2026-10-01"})
    assert Task.objects.get(pk=case.pk).state == TaskState.OPEN


@pytest.mark.parametrize("sent", ["9" * 30, "9" * 5000, "-1", "²"], ids=["30 digits", "5000 digits", "negative", "raised"])
def test_units_that_are_no_numbers_are_refused(client, district, sent):
    activity = ActivityFactory(district=district, scope=Scope.UNITS)
    for _ in range(2):
        TaskFactory(activity=activity, unit=UnitFactory(parent=district))
    client.force_login(person(Role.UNIT_LEADER, district))
    answer = client.post(f"/styringshjul/aktivitet/{activity.pk}/ferdig/", {"unit": sent, "done_on": "2026-10-01"})
    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["Enhet\r\nBEGIN:VEVENT", "Enhet\rBEGIN:VEVENT", "Enhet\nBEGIN:VEVENT"], ids=["both", "return", "feed"])
def test_the_name_of_a_unit_is_one_line_of_its_calendar(district, name):
    unit = UnitFactory(parent=district, code="402", name=name)
    answer = read(made(person(Role.UNIT_LEADER, unit), "402"))
    lines = answer.content.decode().split("\r\n")
    assert [line for line in lines if line.startswith("X-WR-CALNAME:")] == ["X-WR-CALNAME:Alna: Enhet BEGIN:VEVENT"]
    assert not any("\r" in line or "\n" in line for line in lines)
