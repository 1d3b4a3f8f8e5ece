"""A finished year is judged once it is delivered, and again when it is corrected."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from organisation.models import AuditEntry, Unit
from organisation.queries import tree
from reporting.models import Balance, ForecastAccuracy
from reporting.queries.accuracy import remembered
from reporting.queries.trials import trials_of
from reporting.rules.accuracy import Method
from reporting.rules.kinds import ReportState
from reporting.services.accuracy import compute_due, compute_year
from tests.factories.organisation import DistrictFactory, UnitFactory
from tests.factories.reporting import BalanceFactory, DeliveryFactory, MonthlyReportFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 20, 6, 0, tzinfo=UTC)
BUDGET = Decimal(68_000_000)


def year_of(unit, district, *, year=2026, forecast=Decimal(69_500_000), result=Decimal(69_000_000), months=range(1, 13)):
    """A year with the same pace in every month, and the same forecast."""
    for month in months:
        share = Decimal(month) / 12
        BalanceFactory(
            unit=unit, district=district, month=date(year, month, 1), revised=BUDGET, budget=BUDGET * share, actual=result * share
        )
        if month < 12 and forecast is not None:
            MonthlyReportFactory(unit=unit, month=date(year, month, 1), forecast=forecast, state=ReportState.LOCKED)


def december(district, *, year=2026, number=12, at=NOW):
    return DeliveryFactory(district=district, year=year, number=number, delivered_at=at)


@pytest.fixture
def district():
    return DistrictFactory()


@pytest.fixture
def unit(district):
    return UnitFactory(parent=district, code="402")


def rows_of(unit, year=2026):
    return {row.method: row for row in ForecastAccuracy.objects.filter(unit=unit, year=year)}


def test_bias_and_error_of_every_method(district, unit):
    year_of(unit, district)
    december(district)
    compute_year(district=district, year=2026, actor=None, now=NOW)
    rows = rows_of(unit)
    assert (rows["leader"].months, rows["leader"].bias, rows["leader"].error) == (11, Decimal(500_000), Decimal(500_000))
    assert rows["leader"].percent == Decimal("0.74")
    # The same pace all year: B is right in every month, and A takes the variance to date for the whole.
    assert rows["same_pace"].error == 0
    assert rows["no_more"].bias == -Decimal("500000.00")
    # No year before: no «som i fjor».
    assert "last_year" not in rows
    assert rows["combined"].error < rows["no_more"].error


def test_last_year_is_used_where_it_is_known(district, unit):
    year_of(unit, district, year=2025, forecast=None)
    year_of(unit, district)
    december(district, year=2025)
    december(district)
    compute_year(district=district, year=2026, actor=None, now=NOW)
    assert rows_of(unit)["last_year"].error == 0


def test_a_forecast_nobody_stood_behind_is_not_judged(district, unit):
    year_of(unit, district, forecast=None)
    for month in range(1, 7):
        MonthlyReportFactory(unit=unit, month=date(2026, month, 1), state=ReportState.BEGUN)
    for month in range(7, 12):
        MonthlyReportFactory(unit=unit, month=date(2026, month, 1), state=ReportState.LOCKED, is_unconfirmed=True)
    december(district)
    compute_year(district=district, year=2026, actor=None, now=NOW)
    assert "leader" not in rows_of(unit)


def test_earmarked_money_and_what_nobody_owns_stay_out(district, unit):
    year_of(unit, district)
    for month in range(1, 13):
        BalanceFactory(unit=unit, district=district, month=date(2026, month, 1), earmarked=True, actual=Decimal(9_000_000))
        BalanceFactory(unit=None, district=district, month=date(2026, month, 1), actual=Decimal(9_000_000))
    december(district)
    compute_year(district=district, year=2026, actor=None, now=NOW)
    assert rows_of(unit)["leader"].bias == Decimal(500_000)


def test_the_neighbouring_district_is_not_judged_with_it(district, unit):
    other = DistrictFactory()
    neighbour = UnitFactory(parent=other)
    for owner, place in ((unit, district), (neighbour, other)):
        year_of(owner, place)
    december(district)
    compute_year(district=district, year=2026, actor=None, now=NOW)
    assert not rows_of(neighbour)


def test_a_unit_is_judged_with_what_its_departments_spend_and_only_it(district, unit):
    year_of(unit, district, result=Decimal(0))
    department = UnitFactory(parent=unit, code="402-1", kind=Unit.Kind.SUB_UNIT)
    year_of(department, district, forecast=None)
    december(district)
    assert compute_due(now=NOW + timedelta(hours=1)) == 1
    assert rows_of(unit)[Method.LEADER].bias == Decimal(500_000)
    assert not rows_of(department)
    # It is as good the next night.
    assert compute_due(now=NOW + timedelta(days=1)) == 0
    assert rows_of(unit)


def test_two_months_are_chance(district, unit):
    year_of(unit, district, months=(1, 2, 12))
    december(district)
    assert compute_year(district=district, year=2026, actor=None, now=NOW) == 0


def test_an_unfinished_year_is_not_judged(district, unit):
    year_of(unit, district)
    december(district, number=11)
    assert compute_year(district=district, year=2026, actor=None, now=NOW) == 0
    assert compute_due(now=NOW) == 0


def test_due_once_and_again_when_the_year_is_closed(district, unit):
    year_of(unit, district)
    december(district)
    assert compute_due(now=NOW + timedelta(hours=1)) == 1
    assert compute_due(now=NOW + timedelta(hours=2)) == 0
    assert AuditEntry.objects.filter(action="accuracy.computed").count() == 1
    december(district, number=13, at=NOW + timedelta(days=5))
    assert compute_due(now=NOW + timedelta(days=6)) == 1
    # The same figures: nothing to tell.
    assert AuditEntry.objects.filter(action="accuracy.computed").count() == 1


def test_a_rolled_back_december_takes_the_judgement_with_it(district, unit):
    year_of(unit, district)
    delivery = december(district)
    compute_due(now=NOW + timedelta(hours=1))
    delivery.is_current = False
    delivery.save()
    assert rows_of(unit)
    Balance.objects.filter(month=date(2026, 12, 1)).delete()
    assert compute_due(now=NOW + timedelta(hours=2)) == 0
    assert not rows_of(unit)


def test_the_same_number_of_statements_for_one_unit_and_for_thirty(district, unit, django_assert_num_queries):
    year_of(unit, district)
    tree.history()
    # The third asks whether the organisation is another.
    with django_assert_num_queries(3):
        assert len(trials_of(district_id=district.pk, years=[2026])) == 11
    for _each in range(5):
        year_of(UnitFactory(parent=district), district)
    tree.history()
    with django_assert_num_queries(3):
        assert len(trials_of(district_id=district.pk, years=[2026])) == 66


def test_the_leader_reads_it_beside_the_next_forecast(district, unit, django_assert_num_queries):
    year_of(unit, district, forecast=Decimal(69_344_000))
    december(district)
    compute_due(now=NOW + timedelta(hours=1))
    with django_assert_num_queries(1):
        told = remembered(unit_id=unit.pk, year=2027)
    assert told.sentence == "I fjor lå prognosene i snitt 340\u00a0000\u00a0kr for høyt."
    assert told.best == "«B Samme takt» traff best: i snitt 0\u00a0kr unna."
    assert [row.method for row in told.rows] == [Method.LEADER, Method.NO_MORE, Method.SAME_PACE, Method.COMBINED]
    assert remembered(unit_id=unit.pk, year=2026) is None


@pytest.mark.parametrize(
    "forecasts, sentence",
    [
        ((69_200_000,), "I fjor traff prognosene godt: i snitt 200\u00a0000\u00a0kr unna."),
        ((70_000_000,), "I fjor lå prognosene i snitt 1\u00a0000\u00a0000\u00a0kr for høyt."),
        ((68_000_000,), "I fjor lå prognosene i snitt 1\u00a0000\u00a0000\u00a0kr for lavt."),
        ((70_000_000, 68_000_000), "I fjor bommet prognosene i snitt med 1\u00a0000\u00a0000\u00a0kr, både over og under."),
    ],
)
def test_the_bias_is_told_in_words(district, unit, forecasts, sentence):
    year_of(unit, district, forecast=None)
    for month in range(1, 9):
        said = Decimal(forecasts[month % len(forecasts)])
        MonthlyReportFactory(unit=unit, month=date(2026, month, 1), forecast=said, state=ReportState.LOCKED)
    december(district)
    compute_due(now=NOW + timedelta(hours=1))
    assert remembered(unit_id=unit.pk, year=2027).sentence == sentence
