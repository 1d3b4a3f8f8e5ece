"""Which files stand among the deadlines: what came, and what somebody still waits for. For those alone whom the imports show the source."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from annualcycle.queries.collect import mine, seen_by
from imports.models import Batch, Source
from imports.queries.deadlines import deadlines
from imports.rules.states import BatchState, SourceKind, Way
from organisation.queries.access import access_of
from organisation.rules.access import Role
from reporting.models import ReportingMonth
from tests.factories.imports import ProfileFactory, SourceFactory
from tests.factories.organisation import DistrictFactory, RoleAssignmentFactory, person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 9)


@pytest.fixture
def district(settings):
    settings.ALNA_TODAY = TODAY
    return DistrictFactory()


def delivered(source, year, number, state=BatchState.SAVED):
    at = datetime(2026, 10, 6, 8, tzinfo=UTC)
    sha256 = f"{source.pk}{year}{number}{state}".ljust(64, "0")[:64]
    return Batch.objects.create(
        source=source, file_name="fil.csv", sha256=sha256, size=1, stored_as="1", way=Way.FOLDER,
        state=state, year=year, number=number, received_at=at
    )  # fmt: skip


def told(*districts, first=date(2025, 1, 1), last=date(2026, 12, 31)):
    return deadlines(unit_ids=[each.pk for each in districts], first=first, last=last)


def months(district, **given):
    return [each.key.rsplit(":", 1)[1] for each in told(district, **given)]


def test_a_file_is_called_by_its_source_and_month(district):
    SourceFactory(district=district, name="UBW")
    [one] = told(district, first=date(2026, 10, 1), last=date(2026, 10, 31))
    assert (one.title, one.public_title) == ("Fil fra UBW for september 2026", "Fil fra UBW for september 2026")


def test_nothing_is_asked_of_months_before_the_first_file(district):
    source = SourceFactory(district=district)
    assert months(district)[0] == "2024-12"
    delivered(source, 2026, 7, BatchState.REFUSED)
    assert months(district)[0] == "2024-12"
    delivered(source, 2026, 8)
    assert months(district) == ["2026-08", "2026-09", "2026-10", "2026-11"]
    # Of what came, each month stands there, whenever it came.
    delivered(source, 2026, 3)
    assert months(district)[:3] == ["2026-03", "2026-04", "2026-05"]
    assert [each.is_done for each in told(district)[:3]] == [True, False, False]


def test_a_file_said_to_be_of_a_year_there_never_was_asks_for_nothing(district):
    source = SourceFactory(district=district)
    delivered(source, 0, 9)
    delivered(source, 32000, 9)
    assert months(district)[0] == "2024-12"


def test_a_new_source_is_asked_for_no_month_before_it_was_set_up(district):
    client = Client()
    client.force_login(person(Role.CONTROLLER, district), backend="django.contrib.auth.backends.ModelBackend")
    fields = {"name": "Regnskap", "code": "regnskap", "profile": ProfileFactory().pk, "expected_workday": "7", "is_active": "on"}
    assert client.post("/administrasjon/import/kilder/ny/", fields).status_code == 302
    source = Source.objects.get(code="regnskap")
    assert source.first_month == date(2026, 9, 1)
    assert months(district) == ["2026-09", "2026-10", "2026-11"]
    # Last year's files are read in one day: that asks for none of the months between.
    delivered(source, 2025, 5)
    assert months(district) == ["2025-05", "2026-09", "2026-10", "2026-11"]


def test_a_locked_month_asks_for_no_file_and_the_next_does(district):
    delivered(SourceFactory(district=district), 2026, 6)
    for month, at in ((7, datetime(2026, 9, 1, tzinfo=UTC)), (8, None)):
        ReportingMonth.objects.create(district=district, month=date(2026, month, 1), locked_at=at)
    ReportingMonth.objects.create(district=DistrictFactory(), month=date(2026, 9, 1), locked_at=datetime(2026, 10, 1, tzinfo=UTC))
    assert months(district, last=date(2026, 10, 31)) == ["2026-06", "2026-08", "2026-09"]


def test_ten_sources_with_a_year_of_files_cost_what_one_costs(district, django_assert_num_queries):
    delivered(SourceFactory(district=district), 2026, 8)
    with django_assert_num_queries(3):
        told(district)
    for _ in range(9):
        source = SourceFactory(district=district)
        for number in range(1, 10):
            delivered(source, 2026, number)
    with django_assert_num_queries(3):
        told(district)


OF_HR = [SourceKind.SICK_LEAVE, SourceKind.SURVEYS]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("kind", list(SourceKind))
def test_whoever_sees_the_deadline_sees_the_source(district, role, kind):
    SourceFactory(district=district, kind=kind, name="Skjult kilde")
    user = person(role, district)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/administrasjon/import/")
    on_the_page = page.status_code == 200 and "Skjult kilde" in page.content.decode()
    assert bool(seen_by(access_of(user, TODAY), told(district))) == on_the_page


@pytest.mark.parametrize(
    "roles,kinds",
    [
        ([Role.HR], OF_HR),
        ([Role.CONTROLLER], list(SourceKind)),
        ([Role.DIRECTOR], []),
        ([Role.ADMINISTRATOR], []),
        # Two roles together see every kind, but bring in no more than one of them.
        ([Role.HR, Role.ADMINISTRATOR], OF_HR),
    ],
    ids=str,
)
def test_a_file_is_for_those_who_may_bring_it_in(district, roles, kinds):
    for kind in SourceKind:
        SourceFactory(district=district, kind=kind, name=kind.value)
    user = person(roles[0], district)
    for role in roles[1:]:
        RoleAssignmentFactory(user=user, role=role, unit=district)
    found = mine(access_of(user, TODAY), first=date(2026, 10, 1), last=date(2026, 10, 31))
    assert {each.title for each in found if each.key.startswith("imports.")} == {
        f"Fil fra {kind.value} for september 2026" for kind in kinds
    }
