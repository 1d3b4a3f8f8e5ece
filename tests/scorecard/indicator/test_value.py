"""One figure: how it adds up, what it is made of, every version."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.periods import Period
from organisation.models import Succession, Unit
from organisation.queries.tree import mark_changed
from organisation.rules.access import Role
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Quality
from scorecard.services.values import Entry
from tests.factories.organisation import UnitFactory
from tests.factories.scorecard import IndicatorFactory, SickLeaveFactory
from tests.pages import text_of
from tests.scorecard.indicator.conftest import counted, missing, rate, record

pytestmark = pytest.mark.django_db
MARCH = Period.month(2026, 3)


def address(unit: Unit, code: str, period: str = "2026-03") -> str:
    return f"/malekart/{unit.code}/indikator/{code}/{period}/"


def test_a_rate_is_the_sum_of_numerators_over_the_sum_of_denominators_and_each_line_leads_on(district, sign_in):
    home, day = UnitFactory(parent=district, code="402", name="Hjemmetjenesten"), UnitFactory(parent=district, code="407", name="Dagsenter")
    silent = UnitFactory(parent=district, code="408", name="Den stille")
    leave = SickLeaveFactory(code="fravaer", window=1)
    record(rate(leave, home, MARCH, "884", "7560"), rate(leave, day, MARCH, "34", "1134"))

    response = sign_in(Role.DIRECTOR, district).get(address(district, "fravaer"))

    words = text_of(response)
    assert "918 / 8 694 × 100 = 10,6 %" in words
    assert "402 Hjemmetjenesten 884 7 560 11,7 %" in words
    assert "407 Dagsenter 34 1 134 3,0 %" in words
    assert "408 Den stille – Ikke målt" in words
    assert "Sum 918 8 694 10,6 %" in words
    assert "2 av 3 enheter" in words
    body = response.content.decode()
    assert address(home, "fravaer") in body
    assert address(silent, "fravaer") not in body


def test_a_unit_to_which_it_does_not_apply_adds_nothing_and_says_so(district, sign_in):
    home, day = UnitFactory(parent=district), UnitFactory(parent=district, code="502", name="Sentralen")
    leave = SickLeaveFactory(code="fravaer", window=1)
    record(rate(leave, home, MARCH, "10", "100"), Entry(leave, day, MARCH, quality=Quality.NOT_RELEVANT))

    words = text_of(sign_in(Role.DIRECTOR, district).get(address(district, "fravaer")))

    assert "502 Sentralen – Ikke målt – Ikke målt Ikke relevant" in words
    assert "1 av 1 enheter" in words


def test_a_mean_of_units_says_that_it_is_not_weighted(district, sign_in):
    a, b = UnitFactory(parent=district), UnitFactory(parent=district)
    indicator = counted(code="antall")
    record(*[Entry(indicator, unit, MARCH, value=Decimal(value)) for unit, value in ((a, 10), (b, 20))])

    assert "Summen 30 delt på 2 tall = 15. Snittet er uvektet." in text_of(
        sign_in(Role.DIRECTOR, district).get(address(district, "antall"))
    )


def test_an_own_figure_stands_beside_what_the_units_below_come_to(district, sign_in):
    below = UnitFactory(parent=district)
    score = IndicatorFactory(code="tilfreds", rollup=Method.POOLED)
    year = Period.of_year(2025)
    record(Entry(score, below, year, value=Decimal("4.2"), denominator=Decimal(40)))
    record(Entry(score, district, year, value=Decimal("4.9"), denominator=Decimal(900)))

    words = text_of(sign_in(Role.DIRECTOR, district).get(address(district, "tilfreds", "2025")))

    assert "Bydel Alna har sitt eget tall, og det er dette som gjelder." in words
    assert "168 / 40 = 4,2" in words


def test_the_months_that_are_shown_together_are_listed(district, office, sick_leave, sign_in):
    months = [Period.month(2025, 4).next(number) for number in range(12)]
    record(*[rate(sick_leave, office, month, str(10 + number), "200") for number, month in enumerate(months)])

    words = text_of(sign_in(Role.UNIT_LEADER, office).get(address(office, "sykefravaer")))

    assert "Mars 2026, 12 perioder samlet 7,8 %" in words  # 186 of 2 400
    assert "Mars 2026 for seg 10,5 %" in words
    assert "april 2025 10 200 5,0 %" in words


def test_every_version_says_what_differs_who_and_why(office, share, sign_in):
    last = Period.month(2014, 1)
    later = datetime(2014, 2, 4, 8, 10, tzinfo=UTC)
    record(Entry(share, office, last, value=Decimal("86.4"), quality=Quality.ESTIMATE, reason="Desimalen var feil."), now=later)

    words = text_of(sign_in(Role.UNIT_LEADER, office).get(address(office, share.code, "2014-01")))

    assert "Versjon 2: ca. 86,4 4. februar 2014 kl. 09.10, Alna, uten en person. Grunn: Desimalen var feil." in words
    assert "Verdi: 86,2 → 86,4" in words
    assert "Kvalitet: Endelig → Anslag" in words
    assert "Versjon 1: 86,2 3. februar 2014 kl. 10.42" in words


def test_the_source_is_told_to_the_row_and_the_letter(office, share, sign_in):
    words = text_of(sign_in(Role.UNIT_LEADER, office).get(address(office, share.code, "2014-01")))

    assert "Kom fra Lest fra fil Fil andel.csv Rad rad 26 Verdi i kilden 86.2" in words


def test_the_history_of_a_merged_unit_names_those_it_was_made_of(district, sign_in):
    first, second = UnitFactory(parent=district, name="Furuset"), UnitFactory(parent=district, name="Gran")
    merged = UnitFactory(parent=district, code="108", valid_from=date(2026, 7, 1))
    for before in (first, second):
        Succession.objects.create(predecessor=before, successor=merged, on=date(2026, 7, 1))
        before.valid_to = date(2026, 6, 30)
        before.save()
    mark_changed()
    leave = SickLeaveFactory(code="fravaer", window=1)
    record(rate(leave, first, MARCH, "10", "100"), rate(leave, second, MARCH, "30", "300"))

    words = text_of(sign_in(Role.DIRECTOR, district).get(address(merged, "fravaer")))

    assert "Omregnet: enheten fantes ikke da. Tallet er lagt sammen fra Furuset, Gran." in words
    assert "40 / 400 × 100 = 10,0 %" in words


def test_a_shielded_unit_is_not_told_by_the_sum_and_the_others(district, sign_in):
    mine, other = UnitFactory(parent=district), UnitFactory(parent=district)
    leave = SickLeaveFactory(code="fravaer", window=1)
    record(rate(leave, mine, MARCH, "11", "100"), rate(leave, other, MARCH, "66.6", "100"))
    page = address(district, "fravaer")
    assert "66,6" in text_of(sign_in(Role.DIRECTOR, district).get(page))

    words = text_of(sign_in(Role.UNIT_LEADER, mine).get(page))

    assert "66,6" not in words
    assert words.count("Vises ikke") == 6
    assert "Sum 77,6 200" in words


def test_a_month_without_a_row_is_not_found_and_one_reported_missing_is(office, share, sign_in):
    client = sign_in(Role.UNIT_LEADER, office)
    assert client.get(address(office, share.code, "2014-02")).status_code == 404

    record(missing(share, office, Period.month(2014, 2)))

    assert "– Mangler" in text_of(client.get(address(office, share.code, "2014-02")))


def test_only_those_who_enter_figures_are_offered_to_correct_them(district, office, share, sign_in):
    page = address(office, share.code, "2014-01")
    assert "rediger/" in sign_in(Role.UNIT_LEADER, office).get(page).content.decode()
    assert "rediger/" not in sign_in(Role.DIRECTOR, district).get(page).content.decode()


def test_the_page_asks_the_database_the_same_with_one_unit_below_and_with_thirty(district, sign_in):
    def cost(children: int) -> int:
        top = UnitFactory(parent=district)
        indicator = SickLeaveFactory(window=1)
        record(*[rate(indicator, UnitFactory(parent=top), MARCH, "10", "100") for _ in range(children)])
        client, page = sign_in(Role.DIRECTOR, district), address(top, indicator.code)
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    assert cost(1) == cost(30) <= 25
