"""The next year's wheel is made of this year's, once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from annualcycle.models import Activity, Task
from annualcycle.queries.rolling import preview
from annualcycle.rules.kinds import DateRule, LinkKind, Scope
from annualcycle.services import activities, rolling
from organisation.models import AuditEntry, Succession, Unit
from organisation.queries.tree import history, mark_changed
from organisation.rules.access import Role
from tests.annualcycle import plans
from tests.factories.cycle import ActivityFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
PLAN = replace(
    plans.PLAN,
    title="Årsplan for 2026 levert",
    short="Årsplan 2026",
    lead_days=(14, 3),
    participants=(Role.HR,),
    escalate_after=2,
    minutes=30,
    is_public=True,
    start_month=2,
    start_day=1,
)


@pytest.fixture
def district():
    found = DistrictFactory()
    for _ in range(3):
        UnitFactory(parent=found)
    return found


def make(district, **more):
    return activities.create(district=district, year=2026, values=replace(PLAN, **more), actor=None, now=NOW)


def roll(district):
    return rolling.roll(district=district, year=2027, actor=None, now=NOW)


def test_a_year_is_rolled_once(district):
    make(district)
    make(district, title="Risiko", short="Risiko")
    assert [roll(district), roll(district)] == [2, 0]
    assert Activity.objects.filter(year=2027).count() == 2
    assert Task.objects.filter(activity__year=2027).count() == 6
    entry = AuditEntry.objects.get(action="cycle.rolled")
    assert entry.details == {"year": 2027, "number": 2}


def test_everything_that_was_decided_comes_along_but_not_what_was_of_the_year(district):
    source = make(district, fixed_on=date(2026, 2, 10), link_kind=LinkKind.REPORT, link_period=date(2026, 1, 1))
    roll(district)
    copy = Activity.objects.get(year=2027)
    assert (copy.title, copy.short, copy.series) == ("Årsplan for 2027 levert", "Årsplan 2027", source.series)
    assert (copy.rule_day, copy.due_on, copy.starts_on) == (date(2027, 2, 28), date(2027, 2, 26), date(2027, 2, 1))
    assert (copy.fixed_on, copy.link_period, copy.version) == (None, date(2027, 1, 1), 1)
    for name in ("lane", "responsible", "participants", "scope", "lead_days", "escalate_after", "minutes", "is_public", "moves"):
        assert getattr(copy, name) == getattr(source, name), name
    assert copy.history.get().history_date == NOW


def test_who_counts_from_another_counts_from_the_one_of_the_new_year(district):
    first = make(district)
    second = make(district, title="Etterpå", rule=DateRule.RELATIVE, anchor=first, offset=5, offset_in_workdays=True)
    roll(district)
    copy = Activity.objects.get(year=2027, series=second.series)
    assert copy.anchor == Activity.objects.get(year=2027, series=first.series)
    assert (copy.rule, copy.month, copy.day, copy.offset, copy.offset_in_workdays) == (DateRule.RELATIVE, None, None, 5, True)
    assert copy.due_on == date(2027, 3, 5)


def test_what_is_cancelled_does_not_come_along_and_who_counted_from_it_keeps_its_day(district):
    first = make(district)
    second = make(district, title="Etterpå", rule=DateRule.RELATIVE, anchor=first, offset=14)
    activities.cancel(activity=first, reason="Slutt", version=1, actor=None, now=NOW)
    (line,) = preview(district, 2027)
    assert (line.source, line.due_on, line.on_its_own) == (second, date(2027, 3, 12), True)
    assert roll(district) == 1
    copy = Activity.objects.get(year=2027)
    assert (copy.rule, copy.month, copy.day, copy.anchor, copy.due_on) == (DateRule.FIXED, 3, 13, None, date(2027, 3, 12))


def test_the_preview_says_what_rolling_gives_and_writes_nothing(district):
    first = make(district)
    make(district, title="Etterpå", rule=DateRule.RELATIVE, anchor=first, offset=5)
    before = preview(district, 2027)
    assert not Activity.objects.filter(year=2027).exists()
    assert [(line.is_there, line.is_moved) for line in before] == [(False, True), (False, False)]
    roll(district)
    after = preview(district, 2027)
    assert [(line.title, line.due_on, line.is_there) for line in after] == [(line.title, line.due_on, True) for line in before]


def test_what_stands_in_the_new_year_is_left_as_somebody_made_it(district):
    first = make(district)
    roll(district)
    copy = Activity.objects.get(year=2027)
    values = replace(PLAN, title="Vår egen", month=4, day=12)
    activities.change(activity=copy, values=values, version=1, actor=None, now=NOW)
    make(district, title="Ny", rule=DateRule.RELATIVE, anchor=first, offset=7)
    assert roll(district) == 1
    copy.refresh_from_db()
    assert (copy.title, copy.due_on) == ("Vår egen", date(2027, 4, 12))
    # The new one counts from the day that somebody has chosen for 2027.
    assert Activity.objects.get(year=2027, title="Ny").due_on == date(2027, 4, 19)


def test_chosen_units_come_along_where_they_are_still_there(district):
    stays, ends = Unit.objects.filter(parent_links__parent=district).order_by("code")[:2]
    make(district, scope=Scope.CHOSEN, units=(stays, ends))
    Unit.objects.filter(pk=ends.pk).update(valid_to=date(2026, 12, 31))
    mark_changed()
    roll(district)
    copy = Activity.objects.get(year=2027)
    assert [unit.pk for unit in copy.units.all()] == [stays.pk]
    assert [task.unit_id for task in copy.tasks.all()] == [stays.pk]


def becomes(predecessor, on, *successors):
    """The unit ends and others carry on."""
    Unit.objects.filter(pk=predecessor.pk).update(valid_to=on - timedelta(days=1))
    Succession.objects.bulk_create(
        Succession(predecessor=predecessor, successor=each, on=on, whole=len(successors) == 1) for each in successors
    )
    mark_changed()


def test_what_chosen_units_have_become_comes_along(district):
    """Merged, and what came of that split before the day comes; and what is split after it is still one."""
    merged, split, stays = Unit.objects.filter(parent_links__parent=district).order_by("code")
    new, north, south, later = (UnitFactory(parent=district, code=code, name="Ny") for code in ("9", "91", "92", "93"))
    make(district, scope=Scope.CHOSEN, units=(merged, split, stays))
    becomes(merged, date(2026, 9, 1), new)
    becomes(split, date(2026, 9, 1), new)
    becomes(new, date(2027, 1, 1), north, south)
    becomes(stays, date(2027, 7, 1), later)
    (line,) = preview(district, 2027)
    assert ([node.code for node in line.heirs], line.has_nobody) == (["91", "92"], False)
    roll(district)
    copy = Activity.objects.get(year=2027)
    assert set(copy.units.all()) == {north, south, stays}
    assert {task.unit for task in copy.tasks.all()} == {north, south, stays}


def test_where_no_chosen_unit_is_left_the_preview_says_so(district):
    gone, moved, _stays = Unit.objects.filter(parent_links__parent=district).order_by("code")
    elsewhere = UnitFactory(parent=DistrictFactory())
    make(district, scope=Scope.CHOSEN, units=(gone, moved))
    make(district, title="Alle")
    Unit.objects.filter(pk=gone.pk).update(valid_to=date(2026, 12, 31))
    becomes(moved, date(2027, 1, 1), elsewhere)
    assert {line.title: (line.heirs, line.has_nobody) for line in preview(district, 2027)} == {
        "Årsplan for 2027 levert": ((), True),
        "Alle": ((), False),
    }
    roll(district)
    assert not Activity.objects.get(year=2027, scope=Scope.CHOSEN).units.exists()


def test_another_districts_year_is_not_touched(district):
    ActivityFactory(year=2026)
    assert roll(district) == 0
    assert not Activity.objects.filter(year=2027).exists()
    assert not AuditEntry.objects.filter(action="cycle.rolled").exists()


def test_the_database_itself_refuses_the_same_one_twice(district):
    first = make(district)
    with pytest.raises(IntegrityError):
        ActivityFactory(district=district, year=2026, series=first.series)


def test_a_year_of_fourteen_costs_as_much_as_a_year_of_two(district, django_assert_num_queries):
    """More than that SQLite takes in two portions: a statement holds a thousand values there."""
    small = DistrictFactory()
    UnitFactory(parent=small)
    for where, count in ((small, 2), (district, 14)):
        for number in range(count):
            chosen = (where.child_links.first().unit,)
            make(where, title=f"Nummer {number}", scope=Scope.CHOSEN, units=chosen, day=1 + number, start_month=None, start_day=None)
    actor = UserFactory()
    history()  # known from here on
    with CaptureQueriesContext(connection) as queries:
        assert rolling.roll(district=small, year=2027, actor=actor, now=NOW) == 2
    with django_assert_num_queries(len(queries)):
        assert rolling.roll(district=district, year=2027, actor=actor, now=NOW) == 14
