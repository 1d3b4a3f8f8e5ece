"""How a year went: what is counted, for whom, and what it leads to."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annualcycle.models import Task
from annualcycle.queries.year_end import year_end
from annualcycle.rules.kinds import LinkKind, Scope, TaskState
from annualcycle.rules.year_end import Counts
from organisation.queries.access import access_of
from organisation.rules.access import Role
from reporting.models import MonthlyReport
from reporting.rules.kinds import ReportState
from reporting.services.defaults import install_defaults
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.pages import markup_of, signed_in, text_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 9)
PATH = "/styringshjul/alna/2026/slik-gikk-aret/"


@pytest.fixture
def district(settings):
    settings.ALNA_TODAY = TODAY
    return DistrictFactory(code="alna", name="Bydel Prøve")


def done(activity, unit, day, **more):
    return TaskFactory(activity=activity, unit=unit, state=TaskState.DONE, done_on=day, **more)


def page_for(user):
    client = signed_in(user)
    return client.get(PATH)


@pytest.fixture
def plan(district):
    return ActivityFactory(district=district, title="Årsplan levert", due_on=date(2026, 2, 27), scope=Scope.UNITS)


@pytest.fixture
def units(district):
    return [UnitFactory(code=code, name=f"Enhet nummer {code}", parent=district) for code in ("401", "402", "403", "404")]


def test_each_unit_is_on_time_late_or_missing_and_who_it_does_not_concern_is_not_counted(district, plan, units):
    done(plan, units[0], date(2026, 2, 27), product="/malekart/alna/2026/", product_name="Årsplan for 401")
    done(plan, units[1], date(2026, 3, 2))
    TaskFactory(activity=plan, unit=units[2])
    TaskFactory(activity=plan, unit=units[3], state=TaskState.NOT_NEEDED)
    coming = ActivityFactory(district=district, title="Samtaler", due_on=date(2026, 10, 30))
    TaskFactory(activity=coming, unit=units[0])
    found = year_end(district, 2026, access=access_of(person(Role.DIRECTOR, district), TODAY))
    assert found.counts == Counts(on_time=1, late=1, missed=1, coming=1)
    assert [(each.code, each.counts, each.missed) for each in found.units] == [
        ("401", Counts(on_time=1, coming=1), ()),
        ("402", Counts(late=1), ()),
        ("403", Counts(missed=1), ("Årsplan levert",)),
    ]
    (product,) = found.activities[0].products
    assert (product.label, product.url) == ("Årsplan for 401", "/malekart/alna/2026/")


def test_the_page_says_it_in_words_and_leads_to_what_came_of_it(district, plan, units):
    done(plan, units[0], date(2026, 2, 27), product="/malekart/alna/2026/", product_name="Årsplan for 401")
    done(plan, units[1], date(2026, 3, 2))
    TaskFactory(activity=plan, unit=units[2])
    page = page_for(person(Role.EMPLOYEE, units[0]))
    words = text_of(page)
    assert "33 % av det som har passert fristen i 2026, ble gjort i tide. Én oppgave ble gjort for sent. Én er ikke gjort." in words
    assert "403 Enhet nummer 403 Ikke gjort: Årsplan levert" in words
    assert '<a href="/malekart/alna/2026/">Årsplan for 401</a>' in markup_of(page)
    # Set-up is for those who set up.
    assert "oppsett" not in markup_of(page)


def test_a_year_without_a_stain_and_a_year_that_has_not_begun(district, plan, units):
    reader = person(Role.DIRECTOR, district)
    assert "Ingen frister er passert i 2026." in text_of(page_for(reader))
    done(plan, units[0], date(2026, 2, 27))
    assert "100 % av det som har passert fristen i 2026, ble gjort i tide. Ingenting ble gjort for sent. Ingenting står igjen." in text_of(
        page_for(reader)
    )


def test_a_cancelled_activity_is_left_out(district, plan, units):
    TaskFactory(activity=plan, unit=units[0])
    plan.cancelled_at = datetime(2026, 1, 5, tzinfo=UTC)
    plan.save()
    assert "Årsplan levert" not in text_of(page_for(person(Role.DIRECTOR, district)))


def test_reports_are_counted_from_the_reports_and_linked_for_those_who_may_read_them(district, units):
    install_defaults(actor=None, now=datetime(2026, 1, 1, tzinfo=UTC), today=TODAY)
    ActivityFactory(
        district=district,
        title="Månedsrapport januar",
        due_on=date(2026, 2, 10),
        scope=Scope.UNITS,
        link_kind=LinkKind.REPORT,
        link_period=date(2026, 1, 1),
    )
    MonthlyReport.objects.create(
        unit=units[0], month=date(2026, 1, 1), state=ReportState.DELIVERED, submitted_at=datetime(2026, 2, 9, 8, tzinfo=UTC)
    )
    stranger = UnitFactory(code="900", parent=DistrictFactory())
    MonthlyReport.objects.create(
        unit=stranger, month=date(2026, 1, 1), state=ReportState.DELIVERED, submitted_at=datetime(2026, 2, 9, 8, tzinfo=UTC)
    )
    director = person(Role.DIRECTOR, district)
    person_of_two = person(Role.DIRECTOR, district)
    person_of_two.assignments.create(role=Role.DIRECTOR, unit_id=stranger.pk, valid_from=date(2004, 1, 1))
    for user in (director, person_of_two):
        found = year_end(district, 2026, access=access_of(user, TODAY))
        assert found.counts == Counts(on_time=1, missed=3)
        assert "900" not in [unit.code for unit in found.units]
    assert [product.label for product in found.activities[0].products] == ["Enhet nummer 401"]
    employee = year_end(district, 2026, access=access_of(person(Role.EMPLOYEE, units[1]), TODAY))
    assert employee.counts == Counts(on_time=1, missed=3)
    assert employee.activities[0].products == ()


@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.RAPPORTEUR])
def test_progress_of_units_is_not_for_politicians(district, plan, role):
    assert page_for(person(role, district)).status_code == 404


def test_another_districts_year_does_not_exist(district, plan):
    assert page_for(person(Role.DIRECTOR, DistrictFactory(code="nabo"))).status_code == 404


def test_a_unit_that_has_ended_since_keeps_its_year_under_its_name(district, plan, units):
    done(plan, units[0], date(2026, 2, 27))
    ended = UnitFactory(code="499", name="Nedlagt", parent=district, valid_to=date(2026, 6, 30))
    TaskFactory(activity=plan, unit=ended)
    assert "499 Nedlagt Ikke gjort: Årsplan levert" in text_of(page_for(person(Role.DIRECTOR, district)))


def test_ten_times_as_many_tasks_cost_the_same(district, plan, units, django_assert_num_queries):
    def more(count):
        for number in range(count):
            activity = ActivityFactory(district=district, due_on=date(2026, 1 + number % 9, 5))
            Task.objects.bulk_create(Task(activity=activity, unit=unit) for unit in units)

    reader = access_of(person(Role.DIRECTOR, district), TODAY)
    more(3)
    with CaptureQueriesContext(connection) as queries:
        assert year_end(district, 2026, access=reader).counts.missed == 12
    more(27)
    with django_assert_num_queries(len(queries)):
        assert year_end(district, 2026, access=reader).counts.missed == 120


def test_ones_own_unit_stands_first_and_more_links_than_one_reads_are_one(district, plan, units):
    for unit in units:
        done(plan, unit, date(2026, 2, 27), product=f"/malekart/{unit.code}/2026/", product_name=f"Årsplan for {unit.code}")
    page = page_for(person(Role.UNIT_LEADER, units[2]))
    assert [each["end"].code for each in page.context["units"]] == ["403", "401", "402", "404"]
    assert text_of(page).count("Din enhet") == 1
    assert f'<a href="/styringshjul/aktivitet/{plan.pk}/">Se alle 4<' in markup_of(page)
    assert "Årsplan for 401" not in text_of(page)
    assert "Din enhet" not in text_of(page_for(person(Role.DIRECTOR, district)))
