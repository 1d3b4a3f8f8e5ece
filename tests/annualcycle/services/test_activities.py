"""Activities are made, changed and cancelled, and their tasks follow."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alna.due import run_all
from annualcycle.models import Activity, Task
from annualcycle.rules.kinds import DateRule, LinkKind, Moves, Scope, TaskState
from annualcycle.rules.refusals import Problem
from annualcycle.services import activities as services
from annualcycle.services.activities import ActivityRefused
from annualcycle.services.tasks_of_units import fan_out_all, keep_in_step
from organisation.models import AuditEntry, Unit
from organisation.queries.tree import history, mark_changed
from tests.annualcycle.plans import PLAN
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
AFTER = replace(PLAN, title="Oppfølging", rule=DateRule.RELATIVE, offset=7)


@pytest.fixture
def district():
    return DistrictFactory()


@pytest.fixture
def units(district):
    return [UnitFactory(parent=district) for _ in range(3)]


def make(district, values=PLAN, **more):
    return services.create(district=district, year=2026, values=replace(values, **more), actor=None, now=NOW)


def change(activity, values=PLAN, version=None, **more):
    known = activity.version if version is None else version
    return services.change(activity=activity, values=replace(values, **more), version=known, actor=None, now=NOW)


def tasks_of(activity):
    return sorted(Task.objects.filter(activity=activity).values_list("unit__code", flat=True))


def refused(act):
    with pytest.raises(ActivityRefused) as refusal:
        act()
    return refusal.value.problems


def test_an_activity_gets_its_days_and_one_task_for_each_result_unit(district, units):
    UnitFactory(parent=district, kind=Unit.Kind.STAFF_UNIT)
    UnitFactory(parent=units[0], kind=Unit.Kind.SUB_UNIT)
    UnitFactory(parent=DistrictFactory())
    actor = UserFactory()
    activity = services.create(district=district, year=2026, values=PLAN, actor=actor, now=NOW)
    activity.refresh_from_db()
    assert (activity.rule_day, activity.due_on, activity.lead_days) == (date(2026, 2, 28), date(2026, 2, 27), [14, 3])
    assert tasks_of(activity) == sorted(unit.code for unit in units)
    entry = AuditEntry.objects.get(action="cycle.activity_created")
    assert (entry.actor, entry.unit, entry.details) == (actor, district, {"due_on": "2026-02-27"})
    assert activity.history.get().history_date == NOW


@pytest.mark.parametrize("scope, count", [(Scope.DISTRICT, 1), (Scope.UNITS, 3), (Scope.CHOSEN, 2)])
def test_who_gets_a_task(district, units, scope, count):
    activity = make(district, scope=scope, units=tuple(units[:2]))
    assert len(tasks_of(activity)) == count
    assert activity.units.count() == (2 if scope is Scope.CHOSEN else 0)


def test_what_another_app_counts_has_no_tasks(district, units):
    activity = make(district, link_kind=LinkKind.REPORT, link_period=date(2026, 1, 1))
    assert tasks_of(activity) == []
    assert activity.link_period == date(2026, 1, 1)


def test_what_the_rule_does_not_need_is_not_kept(district, units):
    first = make(district)
    other = make(district, AFTER, anchor=first, number=3, weekday=2, link_period=date(2026, 1, 1))
    assert (other.month, other.day, other.number, other.weekday, other.link_period) == (None, None, None, None, None)
    assert (other.anchor, other.due_on) == (first, date(2026, 3, 6))


@pytest.mark.parametrize(
    "more, problem",
    [
        ({"day": 30}, ("day", Problem.NO_SUCH_DAY)),
        ({"day": None}, ("day", Problem.NO_SUCH_DAY)),
        ({"month": None}, ("month", Problem.NO_MONTH)),
        ({"rule": DateRule.WEEK, "number": 6, "weekday": 0}, ("number", Problem.NO_SUCH_WEEK)),
        ({"rule": DateRule.WORKDAY, "number": 24}, ("number", Problem.NO_SUCH_WORKDAY)),
        ({"rule": DateRule.WEEK, "number": 1}, ("weekday", Problem.NO_WEEKDAY)),
        ({"rule": DateRule.RELATIVE, "offset": 3}, ("anchor", Problem.NO_ANCHOR)),
        ({"start_month": 3, "start_day": 1}, ("start_day", Problem.STARTS_AFTER)),
        ({"start_month": 2, "start_day": 31}, ("start_day", Problem.NO_SUCH_START)),
        ({"start_day": 4}, ("start_month", Problem.NO_START_MONTH)),
        ({"fixed_on": date(2027, 2, 1)}, ("fixed_on", Problem.OTHER_YEAR)),
        ({"scope": Scope.CHOSEN}, ("units", Problem.NO_UNITS)),
        ({"link_kind": LinkKind.REPORT}, ("link_period", Problem.NO_PERIOD)),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_written(district, units, more, problem):
    assert refused(lambda: make(district, **more)) == (problem,)
    assert not Activity.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_unit_of_another_district_is_refused_with_everything_else_that_is_wrong(district, units):
    stranger = UnitFactory(parent=DistrictFactory())
    problems = refused(lambda: make(district, scope=Scope.CHOSEN, units=(units[0], stranger), day=30))
    assert problems == (("day", Problem.NO_SUCH_DAY), ("units", Problem.UNIT_ELSEWHERE))


def test_an_anchor_of_another_district_or_year_is_refused(district, units):
    for other in (ActivityFactory(), ActivityFactory(district=district, year=2025, due_on=date(2025, 3, 3))):
        assert refused(lambda other=other: make(district, AFTER, anchor=other)) == (("anchor", Problem.ANCHOR_ELSEWHERE),)


def test_an_activity_counts_neither_from_itself_nor_in_a_circle(district, units):
    first = make(district)
    second = make(district, AFTER, anchor=first)
    third = make(district, AFTER, title="Etterpå", anchor=second)
    for anchor in (first, second, third):
        assert refused(lambda anchor=anchor: change(first, AFTER, anchor=anchor)) == (("anchor", Problem.ANCHOR_IN_A_CIRCLE),)
    first.refresh_from_db()
    assert (first.rule, first.version) == (DateRule.FIXED, 1)


def test_those_that_count_from_it_move_along_and_say_so_in_their_history(district, units):
    first = make(district)
    second = make(district, AFTER, anchor=first)
    third = make(district, AFTER, title="Etterpå", anchor=second)
    change(first, month=3, day=10)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.due_on, third.due_on) == (date(2026, 3, 17), date(2026, 3, 24))
    assert (second.version, second.history.count()) == (2, 2)
    entry = AuditEntry.objects.get(action="cycle.activity_changed")
    assert entry.details == {"due_on": "2026-03-10", "due_on_before": "2026-02-27"}


def test_what_counts_from_it_does_not_leave_the_year(district, units):
    first = make(district)
    make(district, AFTER, anchor=first)
    assert refused(lambda: change(first, month=12, day=30)) == (("rule", Problem.FOLLOWER_LEAVES),)
    first.refresh_from_db()
    assert (first.due_on, first.version) == (date(2026, 2, 27), 1)


def test_a_cancelled_one_that_would_leave_the_year_stands_in_nobodys_way(district, units):
    first = make(district)
    second = make(district, AFTER, anchor=first)
    services.cancel(activity=second, reason="Slutt", version=1, actor=None, now=NOW)
    change(first, month=12, day=30)
    second.refresh_from_db()
    assert (first.due_on, second.due_on, second.version) == (date(2026, 2, 27), date(2026, 3, 6), 2)


def test_a_cancelled_one_that_would_leave_the_year_does_not_come_back_until_its_day_is_another(district, units):
    first = make(district)
    second = make(district, AFTER, anchor=first)
    services.cancel(activity=second, reason="Slutt", version=1, actor=None, now=NOW)
    change(first, month=12, day=30)

    def back(version):
        services.restore(activity=second, version=version, actor=None, now=NOW)

    assert refused(lambda: back(2)) == (("offset", Problem.OUTSIDE_THE_YEAR),)
    second.refresh_from_db()
    assert (second.cancelled_at, second.version) == (NOW, 2)
    change(second, AFTER, anchor=first, offset=-7)
    back(3)
    second.refresh_from_db()
    assert (second.cancelled_at, second.due_on) == (None, date(2026, 12, 23))


def test_moving_many_followers_costs_as_much_as_moving_one(district, units, django_assert_num_queries):
    one, many = make(district), make(district, title="Den andre")
    for anchor, count in ((one, 1), (many, 12)):
        for number in range(count):
            make(district, AFTER, title=f"Etter {number}", anchor=anchor)
    history()  # known from here on
    with CaptureQueriesContext(connection) as queries:
        change(one, month=3, day=10)
    with django_assert_num_queries(len(queries)):
        change(many, month=3, day=10)
    assert Activity.objects.filter(due_on=date(2026, 3, 17)).count() == 13


def test_two_at_once_do_not_overwrite_each_other(district, units):
    activity = make(district)
    change(activity, title="Først")
    for act in (
        lambda: change(activity, title="Sist", version=1),
        lambda: services.cancel(activity=activity, reason="x", version=1, actor=None, now=NOW),
        lambda: services.restore(activity=activity, version=1, actor=None, now=NOW),
    ):
        with pytest.raises(services.StaleVersion):
            act()
    activity.refresh_from_db()
    assert (activity.title, activity.cancelled_at) == ("Først", None)


def test_fewer_units_leave_what_is_done_and_take_what_nobody_touched(district, units):
    activity = make(district)
    done, _open, not_needed = Task.objects.filter(activity=activity).order_by("unit__code")
    Task.objects.filter(pk=done.pk).update(state=TaskState.DONE, done_on=date(2026, 2, 3))
    Task.objects.filter(pk=not_needed.pk).update(state=TaskState.NOT_NEEDED)
    change(activity, scope=Scope.DISTRICT)
    assert set(Task.objects.filter(activity=activity).values_list("unit_id", flat=True)) == {done.unit_id, not_needed.unit_id, district.pk}
    change(activity, version=2)
    assert len(tasks_of(activity)) == 3
    assert Task.objects.filter(pk=done.pk, state=TaskState.DONE).exists()


def test_a_cancelled_activity_keeps_its_reason_and_comes_back(district, units):
    activity = make(district)
    services.cancel(activity=activity, reason=" Utsatt ", version=1, actor=None, now=NOW)
    activity.refresh_from_db()
    assert (activity.cancelled_at, activity.cancelled_reason) == (NOW, "Utsatt")
    services.restore(activity=activity, version=2, actor=None, now=NOW)
    activity.refresh_from_db()
    assert (activity.cancelled_at, activity.cancelled_reason, activity.version) == (None, "", 3)
    acts = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert acts == ["cycle.activity_created", "cycle.activity_cancelled", "cycle.activity_restored"]


def test_a_unit_that_is_made_later_gets_its_tasks_for_what_is_to_come(district, units):
    coming, over = make(district), make(district, title="Over", month=1, day=7)
    new = UnitFactory(parent=district)
    assert keep_in_step(today=date(2026, 2, 1)) == 1
    assert keep_in_step(today=date(2026, 2, 1)) == 0
    assert dict(run_all(NOW, date(2026, 2, 1)))["follow_the_units"] == 0
    assert new.code in tasks_of(coming)
    assert new.code not in tasks_of(over)


def test_a_unit_that_has_ended_on_the_day_has_no_task(district, units):
    activity = make(district)
    Unit.objects.filter(pk=units[0].pk).update(valid_to=date(2026, 2, 1))
    mark_changed()
    keep_in_step(today=date(2026, 1, 10))
    assert tasks_of(activity) == sorted(unit.code for unit in units[1:])


def test_tasks_of_many_activities_cost_as_much_as_of_one(district, units, django_assert_num_queries):
    first = [ActivityFactory(district=district, scope=Scope.UNITS)]
    many = [ActivityFactory(district=district, scope=Scope.UNITS) for _ in range(12)]
    kept = TaskFactory(activity=first[0], unit=units[0])
    history()  # known from here on
    with CaptureQueriesContext(connection) as queries:
        assert fan_out_all(first) == 2
    with django_assert_num_queries(len(queries)):
        assert fan_out_all(many) == 36
    assert Task.objects.get(activity=first[0], unit=units[0]) == kept


def test_a_day_that_stays_on_a_sunday_stays(district, units):
    activity = make(district, month=3, day=15, moves=Moves.STAYS)
    assert activity.due_on == activity.rule_day == date(2026, 3, 15)
