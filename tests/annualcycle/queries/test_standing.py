"""«17 av 22 ferdig»: tasks of one's own, and what other apps count."""

from datetime import UTC, date, datetime

import pytest

from annualcycle.queries.standing import progress_of
from annualcycle.rules.kinds import LinkKind, Standing, TaskState
from organisation.queries.access import access_of
from organisation.queries.reach import below
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
    return DistrictFactory()


def reader(activity, today=TODAY):
    return access_of(person(Role.DIRECTOR, activity.district), today)


def progress(activity, today=TODAY, units=None):
    unit_ids = below(activity.district, today) if units is None else [unit.pk for unit in units]
    return progress_of([activity], access=reader(activity, today), unit_ids=unit_ids)[activity.pk]


def done(activity, day, **more):
    return TaskFactory(activity=activity, state=TaskState.DONE, done_on=day, **more)


def test_done_late_and_not_needed_are_counted_apart(district):
    activity = ActivityFactory(district=district, due_on=date(2026, 9, 30))
    done(activity, date(2026, 9, 30), product="/rapportering/")
    done(activity, date(2026, 10, 1))
    TaskFactory(activity=activity)
    TaskFactory(activity=activity, state=TaskState.NOT_NEEDED)
    found = progress(activity)
    assert (found.done, found.total) == (2, 3)
    assert (found.standing, found.product_url) == (Standing.LATE, "/rapportering/")
    assert progress(activity, today=date(2026, 9, 30)).standing is Standing.UNDER_WAY


def test_only_the_units_asked_for_are_counted(district):
    activity = ActivityFactory(district=district)
    mine, neighbour = done(activity, TODAY).unit, TaskFactory(activity=activity).unit
    assert (progress(activity, units=[mine]).done, progress(activity, units=[mine]).total) == (1, 1)
    assert progress(activity, units=[mine]).standing is Standing.DONE
    assert (progress(activity, units=[neighbour]).done, progress(activity, units=[neighbour]).standing) == (0, Standing.COMING)


def test_two_products_have_no_one_way_to_them(district):
    activity = ActivityFactory(district=district)
    done(activity, TODAY, product="/a/")
    done(activity, TODAY, product="/b/")
    assert progress(activity).product_url == ""


def test_reports_are_counted_where_they_are_delivered_and_are_due_on_their_own_day(district):
    activity = ActivityFactory(
        district=district, link_kind=LinkKind.REPORT, link_period=date(2026, 9, 1), due_on=date(2026, 10, 12), title="Månedsrapport"
    )
    units = [UnitFactory(parent=district) for _ in range(3)]
    for unit, day in zip(units[:2], (8, 10), strict=True):
        MonthlyReportFactory(
            unit=unit, month=date(2026, 9, 1), state=ReportState.DELIVERED, submitted_at=datetime(2026, 10, day, 9, 0, tzinfo=UTC)
        )
    # Of another month: not this activity's.
    MonthlyReportFactory(unit=units[2], month=date(2026, 8, 1), state=ReportState.DELIVERED)
    found = progress(activity, today=date(2026, 10, 11))
    assert (found.done, found.total, found.standing, found.due_on) == (2, 3, Standing.LATE, date(2026, 10, 9))


def test_a_target_map_nobody_has_begun_is_one_thing_not_done(district):
    activity = ActivityFactory(
        district=district, year=2026, link_kind=LinkKind.SCORECARD, link_period=date(2027, 1, 1), due_on=date(2026, 12, 18)
    )
    assert (progress(activity).done, progress(activity).total) == (0, 1)
    ScorecardFactory(unit=district, year=2027, state=State.PUBLISHED, published_at=datetime(2026, 12, 17, 9, 0, tzinfo=UTC))
    found = progress(activity, today=date(2026, 12, 18))
    assert (found.done, found.total, found.standing, found.due_on) == (1, 1, Standing.DONE, date(2026, 12, 18))


def test_forty_activities_of_twenty_units_cost_what_one_costs(district, django_assert_num_queries):
    units = [UnitFactory(parent=district) for _ in range(20)]
    activities = [ActivityFactory(district=district) for _ in range(6)]
    for activity in activities:
        for unit in units:
            TaskFactory(activity=activity, unit=unit)
    unit_ids, access = below(district, TODAY), reader(activities[0])
    with django_assert_num_queries(1):
        progress_of(activities, access=access, unit_ids=unit_ids)
    with django_assert_num_queries(1):
        progress_of(activities[:1], access=access, unit_ids=unit_ids)
