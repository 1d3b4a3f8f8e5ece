"""The annual cycle on «Hjem»: what the person's roles shall do soon, one line for each activity."""

from datetime import UTC, date, datetime

import pytest

from annualcycle.rules.kinds import TaskState
from organisation.queries.access import access_of
from organisation.rules.access import Role
from overview.queries.cycle_todos import cycle_lines
from overview.queries.todos import todos
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, RoleAssignmentFactory, UnitFactory, person

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 9)
NOW = datetime(2026, 10, 9, 7, 0, tzinfo=UTC)


@pytest.fixture
def district():
    return DistrictFactory()


@pytest.fixture
def unit(district):
    return UnitFactory(parent=district, code="402", name="Hjemmetjenesten")


def lines(user):
    return [(waiting.title, text, url, waiting.minutes) for waiting, text, url in cycle_lines(access_of(user, DAY), DAY)]


def test_a_leaders_task_waits_until_it_is_done(unit, district):
    activity = ActivityFactory(district=district, title="Medarbeidersamtaler", due_on=date(2026, 10, 23), minutes=30)
    task = TaskFactory(activity=activity, unit=unit)
    leader = person(Role.UNIT_LEADER, unit)
    expected = ("Medarbeidersamtaler", "Hjemmetjenesten. Frist 23. oktober 2026.", f"/styringshjul/oppgave/{task.pk}/", 30)
    assert lines(leader) == [expected]
    [line] = [todo for todo in todos(access_of(leader, DAY), DAY, NOW) if todo.title == "Medarbeidersamtaler"]
    assert (line.text, line.url, line.minutes, line.due_on) == (*expected[1:], activity.due_on)

    task.state, task.done_on = TaskState.DONE, DAY
    task.save()
    assert lines(leader) == []


@pytest.mark.parametrize(
    "due_on, waits",
    [
        (date(2026, 10, 23), True),
        (date(2026, 10, 24), False),
        (date(2026, 10, 8), True),
        (date(2026, 4, 12), True),
        (date(2026, 4, 11), False),
    ],
)
def test_what_is_far_ahead_or_long_gone_does_not_wait(unit, district, due_on, waits):
    TaskFactory(activity=ActivityFactory(district=district, due_on=due_on), unit=unit)
    assert bool(lines(person(Role.UNIT_LEADER, unit))) is waits


def test_neighbours_employees_and_other_roles_have_nothing_to_do(unit, district):
    TaskFactory(activity=ActivityFactory(district=district, due_on=DAY, responsible=Role.UNIT_LEADER.value), unit=unit)
    neighbour = UnitFactory(parent=district)
    others = [(Role.UNIT_LEADER, neighbour), (Role.EMPLOYEE, unit), (Role.POLITICIAN, district), (Role.ADMINISTRATOR, district)]
    assert [lines(person(role, held)) for role, held in others] == [[], [], [], []]


def test_a_role_in_one_unit_does_not_lend_its_task_to_another_unit(unit, district):
    neighbour = UnitFactory(parent=district)
    leader = person(Role.UNIT_LEADER, unit)
    RoleAssignmentFactory(user=leader, role=Role.QUALITY, unit=neighbour)
    TaskFactory(activity=ActivityFactory(district=district, due_on=DAY, responsible=Role.UNIT_LEADER.value), unit=neighbour)
    assert lines(leader) == []


def test_many_units_are_one_line(unit, district):
    activity = ActivityFactory(district=district, title="Tertialoppfølging", due_on=date(2026, 9, 30), responsible="director", minutes=60)
    for each in (unit, UnitFactory(parent=district)):
        TaskFactory(activity=activity, unit=each)
    said = "2 enheter gjenstår. Fristen var 30. september 2026."
    assert lines(person(Role.DIRECTOR, district)) == [("Tertialoppfølging", said, f"/styringshjul/aktivitet/{activity.pk}/", 120)]


def test_a_cancelled_activity_waits_for_nobody(unit, district):
    TaskFactory(activity=ActivityFactory(district=district, due_on=DAY, cancelled_at=NOW), unit=unit)
    assert lines(person(Role.UNIT_LEADER, unit)) == []


def test_what_somebody_nearer_is_to_do_waits_for_them_alone(unit, district):
    department = UnitFactory(parent=unit, kind="sub_unit")
    task = TaskFactory(activity=ActivityFactory(district=district, due_on=DAY, title="Vernerunde"), unit=department)
    leader = person(Role.UNIT_LEADER, unit)
    assert [line[0] for line in lines(leader)] == ["Vernerunde"]

    nearer = person(Role.UNIT_LEADER, department)
    assert (lines(leader), [line[2] for line in lines(nearer)]) == ([], [f"/styringshjul/oppgave/{task.pk}/"])


def test_nobody_is_asked_to_do_what_they_may_not_see(unit, district):
    TaskFactory(activity=ActivityFactory(district=district, due_on=DAY, responsible=Role.POLITICIAN.value), unit=unit)
    assert lines(person(Role.POLITICIAN, unit)) == []


def test_it_is_one_statement_and_one_more_for_units_below(unit, district, django_assert_num_queries):
    for _ in range(10):
        activity = ActivityFactory(district=district, due_on=DAY, responsible="director")
        for each in (unit, UnitFactory(parent=district)):
            TaskFactory(activity=activity, unit=each)
        TaskFactory(activity=ActivityFactory(district=district, due_on=DAY), unit=unit)
    director, leader = (access_of(person(role, held), DAY) for role, held in ((Role.DIRECTOR, district), (Role.UNIT_LEADER, unit)))
    with django_assert_num_queries(2):
        assert len(cycle_lines(director, DAY)) == 10
    with django_assert_num_queries(1):
        assert len(cycle_lines(leader, DAY)) == 10
