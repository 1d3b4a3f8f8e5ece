"""The usual year for a wheel that is empty."""

from datetime import UTC, date, datetime

import pytest

from annualcycle.models import Activity, Task
from annualcycle.rules.kinds import COUNTED_ELSEWHERE, Scope
from annualcycle.services.defaults import install
from annualcycle.services.rolling import roll
from common.workdays import is_workday
from organisation.models import AuditEntry
from tests.factories.cycle import ActivityFactory
from tests.factories.organisation import DistrictFactory, UnitFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 11, 16, 9, tzinfo=UTC)
STAYS = {"KOSTRA, foreløpig", "KOSTRA, revidert"}


@pytest.fixture
def district():
    found = DistrictFactory()
    for _ in range(2):
        UnitFactory(parent=found)
    return found


def test_the_whole_year_is_put_in_once_with_its_tasks(district):
    assert install(district=district, year=2026, actor=None, now=NOW) == 46
    assert install(district=district, year=2026, actor=None, now=NOW) == 0
    days = dict(Activity.objects.values_list("short", "due_on"))
    assert days["Årsplan levert"] == date(2026, 2, 27)
    assert days["Tertial 1 til BU"] == date(2026, 5, 22)
    assert days["Byrådets budsjett"] == date(2026, 9, 28)
    assert days["Resultat til enhetene"] == date(2026, 11, 20)
    assert days["Målekart 2027"] == date(2026, 12, 18)
    for activity in Activity.objects.all():
        expected = {Scope.DISTRICT: 1, Scope.UNITS: 2, Scope.NONE: 0}[Scope(activity.scope)]
        assert activity.tasks.count() == (0 if activity.link_kind in COUNTED_ELSEWHERE else expected), activity.title
    assert AuditEntry.objects.get().details == {"year": 2026, "number": 46}


def test_reports_are_counted_from_their_own_month(district):
    install(district=district, year=2026, actor=None, now=NOW)
    periods = dict(Activity.objects.filter(link_period__isnull=False).values_list("short", "link_period"))
    assert periods["Periode 12, foreløpig"] == date(2025, 12, 1)
    assert periods["Rapport september"] == date(2026, 9, 1)
    assert periods["Målekart publisert"] == date(2026, 1, 1)
    assert periods["Målekart 2027"] == date(2027, 1, 1)
    assert len(periods) == 13


@pytest.mark.parametrize("year", range(2024, 2034))
def test_every_year_has_its_days_on_working_days(district, year):
    install(district=district, year=year, actor=None, now=NOW)
    for activity in Activity.objects.exclude(short__in=STAYS):
        assert is_workday(activity.due_on), activity.title
        assert activity.due_on.year == year


def test_a_year_that_was_begun_is_left_alone(district):
    ActivityFactory(district=district, year=2026)
    assert install(district=district, year=2026, actor=None, now=NOW) == 0
    assert Activity.objects.count() == 1


def test_some_activities_concern_the_chosen_units_alone(district):
    unit = UnitFactory(parent=district)
    install(district=district, year=2026, actor=None, now=NOW, chosen={"Brukerundersøkelser": [unit.pk]})
    activity = Activity.objects.get(short="Brukerundersøkelser")
    assert (activity.scope, [task.unit_id for task in activity.tasks.all()]) == (Scope.CHOSEN, [unit.pk])


def test_a_wheel_that_was_begun_twice_is_rolled_without_doubling(district):
    install(district=district, year=2025, actor=None, now=NOW)
    install(district=district, year=2026, actor=None, now=NOW)
    assert roll(district=district, year=2026, actor=None, now=NOW) == 0
    assert roll(district=district, year=2027, actor=None, now=NOW) == 46
    assert Task.objects.filter(activity__year=2027, activity__short="Årsplan levert").count() == 2


def test_the_year_is_put_in_with_few_statements(district, django_assert_max_num_queries):
    with django_assert_max_num_queries(32):
        install(district=district, year=2026, actor=None, now=NOW)
