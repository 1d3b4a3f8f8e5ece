"""The pages of sick leave and production: neighbours, the file, and where a missing figure is written."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from common.periods import Period, PeriodKind
from organisation.models import Unit
from organisation.rules.access import Role
from reporting.rules.kinds import DeliveryKind
from scorecard.models import Measurement
from scorecard.rules.rollup import Method
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.reporting import NOW, DeliveryFactory, SickLeaveMonthFactory
from tests.factories.scorecard import IndicatorFactory

pytestmark = pytest.mark.django_db

SEPTEMBER = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _october(settings):
    settings.ALNA_TODAY = date(2026, 10, 9)


@pytest.fixture
def units():
    district = DistrictFactory()
    delivery = DeliveryFactory(district=district, kind=DeliveryKind.SICK_LEAVE)
    made = []
    for fte, persons in ((40, 9), (8, 2), (60, 20)):
        unit = UnitFactory(parent=district)
        SickLeaveMonthFactory(
            delivery=delivery,
            unit=unit,
            fte=Decimal(fte),
            persons_absent=persons,
            contracted=Decimal(fte * 21),
            lost=Decimal(fte),
            self_certified=Decimal(fte) / 4,
            certified=Decimal(fte) * 3 / 4,
            short=Decimal(fte) / 2,
            long=Decimal(fte) / 2,
        )
        made.append(unit)
    return tuple(made)


def get(client, user, name: str, unit: Unit):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(f"reporting:{name}", args=[unit.code, SEPTEMBER]))


@pytest.mark.parametrize("name", ["sick_leave", "sick_leave_export"])
def test_a_neighbour_is_404(client, units, name):
    mine, other, _third = units

    assert get(client, person(Role.UNIT_LEADER, mine), name, other).status_code == 404
    assert get(client, person(Role.UNIT_LEADER, mine), name, mine).status_code == 200
    assert get(client, person(Role.POLITICIAN, mine), name, mine).status_code == 404


def test_the_district_page_lists_to_a_leader_the_own_unit_alone(client, units):
    mine, other, _third = units
    district = mine.parent_links.get().parent

    page = get(client, person(Role.UNIT_LEADER, mine), "sick_leave", district).content.decode()

    listed = {unit: reverse("reporting:sick_leave", args=[unit.code, SEPTEMBER]) in page for unit in (mine, other)}
    assert listed == {mine: True, other: False}
    assert "2 enheter er ikke med i listen" in page


def test_the_file_has_no_details_of_the_small_unit_nor_of_the_one_that_would_give_it_away(client, units):
    mine, small, large = units
    district = mine.parent_links.get().parent

    text = get(client, person(Role.DIRECTOR, district), "sick_leave_export", district).content.decode("utf-8-sig")

    lines = {line.split(";")[0]: line for line in text.splitlines()}
    assert lines[large.code].endswith(";1,19;3,57;2,38;2,38")
    assert lines[small.code].endswith(";;;;")
    assert lines[mine.code].endswith(";;;;")


def test_a_hidden_detail_says_so(client, units):
    page = get(client, person(Role.UNIT_LEADER, units[1]), "sick_leave", units[1]).content.decode()

    assert "Vises ikke" in page
    assert "Egenmeldt" not in page


def test_a_month_without_a_file_says_so(client, units):
    client.force_login(person(Role.UNIT_LEADER, units[0]), backend="django.contrib.auth.backends.ModelBackend")

    page = client.get(reverse("reporting:sick_leave", args=[units[0].code, date(2024, 1, 1)]))

    assert "Ingen tall for denne måneden ennå" in page.content.decode()


def produced(unit, month, value):
    indicator = IndicatorFactory._meta.model.objects.filter(code="brukere").first() or IndicatorFactory(
        code="brukere", name="Brukere i alt", rollup=Method.SUM, frequency=PeriodKind.MONTH, scale_min=None, scale_max=None
    )
    row = Measurement(indicator=indicator, unit=unit, value=Decimal(value), recorded_at=NOW, source_name="fil.csv", source_place="rad 4")
    row.period = Period.month(2026, month)
    row.save()
    return row


def test_a_missing_production_figure_leads_to_where_it_is_written(client, units):
    produced(units[0], 8, 1498)

    page = get(client, person(Role.UNIT_LEADER, units[0]), "production", units[0]).content.decode()

    assert reverse("scorecard:value_edit", args=[units[0].code, "brukere", "2026-09"]) in page
    assert "1 tall mangler" in page


def test_an_unusual_figure_is_pointed_out_with_its_source(client, units):
    produced(units[0], 8, 1000)
    produced(units[0], 9, 1201)

    page = get(client, person(Role.UNIT_LEADER, units[0]), "production", units[0]).content.decode()

    assert "Uvanlig tall" in page
    assert "fil.csv, rad 4" in page
    assert "Skriv inn" not in page


def test_a_reader_is_not_sent_to_a_form(client, units):
    produced(units[0], 8, 1498)

    page = get(client, person(Role.EMPLOYEE, units[0]), "production", units[0])

    assert page.status_code == 200
    assert "Skriv inn" not in page.content.decode()
