"""«Rapportering» in the menu: the pages that lead somewhere for this person, and the one that is open."""

from datetime import date

import pytest
from django.test import RequestFactory
from django.urls import reverse

from alna.frame import frame
from organisation.queries.access import access_of
from organisation.rules.access import Role
from tests.factories.organisation import DistrictFactory, UnitFactory, person

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 9)


@pytest.fixture(autouse=True)
def _october(settings):
    settings.ALNA_TODAY = TODAY


@pytest.fixture
def district():
    return DistrictFactory(code="proven")


@pytest.fixture
def unit(district):
    return UnitFactory(parent=district)


def reporting(user, path="/"):
    request = RequestFactory().get(path)
    request.user, request.access, request.resolver_match = user, access_of(user, TODAY), None
    return next((link for link in frame(request)["frame"].menu if link.label == "Rapportering"), None)


@pytest.mark.parametrize(
    "role, labels",
    [
        (Role.UNIT_LEADER, ["Min rapport", "Økonomi", "Sykefravær", "Produksjonstall"]),
        (Role.EMPLOYEE, ["Produksjonstall"]),
        (Role.AUDITOR, ["Alle rapporter", "Samlet rapport", "Treffsikkerhet", "Økonomi", "Sykefravær", "Produksjonstall"]),
    ],
)
def test_a_person_meets_the_pages_that_open(unit, district, role, labels):
    user = person(role, district if role is Role.AUDITOR else unit)
    assert [child.label for child in reporting(user).children] == labels


@pytest.mark.parametrize("role", [Role.UNIT_LEADER, Role.DIRECTOR, Role.CONTROLLER, Role.HR, Role.EMPLOYEE, Role.QUALITY, Role.AUDITOR])
def test_no_link_of_the_menu_is_dead(unit, district, role, client):
    user = person(role, unit if role in (Role.UNIT_LEADER, Role.EMPLOYEE) else district)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    link = reporting(user)
    for each in (link, *link.children):
        assert client.get(each.url, follow=True).status_code == 200, each.url


def test_who_reads_no_reports_comes_straight_to_sick_leave(district):
    link = reporting(person(Role.HR, district))
    assert link.url == reverse("reporting:sick_leave_index")


def test_who_reads_nothing_of_the_month_has_no_such_menu(unit):
    assert reporting(person(Role.SAFETY_REP, unit)) is None


def test_another_month_is_the_same_page_of_the_menu(district):
    path = reverse("reporting:approval", args=[district.code, date(2026, 3, 1)])
    link = reporting(person(Role.DIRECTOR, district), path)
    assert link.current
    assert [child.label for child in link.children if child.current] == ["Alle rapporter"]


def test_the_report_is_the_leaders_first_page(unit):
    path = reverse("reporting:report", args=[unit.code, date(2026, 9, 1)])
    link = reporting(person(Role.UNIT_LEADER, unit), path)
    assert [child.label for child in link.children if child.current] == ["Min rapport"]
