"""Reports among the deadlines of all apps: how long one takes is told by those that were delivered before."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reporting.models import MonthlyReport
from reporting.queries.deadlines import deadlines
from reporting.rules.kinds import ReportState as S
from reporting.services.defaults import install_defaults
from tests.factories.organisation import DistrictFactory, UnitFactory
from tests.factories.reporting import MonthlyReportFactory

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)
OCTOBER = {"first": date(2026, 10, 1), "last": date(2026, 10, 31)}


@pytest.fixture
def district():
    install_defaults(actor=None, now=timezone.now(), today=date(2026, 10, 9))
    return DistrictFactory()


def took(unit, *seconds, state=S.LOCKED, last=8):
    for place, each in enumerate(seconds):
        MonthlyReportFactory(unit=unit, month=date(2026, last - place, 1), state=state, seconds_spent=each)


def minutes_of(*units):
    found = deadlines(unit_ids=[unit.pk for unit in units], **OCTOBER)
    return {one.unit_id: one.minutes for one in found if one.group == "report:2026-09"}


def test_the_median_of_the_units_own_reports_in_whole_minutes(district):
    unit, quick, new = (UnitFactory(parent=district) for _each in range(3))
    took(unit, 300, 390, 3600)
    took(quick, 12)
    # A unit that has delivered nothing yet takes as long as the others do.
    assert minutes_of(unit, quick, new) == {unit.pk: 6, quick.pk: 1, new.pk: 6}


def test_what_nobody_delivered_or_counted_tells_nothing(district):
    unit = UnitFactory(parent=district)
    took(unit, 0, 600)
    MonthlyReport.objects.filter(seconds_spent=600).update(submitted_at=None)
    assert minutes_of(unit) == {unit.pk: None}


def test_a_delivered_report_takes_no_more_time(district):
    unit = UnitFactory(parent=district)
    took(unit, 300, 360)
    MonthlyReportFactory(unit=unit, month=SEPTEMBER, state=S.DELIVERED, seconds_spent=500)
    assert minutes_of(unit) == {unit.pk: None}
    MonthlyReport.objects.filter(month=SEPTEMBER).update(state=S.RETURNED)
    assert minutes_of(unit) == {unit.pk: 6}


def test_reports_of_long_ago_tell_nothing(district):
    unit = UnitFactory(parent=district)
    MonthlyReportFactory(unit=unit, month=date(2025, 5, 1), state=S.LOCKED, seconds_spent=600)
    assert minutes_of(unit) == {unit.pk: None}


def test_more_units_and_reports_cost_no_more_statements(district):
    def cost(*units):
        minutes_of(*units)
        with CaptureQueriesContext(connection) as captured:
            minutes_of(*units)
            return len(captured)

    units = [UnitFactory(parent=district) for _each in range(6)]
    took(units[0], 300)
    few = cost(units[0])
    for unit in units[1:]:
        took(unit, 300, 300, 300, 300)
    assert cost(*units) == few
