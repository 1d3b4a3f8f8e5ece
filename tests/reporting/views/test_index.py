"""The front page of the month for those who write no report, and the front page of production figures."""

from datetime import date

import pytest
from django.urls import reverse

from organisation.rules.access import Role
from reporting.rules.kinds import ReportState as S
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.reporting import MonthlyReportFactory
from tests.pages import markup_of, text_of

pytestmark = pytest.mark.django_db

AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _october(settings):
    settings.ALNA_TODAY = date(2026, 10, 9)


@pytest.fixture
def district():
    return DistrictFactory()


@pytest.fixture
def unit(district):
    return UnitFactory(parent=district)


def opened(client, user, name: str, *args):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(f"reporting:{name}", args=args))


def test_an_employee_reads_what_is_settled_and_nothing_else(client, unit, district):
    neighbour = UnitFactory(parent=district, code="nabo-7", name="Nabohuset")
    MonthlyReportFactory(unit=unit, month=AUGUST, state=S.APPROVED)
    MonthlyReportFactory(unit=unit, month=SEPTEMBER, state=S.DELIVERED)
    MonthlyReportFactory(unit=neighbour, month=AUGUST, state=S.APPROVED)

    html = opened(client, person(Role.EMPLOYEE, unit), "index").content.decode()

    assert reverse("reporting:report_read", args=[unit.code, AUGUST]) in html
    assert f"/{unit.code}/2026-09/" not in html.replace("produksjon/", "")
    assert neighbour.code not in html
    assert neighbour.name not in html


def test_without_settled_reports_the_page_says_when_they_come(client, unit):
    assert "Ingen godkjente rapporter ennå" in text_of(opened(client, person(Role.EMPLOYEE, unit), "index"))


def test_the_director_finds_every_page_of_the_month(client, unit, district):
    html = markup_of(opened(client, person(Role.DIRECTOR, district), "index"))
    for name in ("approval", "consolidated", "case_page"):
        assert reverse(f"reporting:{name}", args=[district.code, SEPTEMBER]) in str(html)


def test_production_opens_at_the_own_unit(client, unit):
    response = opened(client, person(Role.UNIT_LEADER, unit), "production_index")
    assert response.status_code == 302
    assert response.url == reverse("reporting:production", args=[unit.code, SEPTEMBER])


def test_production_of_a_district_leads_to_its_units(client, unit, district):
    page = opened(client, person(Role.DIRECTOR, district), "production", district.code, SEPTEMBER).content.decode()
    assert reverse("reporting:production", args=[unit.code, SEPTEMBER]) in page


@pytest.mark.parametrize("name", ["sick_leave", "production"])
def test_the_way_back_is_no_link_for_who_has_no_front_page(client, unit, district, name):
    page = opened(client, person(Role.HR, district), name, district.code, SEPTEMBER).content.decode()
    assert f'href="{reverse("reporting:index")}"' not in page
