"""The next year's wheel is made of this year's, once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError

from annualcycle.models import Activity, Task
from annualcycle.rules.kinds import DateRule, LinkKind, Scope
from annualcycle.services import activities, rolling
from common.deadlines import Lane
from organisation.models import AuditEntry, Unit
from organisation.queries.tree import mark_changed
from organisation.rules.access import Role
from tests.factories.cycle import ActivityFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
PLAN = activities.ActivityValues(
    title="Årsplan for 2026 levert",
    short="Årsplan 2026",
    lane=Lane.PLAN,
    rule=DateRule.FIXED,
    month=2,
    day=28,
    responsible=Role.UNIT_LEADER,
    scope=Scope.UNITS,
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
    (line,) = rolling.preview(district, 2027)
    assert (line.source, line.due_on, line.on_its_own) == (second, date(2027, 3, 12), True)
    assert roll(district) == 1
    copy = Activity.objects.get(year=2027)
    assert (copy.rule, copy.month, copy.day, copy.anchor, copy.due_on) == (DateRule.FIXED, 3, 13, None, date(2027, 3, 12))


def test_the_preview_says_what_rolling_gives_and_writes_nothing(district):
    first = make(district)
    make(district, title="Etterpå", rule=DateRule.RELATIVE, anchor=first, offset=5)
    before = rolling.preview(district, 2027)
    assert not Activity.objects.filter(year=2027).exists()
    assert [(line.is_there, line.is_moved) for line in before] == [(False, True), (False, False)]
    roll(district)
    after = rolling.preview(district, 2027)
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


def test_another_districts_year_is_not_touched(district):
    ActivityFactory(year=2026)
    assert roll(district) == 0
    assert not Activity.objects.filter(year=2027).exists()
    assert not AuditEntry.objects.filter(action="cycle.rolled").exists()


def test_two_who_roll_at_once_double_nothing(district, monkeypatch):
    make(district)
    real, calls = rolling.bulk_create_with_history, []

    def beaten(rows, model, **more):
        calls.append(len(rows))
        if len(calls) == 1:
            raise IntegrityError("one_activity_of_a_series_a_year")
        return real(rows, model, **more)

    monkeypatch.setattr(rolling, "bulk_create_with_history", beaten)
    assert roll(district) == 1
    assert calls == [1, 1]
    assert Activity.objects.filter(year=2027).count() == 1


def test_the_database_itself_refuses_the_same_one_twice(district):
    first = make(district)
    with pytest.raises(IntegrityError):
        ActivityFactory(district=district, year=2026, series=first.series)


def test_a_year_of_forty_costs_as_much_as_a_year_of_two(district, django_assert_max_num_queries):
    for number in range(40):
        make(district, title=f"Nummer {number}", day=1 + number % 28, start_month=None, start_day=None)
    with django_assert_max_num_queries(24):
        assert rolling.roll(district=district, year=2027, actor=UserFactory(), now=NOW) == 40
