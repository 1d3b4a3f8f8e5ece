"""What another app counts is the same on the wheel, on the activity's page and in how the year went."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annualcycle.queries.activity_page import unit_lines
from annualcycle.queries.wheel import wheel_year
from annualcycle.queries.year_end import year_end
from annualcycle.rules.kinds import LinkKind, Standing, TaskState
from annualcycle.rules.year_end import Counts
from organisation.queries.access import access_of
from organisation.rules.access import Role
from reporting.rules.kinds import ReportState
from reporting.services.defaults import install_defaults
from scorecard.rules.lifecycle import State
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.reporting import MonthlyReportFactory
from tests.factories.scorecard import ScorecardFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 9)


@pytest.fixture
def district():
    install_defaults(actor=None, now=datetime(2026, 1, 1, tzinfo=UTC), today=date(2026, 1, 1))
    return DistrictFactory(code="alna")


@pytest.fixture
def units(district):
    return [UnitFactory(parent=district, code=code) for code in ("401", "402")]


@pytest.fixture
def director(district):
    return person(Role.DIRECTOR, district)


def card_of(district, year, **more):
    return ActivityFactory(district=district, title=f"Målekart {year}", link_kind=LinkKind.SCORECARD, link_period=date(year, 1, 1), **more)


def report_of(district, month, due_on, **more):
    return ActivityFactory(district=district, link_kind=LinkKind.REPORT, link_period=month, due_on=due_on, **more)


def delivered(unit, month, day):
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return MonthlyReportFactory(unit=unit, month=month, state=ReportState.DELIVERED, submitted_at=at)


def on_the_wheel(activity, access):
    found = wheel_year(activity.district, activity.year, access=access)
    return next(each.progress for each in (*found.shown, *found.all_year) if each.activity == activity)


def at_the_end(activity, access):
    found = year_end(activity.district, activity.year, access=access)
    return next(each for each in found.activities if each.activity == activity)


def test_two_activities_about_the_same_month_both_count_it(district, units, director):
    access = access_of(director, TODAY)
    month = report_of(district, date(2026, 4, 1), date(2026, 5, 11), title="Månedsrapport april")
    tertial = report_of(district, date(2026, 4, 1), date(2026, 5, 11), title="1. tertialrapport")
    delivered(units[0], date(2026, 4, 1), date(2026, 5, 5))
    for activity in (month, tertial):
        assert at_the_end(activity, access).counts == Counts(on_time=1, missed=1), activity.title
        assert (on_the_wheel(activity, access).done, on_the_wheel(activity, access).total) == (1, 2)
        assert len(unit_lines(access, activity)) == 2


def test_a_target_map_of_the_wheels_own_year_is_found_though_it_is_due_the_year_before(district, director):
    access = access_of(director, TODAY)
    activity = card_of(district, 2026, due_on=date(2026, 1, 5))
    ScorecardFactory(unit=district, year=2026, state=State.PUBLISHED, published_at=datetime(2025, 12, 18, 9, tzinfo=UTC))
    found = on_the_wheel(activity, access)
    assert (found.standing, found.done, found.total, found.due_on) == (Standing.DONE, 1, 1, date(2026, 1, 5))
    assert at_the_end(activity, access).counts == Counts(on_time=1)
    assert [(line.state, line.due_on) for line in unit_lines(access, activity)] == [(TaskState.DONE, date(2026, 1, 5))]


def test_what_nobody_has_begun_is_late_everywhere(district, director):
    access = access_of(director, TODAY)
    activity = card_of(district, 2026, due_on=date(2026, 1, 5))
    assert on_the_wheel(activity, access).standing is Standing.LATE
    assert at_the_end(activity, access).counts == Counts(missed=1)
    (line,) = unit_lines(access, activity)
    assert (line.unit_code, line.state, line.due_on, line.url, line.task_id) == ("alna", TaskState.OPEN, date(2026, 1, 5), "", None)
    assert [(unit.code, unit.missed) for unit in year_end(district, 2026, access=access).units] == [("alna", ("Målekart 2026",))]


def test_an_employee_of_a_neighbour_is_led_to_no_page_that_is_closed(district, units, director):
    activity = report_of(district, date(2026, 1, 1), date(2026, 2, 10))
    delivered(units[0], date(2026, 1, 1), date(2026, 2, 9))
    assert on_the_wheel(activity, access_of(director, TODAY)).product_url == "/rapportering/401/2026-01/les/"
    employee = access_of(person(Role.EMPLOYEE, units[1]), TODAY)
    assert on_the_wheel(activity, employee).done == 1
    assert on_the_wheel(activity, employee).product_url == ""


def test_tasks_from_before_it_was_counted_elsewhere_are_counted_nowhere(district, units, director):
    access = access_of(director, TODAY)
    activity = report_of(district, date(2026, 1, 1), date(2026, 2, 10))
    TaskFactory(activity=activity, unit=units[0], state=TaskState.DONE, done_on=date(2026, 2, 2))
    assert (on_the_wheel(activity, access).done, on_the_wheel(activity, access).total) == (0, 2)
    assert at_the_end(activity, access).counts == Counts(missed=2)


def test_reports_of_another_district_are_not_this_ones(district, units, director):
    stranger = DistrictFactory()
    UnitFactory(parent=stranger, code="900")
    director.assignments.create(role=Role.DIRECTOR, unit=stranger, valid_from=date(2004, 1, 1))
    access = access_of(director, TODAY)
    activity = report_of(district, date(2026, 1, 1), date(2026, 2, 10))
    assert at_the_end(activity, access).counts == Counts(missed=2)
    assert on_the_wheel(activity, access).total == 2


def test_all_three_say_the_reports_own_day(district, units, director):
    """The wheel's rule says another day than the report's own; nobody is shown two."""
    access = access_of(director, TODAY)
    activity = report_of(district, date(2026, 3, 1), date(2026, 4, 30))
    own = on_the_wheel(activity, access).due_on
    assert own == date(2026, 4, 13)
    assert at_the_end(activity, access).due_on == own
    assert {line.due_on for line in unit_lines(access, activity)} == {own}


def test_a_year_of_twelve_that_are_counted_elsewhere_costs_what_one_costs(district, units, director):
    access = access_of(director, TODAY)

    def statements():
        for read in (wheel_year, year_end):
            read(district, 2026, access=access)
        with CaptureQueriesContext(connection) as captured:
            for read in (wheel_year, year_end):
                read(district, 2026, access=access)
        return len(captured)

    report_of(district, date(2026, 1, 1), date(2026, 2, 10))
    one = statements()
    for month in range(2, 12):
        report_of(district, date(2026, month, 1), date(2026, month + 1, 10))
    card_of(district, 2026, due_on=date(2026, 1, 5))
    assert statements() == one
