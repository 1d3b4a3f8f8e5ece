"""Recording many figures: sums, statements, the trail that is left, and a check that records nothing."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from common.periods import Period
from organisation.models import AuditEntry
from scorecard.models import Measurement, PeriodValue
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Quality
from scorecard.rules.values import Problem
from scorecard.services.values import Entry, Recorded, Source, ValuesRefused, check_values, completed_value, record_values
from tests.factories.organisation import DistrictFactory, UnitFactory, UserFactory
from tests.factories.scorecard import IndicatorFactory, SickLeaveFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)
TODAY = date(2026, 10, 8)
YEAR = Period.of_year(2025)
SEPTEMBER = Period.month(2026, 9)
TYPED = Source()


def record(*entries: Entry, source: Source = TYPED, actor: object = None) -> Recorded:
    return record_values(entries=entries, actor=actor, source=source, now=NOW, today=TODAY)


def refused(*entries: Entry, source: Source = TYPED) -> list[tuple[int, Problem]]:
    with pytest.raises(ValuesRefused) as caught:
        record(*entries, source=source)
    return [(refusal.entry, refusal.problem) for refusal in caught.value.refusals]


@pytest.fixture
def unit():
    return UnitFactory(parent=DistrictFactory())


@pytest.fixture
def score():
    return IndicatorFactory()


@pytest.fixture
def count():
    return IndicatorFactory(rollup=Method.SUM, scale_min=None, scale_max=None, frequency="month")


@pytest.fixture
def leave():
    return SickLeaveFactory(window=1)


def entry_of(indicator, unit, period=YEAR, quality=Quality.FINAL, **figures):
    return Entry(indicator, unit, period, quality=quality, **{name: Decimal(text) for name, text in figures.items()})


def test_two_units_whose_figures_are_too_large_together_are_refused_and_not_a_failure(count):
    district = DistrictFactory()
    units = [UnitFactory(parent=district) for _ in range(2)]

    entries = [entry_of(count, unit, period=SEPTEMBER, value="999999999999") for unit in units]
    assert refused(*entries) == [(0, Problem.SUM_TOO_LARGE), (1, Problem.SUM_TOO_LARGE)]
    assert not Measurement.objects.exists()


def test_five_hundred_figures_at_once_cost_statements_by_indicator_and_not_by_figure(count):
    district = DistrictFactory()
    units = [UnitFactory(parent=district) for _ in range(10)]
    periods = [Period.month(2026, 8).previous(back) for back in range(50)]

    def statements(periods, value, **facts):
        entries = [replace(entry_of(count, unit, period=period, value=value), **facts) for unit in units for period in periods]
        with CaptureQueriesContext(connection) as queries:
            result = record(*entries)
        return len(queries), result

    few, _ = statements(periods[:1], "3")
    few_again, _ = statements(periods[:1], "4", version=1, reason="Talt på nytt")
    many, first = statements(periods[1:], "3")
    assert first == Recorded(490, 0, 0)
    many_again, second = statements(periods[1:], "4", version=1, reason="Talt på nytt")
    assert second == Recorded(0, 490, 0)
    # Rows, their history and their sums are written in batches of about fifty.
    assert many - few < 40, (few, many)
    assert many_again - few_again < 60, (few_again, many_again)
    assert PeriodValue.objects.get(unit=district, period_start=periods[5].start).value == Decimal(40)


def test_one_line_per_unit_says_who_recorded_what(unit, score):
    actor = UserFactory()
    other = UnitFactory(parent=DistrictFactory())
    record(entry_of(score, unit, value="4.5"), entry_of(score, other, value="4.6"), actor=actor)

    lines = AuditEntry.objects.filter(action="values.recorded")
    assert {line.unit_id for line in lines} == {unit.pk, other.pk}
    line = lines.get(unit_id=unit.pk)
    assert (line.actor, line.target_id) == (actor, str(unit.pk))
    assert line.details == {"indicators": [score.code], "periods": ["2025"], "figures": 1, "source": "typed", "reasons": []}


def test_a_check_says_what_recording_would_and_records_nothing(unit, score):
    other = IndicatorFactory()
    record(entry_of(score, unit, value="4.5"))
    same, wrong = entry_of(score, unit, value="4.5"), entry_of(other, unit, value="7")

    found = check_values(entries=[same, wrong], source=TYPED, today=TODAY)

    assert [(refusal.entry, refusal.problem) for refusal in found.refusals] == [(1, Problem.ABOVE_SCALE)]
    assert [row.value if row else None for row in found.standing] == [Decimal("4.5"), None]
    assert found.same == {0}
    assert Measurement.objects.count() == 1


def test_the_value_of_a_rate_follows_from_its_parts(unit, leave):
    entry = entry_of(leave, unit, period=SEPTEMBER, numerator="884", denominator="7560")

    assert completed_value(entry) == Decimal("11.693122")
    assert completed_value(replace(entry, quality=Quality.MISSING)) is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_record_at_the_same_moment_wait_for_each_other_and_lose_nothing():
    """The first has written and not yet committed when the second begins: the sums of the unit above hold both."""
    district = DistrictFactory()
    units = [UnitFactory(parent=district) for _ in range(2)]
    indicator = IndicatorFactory(rollup=Method.SUM, frequency="month", scale_min=None, scale_max=None)
    record(entry_of(indicator, district, period=Period.month(2026, 1), value="1"))
    written, outcomes = threading.Event(), []

    def second() -> None:
        written.wait(10)
        try:
            outcomes.append(record(entry_of(indicator, units[1], period=SEPTEMBER, value="7")))
            outcomes.append(refused(entry_of(indicator, units[0], period=SEPTEMBER, value="9")))
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    thread.start()
    with transaction.atomic():
        record(entry_of(indicator, units[0], period=SEPTEMBER, value="5"))
        written.set()
        thread.join(1)
        assert thread.is_alive(), "the second waits"
    thread.join(10)
    assert outcomes == [Recorded(1, 0, 0), [(0, Problem.STALE), (0, Problem.REASON_MISSING)]]
    assert PeriodValue.objects.get(unit=district, period_start=SEPTEMBER.start).value == Decimal(12)
