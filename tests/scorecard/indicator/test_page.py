"""The page of an indicator: what it says about the published series, who sees it, and what it costs."""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.periods import Period
from organisation.rules.access import Role
from scorecard.models import Benchmark, PointNote
from scorecard.services.values import Entry
from tests.factories.organisation import DistrictFactory, UnitFactory
from tests.factories.scorecard import SickLeaveFactory, TargetFactory
from tests.pages import text_of
from tests.scorecard.indicator.conftest import counted, missing, rate, record

pytestmark = pytest.mark.django_db

PAGE = "/malekart/301/indikator/saker_to_uker/"


def figure_in(response) -> dict:
    found = re.search(r'<script id="utvikling" type="application/json">(.*?)</script>', response.content.decode(), re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def trace(figure: dict, name: str) -> dict:
    return next(each for each in figure["data"] if each.get("name") == name)


def test_the_published_series_is_noise_inside_its_limits_and_its_target_is_hit_by_chance(office, share, sign_in):
    words = text_of(sign_in(Role.UNIT_LEADER, office).get(PAGE))

    assert "Januar 2014 86,2 % Ikke nådd 4,8 prosentpoeng lavere" in words
    assert "Nådd i 4 av 11 måneder siden målet kom i mars 2013." in words
    assert "Sannsynligvis tilfeldig variasjon" in words
    assert "Tallet ligger innenfor det dere pleier, 83,8–100 % ." in words
    assert "Målet nås ikke jevnt uten at dere endrer måten dere jobber på." in words
    assert "Fem måneder på rad ligger under snittet på 92,6 %. Ved åtte på rad sier vi at endringen er reell." in words
    assert "Snittet av 25 måneder er 92,61. Tallet endrer seg i snitt 3,33 fra måned til måned." in words
    assert "Øvre grense stopper på 100" in words


def test_a_change_that_is_real_waits_for_no_more_in_a_row(office, share, sign_in):
    record(Entry(share, office, Period.month(2014, 2), value=Decimal(70)))
    words = text_of(sign_in(Role.UNIT_LEADER, office).get(PAGE))

    assert "Reell endring siden februar 2014" in words
    assert "Tre måneder på rad ligger under snittet på 91,7 %." in words
    assert "på rad sier vi" not in words


def test_signals_and_notes_are_numbered_in_order_of_time(office, share, sign_in):
    PointNote.objects.create(
        indicator=share,
        unit=office,
        period_start=date(2013, 9, 1),
        period_kind="month",
        text="Nytt datasystem",
        recorded_at=datetime(2013, 10, 1, tzinfo=UTC),
    )
    words = text_of(sign_in(Role.UNIT_LEADER, office).get(PAGE))

    assert "1 Januar 2012 82,0 %. Under det vanlige området. Dette er et signal." in words
    assert "2 Januar–august 2013 Åtte måneder på rad over snittet. Dette er et signal. Noe ble bedre." in words
    assert "3 September 2013 85,0 %. Nytt datasystem Innenfor det vanlige området." in words


def test_the_printed_means_stand_beside_ours(office, share, sign_in):
    words = text_of(sign_in(Role.UNIT_LEADER, office).get(PAGE))

    assert "Snitt, oppgitt 92,5 93,3 – Ikke oppgitt" in words
    assert "Snitt, regnet ut 92,50 93,25 – Ikke regnet ut" in words
    assert "Snitt 2013 93,3 % Regnet ut: 93,25" in words
    assert "Tallet for 2013 vises som oppgitt, 93,3 Regnet ut er det 93,25. Begge tallene er beholdt." in words


@pytest.mark.parametrize(
    "months, printed, computed",
    [
        ("436 462 464 442 496 473 445 426 430 450 440 463", "452", "452,25"),  # rounded down in the source, half up here
        ("10215 10522 10699 10822 10458 9806 10398 10605 11167 11576 10806 12485", "10 737", "10 796,58"),
    ],
)
def test_a_printed_mean_that_is_not_the_mean_of_its_months_is_kept_beside_it(office, sign_in, months, printed, computed):
    indicator = counted(code="mottakere", name="Mottakere")
    figures = [Entry(indicator, office, Period.month(2012, 1).next(i), value=Decimal(each)) for i, each in enumerate(months.split())]
    stated = Decimal(printed.replace(" ", ""))
    record(*figures, Entry(indicator, office, Period.of_year(2012), value=stated, stated=stated))

    words = text_of(sign_in(Role.UNIT_LEADER, office).get("/malekart/301/indikator/mottakere/"))

    assert f"Snitt, oppgitt {printed} Snitt, regnet ut {computed}" in words


def test_the_target_line_starts_where_the_target_is_in_force(office, share, sign_in):
    figure = figure_in(sign_in(Role.UNIT_LEADER, office).get(PAGE))

    target = trace(figure, "Mål")
    assert target["y"] == [None] * 14 + [95.0] * 11
    assert target["line"]["shape"] == "hv"
    assert trace(figure, "Resultat")["y"][-1] == 86.2
    assert trace(figure, "Snitt")["y"] == [92.608, 92.608]
    assert "template" not in figure["layout"]


def test_a_benchmark_of_one_body_is_not_shown_as_one(office, share, sign_in):
    groups = [("norway", "90"), ("highest", "90"), ("lowest", "90")]
    for group, value in groups:
        Benchmark.objects.create(indicator=share, group=group, period_start=date(2013, 1, 1), period_kind="year", value=Decimal(value))
    client = sign_in(Role.UNIT_LEADER, office)
    words = text_of(client.get(PAGE))
    assert "Snitt Norge" not in words
    assert "Tall fra andre vises ikke når bare én står bak dem" in words

    Benchmark.objects.filter(group="lowest").update(value=Decimal(88))
    response = client.get(PAGE)

    words = text_of(response)
    assert "Snitt Norge 90,0 %" in words
    assert "Tallet ligger utenfor det laveste og det høyeste hos andre, 88–90 %." in words
    assert trace(figure_in(response), "Snitt Norge")["y"] == [90.0, 90.0]


def test_a_correction_says_from_what_to_what_when_who_and_why(office, share, sign_in):
    later = datetime(2014, 2, 4, 8, 10, tzinfo=UTC)
    last = Period.month(2014, 1)
    record(Entry(share, office, last, value=Decimal("86.4"), reason="Desimalen var feil."), now=later)

    words = text_of(sign_in(Role.UNIT_LEADER, office).get(PAGE))

    assert "Januar 2014 rettet fra 86,2 til 86,4 4. februar 2014 kl. 09.10, Alna, uten en person. Grunn: Desimalen var feil." in words


def test_what_was_known_on_a_day_leaves_out_what_came_later(office, share, sign_in):
    record(Entry(share, office, Period.month(2014, 1), value=Decimal(99)), now=datetime(2014, 3, 1, 9, tzinfo=UTC))
    client = sign_in(Role.UNIT_LEADER, office)
    assert "Januar 2014 99,0 %" in text_of(client.get(PAGE))

    words = text_of(client.get(PAGE, {"kjent": "2014-02-28"}))

    assert "Januar 2014 86,2 %" in words
    assert "Slik var det kjent 28. februar 2014." in words
    assert "rettet fra" not in words
    assert "Ingen tall ennå" in text_of(client.get(PAGE, {"kjent": "2014-01-31"}))


def test_the_unit_above_is_added_up_as_it_was_known(district, office, sick_leave, sign_in):
    other = UnitFactory(parent=district)
    months = [Period.month(2025, 1).next(number) for number in range(12)]
    record(*[rate(sick_leave, unit, month, "10", "100") for unit in (office, other) for month in months])
    record(*[rate(sick_leave, other, month, "30", "100") for month in months], now=datetime(2026, 2, 1, tzinfo=UTC))
    client = sign_in(Role.DIRECTOR, district)
    page = "/malekart/alna/indikator/sykefravaer/"

    assert "Desember 2025, siste 12 måneder samlet 20,0 %" in text_of(client.get(page))
    assert "Desember 2025, siste 12 måneder samlet 10,0 %" in text_of(client.get(page, {"kjent": "2026-01-31"}))


@pytest.mark.parametrize(
    "given, message",
    [
        ({"kjent": "31.02.2025"}, "Skriv en dato, for eksempel 31.12.2025."),
        ({"kjent": "2199-01-01"}, "Velg en dag som har vært."),
        ({"fra": "en gang"}, "Skriv en periode, for eksempel mars 2025 eller 2025."),
        ({"fra": "2013", "til": "2012"}, "Til er før fra."),
        ({"fra": "\x00"}, "Skriv en periode, for eksempel mars 2025 eller 2025."),
    ],
)
def test_a_choice_that_cannot_be_read_gets_a_word_and_the_rest_of_the_page(office, share, sign_in, given, message):
    response = sign_in(Role.UNIT_LEADER, office).get(PAGE, given)

    assert response.status_code == 200
    words = text_of(response)
    assert message in words
    assert "86,2 %" in words


@pytest.mark.parametrize(
    "given, months", [({"vis": "12"}, 12), ({"vis": "alt"}, 25), ({"fra": "mars 2013", "til": "K2 2013"}, 4), ({}, 25)]
)
def test_the_stretch_of_time_is_the_readers_choice_and_the_limits_are_not(office, share, sign_in, given, months):
    response = sign_in(Role.UNIT_LEADER, office).get(PAGE, given)

    assert len(trace(figure_in(response), "Resultat")["x"]) == months
    assert "83,8–100 %" in text_of(response)


def test_the_figures_can_be_read_against_the_target_from_above(district, office, share, sign_in):
    TargetFactory(indicator=share, unit=district, valid_from=date(2012, 1, 1), value=Decimal(85), yellow_limit=Decimal(80))
    client = sign_in(Role.UNIT_LEADER, office)
    assert "Mål: minst 95 %." in text_of(client.get(PAGE))

    words = text_of(client.get(PAGE, {"mal": "over"}))

    assert "86,2 % Nådd" in words
    assert "Mål: minst 85 %." in words
    assert "Fra Bydel Alna" in words


def test_a_neighbour_in_another_district_finds_nothing(office, share, sign_in):
    stranger = UnitFactory(parent=DistrictFactory())
    client = sign_in(Role.UNIT_LEADER, stranger)
    for path in ("", "2014-01/", "eksport.csv", "merknad/", "grenser/", "avvik/"):
        assert client.get(f"{PAGE}{path}").status_code == 404
    assert sign_in(Role.POLITICIAN, office).get(PAGE).status_code == 404


@pytest.mark.parametrize(
    "path", ["/malekart/999/indikator/saker_to_uker/", "/malekart/301/indikator/finnes_ikke/", f"{PAGE}2099-13/", f"{PAGE}0/"]
)
def test_an_address_that_names_nothing_is_not_found(office, share, sign_in, path):
    assert sign_in(Role.UNIT_LEADER, office).get(path).status_code == 404


def test_a_shielded_figure_is_not_in_the_page_of_those_it_is_not_for(district, office, sick_leave, sign_in):
    other = UnitFactory(parent=district, name="Naboen")
    months = [Period.month(2025, 1).next(number) for number in range(12)]
    record(
        *[rate(sick_leave, office, month, "77.7", "100") for month in months],
        *[rate(sick_leave, other, month, "5", "100") for month in months],
    )
    page = "/malekart/301/indikator/sykefravaer/"
    assert "77,7 %" in text_of(sign_in(Role.UNIT_LEADER, office).get(page))

    client = sign_in(Role.UNIT_LEADER, other)
    response = client.get(page)

    assert response.status_code == 200
    assert "Vises ikke" in text_of(response)
    assert not re.search(r"77[.,]7", response.content.decode())
    assert "/malekart/alna/indikator/sykefravaer/" in response.content.decode()
    assert client.get(f"{page}eksport.csv").status_code == 404
    assert client.get(f"{page}2025-12/").status_code == 404
    above = client.get("/malekart/alna/indikator/sykefravaer/")
    assert "301 NAV Alna" in text_of(above)
    assert not re.search(r"77[.,]7", above.content.decode())


def test_a_unit_without_figures_says_so_and_offers_nothing_that_needs_them(district, share, sign_in):
    empty = UnitFactory(parent=district, code="777", name="Helt ny enhet")
    response = sign_in(Role.UNIT_LEADER, empty).get("/malekart/777/indikator/saker_to_uker/")

    assert "Ingen tall ennå" in text_of(response)
    assert "merknad/" not in response.content.decode()


def test_a_month_reported_as_missing_takes_the_colour_and_leaves_the_figure(office, share, sign_in):
    record(missing(share, office, Period.month(2014, 2)))

    words = text_of(sign_in(Role.UNIT_LEADER, office).get(PAGE))

    assert "Januar 2014 86,2 % Ingen måling" in words
    assert "Februar 2014: mangler. Her står det siste som er målt." in words


def statements(client, path: str) -> int:
    client.get(path)  # the organisation is loaded once per process
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_the_page_asks_the_database_the_same_with_one_unit_or_thirty_below_and_with_one_year_or_ten(db, client, sign_in):
    def cost(children: int, months: int) -> int:
        top = DistrictFactory()
        units = [UnitFactory(parent=top) for _ in range(children)]
        indicator = SickLeaveFactory(window=12)
        first = Period.month(2015, 1)
        record(*[rate(indicator, unit, first.next(month), "10", "100") for unit in units for month in range(months)])
        TargetFactory(indicator=indicator, unit=top, value=Decimal(9), yellow_limit=Decimal(10), valid_from=date(2015, 1, 1))
        return statements(sign_in(Role.DIRECTOR, top), f"/malekart/{top.code}/indikator/{indicator.code}/")

    assert cost(1, 12) == cost(1, 120) == cost(30, 12) <= 25
