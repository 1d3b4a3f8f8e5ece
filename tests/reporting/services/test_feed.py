"""The month's figures become measurements: the right parts, the right quality, and what no file says goes again."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from common.periods import Period, PeriodKind
from organisation.models import Unit
from reporting.models import FigureFeed, MonthlyReport, SickLeaveMonth
from reporting.rules.kinds import DeliveryKind, FeedKind, ReportState
from reporting.services.feed import month_changed, report_approved
from scorecard.models import Indicator, Measurement, PeriodValue
from scorecard.rules.lifecycle import State
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Direction, Quality
from tests.factories.organisation import DistrictFactory, UnitFactory
from tests.factories.reporting import BalanceFactory, DeliveryFactory, MonthlyReportFactory, SickLeaveMonthFactory
from tests.factories.scorecard import IndicatorFactory, ScorecardFactory, SickLeaveFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)
LATER = datetime(2026, 10, 9, 6, 0, tzinfo=UTC)
TODAY = date(2026, 10, 9)
CODES = {
    FeedKind.FORECAST_RESULT: "okonomisk_resultat",
    FeedKind.SPENT_TO_DATE: "forbruk_hittil",
    FeedKind.SICK_LEAVE: "sykefravaer",
}
AUGUST, SEPTEMBER, DECEMBER = date(2026, 8, 1), date(2026, 9, 1), date(2025, 12, 1)


@pytest.fixture
def district():
    return DistrictFactory()


@pytest.fixture
def unit(district):
    return UnitFactory(parent=district, code="402")


def percent(code):
    return IndicatorFactory(
        code=code,
        measure=Indicator.Measure.PERCENT,
        direction=Direction.LOWER,
        rollup=Method.RATIO,
        factor=Decimal(100),
        frequency=PeriodKind.MONTH,
        scale_min=None,
        scale_max=None,
        score_floor=None,
    )


@pytest.fixture(autouse=True)
def feeds():
    found = {kind: percent(code) for kind, code in CODES.items() if kind is not FeedKind.SICK_LEAVE}
    found[FeedKind.SICK_LEAVE] = SickLeaveFactory(code=CODES[FeedKind.SICK_LEAVE])
    for kind, indicator in found.items():
        FigureFeed.objects.create(kind=kind, indicator=indicator)


def changed(district: Unit, *kinds: FeedKind, month: date = SEPTEMBER, delivery=None, now: datetime = NOW) -> None:
    month_changed(district=district, month=month, kinds=kinds, delivery=delivery, actor=None, now=now, today=TODAY)


def measured(kind: FeedKind, unit: Unit, month: date = SEPTEMBER) -> Measurement:
    return Measurement.objects.get(indicator__code=CODES[kind], unit=unit, period_start=month)


def test_what_is_spent_is_ordinary_operation_alone_in_thousands(district, unit):
    delivery = DeliveryFactory(district=district)
    BalanceFactory(unit=unit, budget=Decimal("40660000.50"), actual=Decimal("42130000.25"))
    BalanceFactory(unit=unit, group="fastlonn", budget=Decimal(10_000_000), actual=Decimal(10_000_000))
    BalanceFactory(unit=unit, group="tilskudd", earmarked=True, budget=Decimal(1_200_000), actual=Decimal(860_000))

    changed(district, FeedKind.SPENT_TO_DATE, delivery=delivery)

    row = measured(FeedKind.SPENT_TO_DATE, unit)
    assert (row.numerator, row.denominator) == (Decimal("52130.00025"), Decimal("50660.0005"))
    assert (row.quality, row.origin, row.source_name) == (Quality.FINAL, "file", delivery.file_name)


def test_the_forecast_is_the_reports_and_waits_for_approval(district, unit):
    BalanceFactory(unit=unit)
    report = MonthlyReportFactory(unit=unit)
    changed(district, FeedKind.FORECAST_RESULT, delivery=DeliveryFactory(district=district))

    row = measured(FeedKind.FORECAST_RESULT, unit)
    assert (row.numerator, row.denominator, row.quality) == (69500, 68000, Quality.PRELIMINARY)
    assert (row.origin, row.source_name, row.source_place) == ("report", "Månedsrapport", "2026-09")

    MonthlyReport.objects.update(state=ReportState.APPROVED)
    report.refresh_from_db()
    report_approved(reports=[report], actor=None, now=LATER, today=TODAY)

    row.refresh_from_db()
    assert (row.numerator, row.quality, row.version) == (69500, Quality.FINAL, 2)


@pytest.mark.parametrize("state,expected", [(ReportState.BEGUN, 69300), (ReportState.RETURNED, 69500)])
def test_a_draft_counts_for_nobody_and_last_months_forecast_stands(district, unit, state, expected):
    BalanceFactory(unit=unit)
    MonthlyReportFactory(unit=unit, month=AUGUST, state=ReportState.LOCKED, forecast=Decimal(69_300_000))
    MonthlyReportFactory(unit=unit, state=state)

    changed(district, FeedKind.FORECAST_RESULT)

    row = measured(FeedKind.FORECAST_RESULT, unit)
    assert (row.numerator, row.quality) == (expected, Quality.PRELIMINARY)


def test_last_years_forecast_is_no_forecast_of_this_year(district, unit):
    BalanceFactory(unit=unit)
    MonthlyReportFactory(unit=unit, month=DECEMBER, state=ReportState.LOCKED)

    changed(district, FeedKind.FORECAST_RESULT)

    assert not Measurement.objects.exists()


def test_when_the_year_is_over_it_is_what_was_spent(district, unit):
    BalanceFactory(unit=unit, month=DECEMBER, revised=Decimal(68_000_000), actual=Decimal(67_350_000))
    MonthlyReportFactory(unit=unit, month=date(2025, 11, 1), state=ReportState.LOCKED, forecast=Decimal(66_900_000))
    delivery = DeliveryFactory(district=district, year=2025, number=12)
    changed(district, FeedKind.FORECAST_RESULT, month=DECEMBER, delivery=delivery)
    row = measured(FeedKind.FORECAST_RESULT, unit, DECEMBER)
    assert (row.numerator, row.quality) == (67350, Quality.PRELIMINARY)

    closing = DeliveryFactory(district=district, year=2025, number=13)
    changed(district, FeedKind.FORECAST_RESULT, month=DECEMBER, delivery=closing, now=LATER)

    row.refresh_from_db()
    assert (row.quality, row.source_name) == (Quality.FINAL, closing.file_name)


def test_a_budget_of_nothing_gives_no_figure(district, unit):
    BalanceFactory(unit=unit, budget=Decimal(0), revised=None)

    changed(district, FeedKind.SPENT_TO_DATE, FeedKind.FORECAST_RESULT)

    assert not Measurement.objects.exists()


def test_sick_leave_is_preliminary_until_the_next_file(district, unit):
    august = DeliveryFactory(district=district, kind=DeliveryKind.SICK_LEAVE, number=8)
    SickLeaveMonthFactory(delivery=august, unit=unit, month=AUGUST, row=14)
    changed(district, FeedKind.SICK_LEAVE, month=AUGUST, delivery=august)
    row = measured(FeedKind.SICK_LEAVE, unit, AUGUST)
    assert (row.numerator, row.denominator, row.quality, row.source_place) == (884, 7560, Quality.PRELIMINARY, "rad 14")

    september = DeliveryFactory(district=district, kind=DeliveryKind.SICK_LEAVE)
    SickLeaveMonthFactory(delivery=september, unit=unit)
    changed(district, FeedKind.SICK_LEAVE, delivery=september, now=LATER)

    assert [measured(FeedKind.SICK_LEAVE, unit, month).quality for month in (AUGUST, SEPTEMBER)] == [Quality.FINAL, Quality.PRELIMINARY]


def test_a_unit_the_file_has_no_days_for_is_missing_and_not_zero(district, unit):
    SickLeaveMonthFactory(delivery__district=district, unit=unit, lost=None)

    changed(district, FeedKind.SICK_LEAVE)

    row = measured(FeedKind.SICK_LEAVE, unit)
    assert (row.value, row.quality) == (None, Quality.MISSING)
    assert row.note


def test_what_no_file_says_any_more_goes_and_the_month_before_is_the_newest_again(district, unit):
    deliveries = {}
    for month in (AUGUST, SEPTEMBER):
        deliveries[month] = DeliveryFactory(district=district, kind=DeliveryKind.SICK_LEAVE, number=month.month)
        SickLeaveMonthFactory(delivery=deliveries[month], unit=unit, month=month)
        changed(district, FeedKind.SICK_LEAVE, month=month, delivery=deliveries[month])
    type(deliveries[SEPTEMBER]).objects.filter(pk=deliveries[SEPTEMBER].pk).update(is_current=False, rolled_back_at=LATER)

    changed(district, FeedKind.SICK_LEAVE, delivery=None, now=LATER)

    assert Measurement.objects.get().period == Period.month(2026, 8)
    assert Measurement.objects.get().quality == Quality.PRELIMINARY
    assert not PeriodValue.objects.filter(period_start=SEPTEMBER).exists()


def test_a_corrected_file_is_a_new_version_with_the_file_as_its_reason(district, unit):
    BalanceFactory(unit=unit)
    changed(district, FeedKind.SPENT_TO_DATE, delivery=DeliveryFactory(district=district, number=8))
    BalanceFactory._meta.model.objects.update(actual=Decimal(52_000_000))
    delivery = DeliveryFactory(district=district, file_name="ny.csv")

    changed(district, FeedKind.SPENT_TO_DATE, delivery=delivery, now=LATER)

    row = measured(FeedKind.SPENT_TO_DATE, unit)
    assert (row.version, row.reason, row.numerator) == (2, "Ny fil: ny.csv", 52000)
    assert [version.reason for version in row.history.order_by("version")] == ["", "Ny fil: ny.csv"]


def test_a_locked_year_and_a_month_that_is_not_over_are_left(district, unit):
    ScorecardFactory(unit=district, year=2025, state=State.LOCKED)
    BalanceFactory(unit=unit, month=DECEMBER)
    BalanceFactory(unit=unit, month=date(2026, 10, 1))

    changed(district, FeedKind.SPENT_TO_DATE, month=DECEMBER)
    changed(district, FeedKind.SPENT_TO_DATE, month=date(2026, 10, 1))

    assert not Measurement.objects.exists()


def test_another_district_is_left_alone(district, unit):
    BalanceFactory(unit=unit)
    other = BalanceFactory()
    changed(other.district, FeedKind.SPENT_TO_DATE)

    changed(district, FeedKind.SPENT_TO_DATE)

    assert {row.unit for row in Measurement.objects.all()} == {unit, other.unit}
    assert SickLeaveMonth.objects.count() == 0


def test_thirty_units_cost_few_statements_and_an_audit_line_each(district, unit, django_assert_max_num_queries):
    for _number in range(30):
        BalanceFactory(unit=UnitFactory(parent=district))

    with django_assert_max_num_queries(70):
        changed(district, FeedKind.SPENT_TO_DATE)

    assert Measurement.objects.count() == 30


def test_a_forecast_nobody_stands_behind_is_preliminary_also_when_its_month_is_locked(district, unit):
    BalanceFactory(unit=unit, district=district, month=SEPTEMBER)
    locked = {"state": ReportState.LOCKED, "submitted_at": None, "is_unconfirmed": True}
    report = MonthlyReportFactory(unit=unit, month=SEPTEMBER, **locked)
    report_approved(reports=[report], actor=None, now=NOW, today=TODAY)
    figure = Measurement.objects.get(indicator__code=CODES[FeedKind.FORECAST_RESULT], unit=unit)
    assert figure.quality == Quality.PRELIMINARY
    # A correction after the lock is somebody's word.
    MonthlyReport.objects.update(is_unconfirmed=False)
    report_approved(reports=[report], actor=None, now=LATER, today=TODAY)
    figure.refresh_from_db()
    assert figure.quality == Quality.FINAL
