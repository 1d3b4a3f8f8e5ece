"""From a unit's amounts to the row of the file; the district's table; and who finds any of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation.rules.access import Role
from reporting.models import EarmarkedProject
from reporting.services.balances import rebuild_balances
from tests.factories.month import ALNA, a_district
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.reporting import AccountGroupFactory, DeliveryFactory, LedgerLineFactory, MonthlyReportFactory
from tests.pages import text_of

SEPTEMBER = date(2026, 9, 1)
ECONOMY = "/rapportering/okonomi/"


def sign_in(role, unit):
    client = Client()
    client.force_login(person(role, unit), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def world(db, settings):
    """Two units; 402 is 1 470 over on temporary staff and has an earmarked line; one line belongs to nobody."""
    settings.ALNA_TODAY = date(2026, 10, 9)
    district = DistrictFactory(code="B1", name="Bydel Bekk")
    homecare = UnitFactory(code="402", name="Hjemmetjenesten", parent=district)
    sister = UnitFactory(code="301", name="NAV", parent=district)
    AccountGroupFactory()
    EarmarkedProject.objects.create(prefix="59", name="Rus", first_year=2026)
    delivery = DeliveryFactory(district=district)
    LedgerLineFactory(delivery=delivery, unit=homecare, row=6)
    LedgerLineFactory(delivery=delivery, unit=homecare, row=7, project="59012", revised=900_000, budget=600_000, actual=512_000)
    LedgerLineFactory(delivery=delivery, unit=sister, row=8, account="16001", account_name="Salg", budget=-1_000_000, actual=-900_000)
    LedgerLineFactory(delivery=delivery, unit=None, row=9, cost_centre="405310", revised=None, budget=None, actual=186_500)
    rebuild_balances(district=district, months=[SEPTEMBER])
    return {"district": district, "homecare": homecare, "sister": sister, "delivery": delivery}


@pytest.fixture
def controller(world):
    return sign_in(Role.CONTROLLER, world["district"])


@pytest.fixture
def leader(world):
    return sign_in(Role.UNIT_LEADER, world["homecare"])


def test_a_neighbour_finds_no_page_no_line_and_no_row(world):
    row = f"/rapportering/rad/{world['delivery'].pk}/6/"
    neighbours = [sign_in(Role.CONTROLLER, DistrictFactory()), sign_in(Role.UNIT_LEADER, world["sister"])]
    for neighbour in neighbours:
        assert neighbour.get(f"{ECONOMY}402/2026-09/").status_code == 404
        assert neighbour.get(f"{ECONOMY}402/2026-09/linjer/").status_code == 404
        assert neighbour.get(row).status_code == 404


@pytest.mark.parametrize("role", [Role.REPORTER, Role.ADMINISTRATOR, Role.HR, Role.EMPLOYEE, Role.UNION_REP])
def test_who_may_not_see_lines_finds_no_economy(world, role):
    assert sign_in(role, world["district"]).get(f"{ECONOMY}402/2026-09/").status_code == 404


def test_a_unit_has_ordinary_and_earmarked_apart_with_the_word_for_each(leader):
    page = text_of(leader.get(f"{ECONOMY}402/2026-09/"))

    assert "merforbruk 1 470" in page
    assert "−1 470 merforbruk" in page
    assert "−2,9 %" in page
    assert "Sum øremerkede midler" in page
    assert "88 mindreforbruk" in page


def test_too_little_income_is_told_as_that(controller):
    page = text_of(controller.get(f"{ECONOMY}301/2026-09/"))

    assert "−100 mindreinntekt" in page


def test_an_amount_leads_to_its_lines_and_a_line_to_its_row(world, leader):
    lines = text_of(leader.get(f"{ECONOMY}402/2026-09/linjer/?gruppe=vikarer"))
    assert "1 linje" in lines
    assert "52 130 000,00" in lines
    assert "512 000,00" not in lines
    assert "512 000,00" in text_of(leader.get(f"{ECONOMY}402/2026-09/linjer/?gruppe=vikarer&oremerket=1"))
    assert "2 linjer" in text_of(leader.get(f"{ECONOMY}402/2026-09/linjer/"))

    row = text_of(leader.get(f"/rapportering/rad/{world['delivery'].pk}/6/"))
    assert "okonomi_2026_09.csv" in row
    assert "Rad i filen 6" in row
    assert "Se hele filen" not in row  # a leader sees no imports


def test_a_row_shows_what_it_was_in_the_version_before(world, controller):
    old = DeliveryFactory(district=world["district"], version=0, is_current=False, file_name="gammel.csv")
    LedgerLineFactory(delivery=old, unit=world["homecare"], row=11, actual=Decimal(51_000_000))

    page = text_of(controller.get(f"/rapportering/rad/{world['delivery'].pk}/6/"))

    assert "gammel.csv" in page
    assert "51 000 000,00" in page
    assert "Se hele filen" in page


def test_what_belongs_to_nobody_is_for_those_who_see_the_district(world, controller, leader):
    row = f"/rapportering/rad/{world['delivery'].pk}/9/"

    assert "187" in text_of(controller.get(f"{ECONOMY}B1/2026-09/"))
    assert "405310" in text_of(controller.get(f"{ECONOMY}B1/2026-09/ikke-fordelt/"))
    assert controller.get(row).status_code == 200
    assert leader.get(row).status_code == 404
    assert leader.get(f"{ECONOMY}B1/2026-09/ikke-fordelt/").status_code == 404


def test_the_table_of_a_district_tells_forecast_timing_and_comment(world, controller):
    MonthlyReportFactory(unit=world["homecare"], timing=Decimal(200_000), explanation="Vikarer på kveld.")
    page = text_of(controller.get(f"{ECONOMY}B1/2026-09/"))

    assert "−1 270" in page  # corrected variance
    assert "−1 500 merforbruk" in page
    assert "Vikarer på kveld." in page


def test_the_sum_of_the_demonstration_has_two_decimals(db, settings):
    """Golden test 8: Σ −5 502 to date (−0,72 %), Σ forecast −9 700 (−0,95 %)."""
    settings.ALNA_TODAY = date(2026, 10, 12)
    world = a_district([row[0] for row in ALNA])
    client = Client()
    client.force_login(world.director)
    table = text_of(client.get(f"{ECONOMY}{world.district.code}/2026-09/"))
    total = table[table.rindex("Sum") :]

    assert "762 071" in total
    assert "767 573" in total
    assert "−5 502" in total
    assert "−0,72 %" in total
    assert "−9 700" in total
    assert "−0,95 %" in total


def test_sorting_puts_the_worst_first(controller):
    def order(sort: str) -> list[str]:
        table = text_of(controller.get(f"{ECONOMY}B1/2026-09/?sorter={sort}")).split("Tiltak")[-1]
        return sorted(("Hjemmetjenesten", "NAV"), key=table.index)

    assert order("enhet") == ["NAV", "Hjemmetjenesten"]
    assert order("avvik") == ["Hjemmetjenesten", "NAV"]
    assert order("finnes-ikke") == order("enhet")


def test_the_csv_opens_in_a_norwegian_spreadsheet(world, controller):
    MonthlyReportFactory(unit=world["homecare"], explanation="=HYPERLINK(1)")
    answer = controller.get(f"{ECONOMY}B1/2026-09/eksport.csv")
    text = answer.content.decode("utf-8-sig")
    line = next(line for line in text.splitlines() if line.startswith("402"))

    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert line.split(";")[:6] == ["402", "Hjemmetjenesten", "52130", "50660", "-1470", "-2,90"]
    assert "'=HYPERLINK(1)" in line
    assert "\xa0" not in text
    assert controller.get(f"{ECONOMY}B1/2026-09/eksport.pdf").status_code == 404
    assert controller.get(f"{ECONOMY}B1/2026-09/eksport.xlsx").content.startswith(b"PK")


def test_what_no_database_knows_in_an_address_finds_no_lines(controller):
    for query in ("gruppe=%00", "konto=%00", "gruppe=finnes-ikke", "side=abc", "side=99999"):
        assert controller.get(f"{ECONOMY}402/2026-09/linjer/?{query}").status_code == 200


def test_a_month_without_figures_says_so(controller):
    assert "Ingen tall for denne måneden ennå" in text_of(controller.get(f"{ECONOMY}402/2026-03/"))
    assert "Ingen tall for denne måneden ennå" in text_of(controller.get(f"{ECONOMY}B1/2026-03/"))


@pytest.mark.parametrize("rest", ["999/2026-09/", "402/2026-13/", "402/0000-01/", "402/2026-09/ikke-fordelt/"])
def test_a_wrong_address_does_not_exist(controller, rest):
    assert controller.get(f"{ECONOMY}{rest}").status_code == 404


@pytest.mark.parametrize("address", [f"{ECONOMY}402/2026-09/", f"{ECONOMY}402/2026-09/linjer/", f"{ECONOMY}B1/2026-09/"])
def test_a_page_costs_the_same_with_one_line_and_many(world, controller, address):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert controller.get(address).status_code == 200
        return len(queries)

    cost()
    before = cost()
    for row in range(30):
        LedgerLineFactory(delivery=world["delivery"], unit=world["homecare"], row=100 + row, account=f"11{row:03}")
        UnitFactory(parent=world["district"]) if row % 10 == 0 else None
    rebuild_balances(district=world["district"], months=[SEPTEMBER])
    cost()

    assert cost() == before
