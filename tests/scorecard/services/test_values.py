"""Recording figures: what is refused and why, all or nothing, versions, and the trail that is left."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from common.periods import Period
from organisation.models import AuditEntry
from scorecard.models import Measurement, PeriodValue
from scorecard.rules.lifecycle import State
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Quality
from scorecard.rules.values import Problem
from scorecard.services.values import Entry, Recorded, Source, ValuesRefused, record_values
from tests.factories.organisation import DistrictFactory, UnitFactory, UserFactory
from tests.factories.scorecard import IndicatorFactory, ScorecardFactory, SickLeaveFactory

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


REFUSED = [
    ("score", {"period": Period.of_year(2026), "value": "4.5"}, Problem.PERIOD_NOT_OVER),
    ("score", {"period": Period.of_year(2026), "value": "4.5", "quality": Quality.PRELIMINARY}, Problem.PERIOD_NOT_OVER),
    ("score", {"period": SEPTEMBER, "value": "4.5"}, Problem.WRONG_PERIOD_KIND),
    ("score", {"period": Period.of_year(2003), "value": "4.5"}, Problem.OUTSIDE_UNIT_LIFE),
    ("score", {}, Problem.VALUE_MISSING),
    ("score", {"value": "0.9"}, Problem.BELOW_SCALE),
    ("score", {"value": "6.1"}, Problem.ABOVE_SCALE),
    ("score", {"value": "4.5", "denominator": "-1"}, Problem.DENOMINATOR_NEGATIVE),
    ("score", {"value": "4.1234567"}, Problem.TOO_MANY_DIGITS),
    ("score", {"value": "4.5", "stated": "9999999999999"}, Problem.TOO_MANY_DIGITS),
    ("score", {"quality": Quality.MISSING, "stated": "9999999999999"}, Problem.TOO_MANY_DIGITS),
    ("count", {"period": SEPTEMBER, "value": "1000000000000"}, Problem.TOO_MANY_DIGITS),
    ("count", {"period": SEPTEMBER, "value": "1.00000000000000000000000000001"}, Problem.TOO_MANY_DIGITS),
    ("leave", {"period": SEPTEMBER, "value": "10.5"}, Problem.PARTS_MISSING),
    ("leave", {"period": SEPTEMBER, "numerator": "10"}, Problem.PARTS_MISSING),
    ("leave", {"period": SEPTEMBER, "numerator": "10", "denominator": "0"}, Problem.DENOMINATOR_ZERO),
    ("leave", {"period": SEPTEMBER, "numerator": "10", "denominator": "-5"}, Problem.DENOMINATOR_NEGATIVE),
    ("leave", {"period": SEPTEMBER, "numerator": "110", "denominator": "100"}, Problem.ABOVE_SCALE),
]


def entry_of(indicator, unit, period=YEAR, quality=Quality.FINAL, **figures):
    return Entry(indicator, unit, period, quality=quality, **{name: Decimal(text) for name, text in figures.items()})


@pytest.mark.parametrize("which, facts, problem", REFUSED)
def test_what_is_wrong_is_said_and_nothing_is_recorded(request, unit, which, facts, problem):
    entry = entry_of(request.getfixturevalue(which), unit, **facts)

    assert refused(entry) == [(0, problem)]
    assert not Measurement.objects.exists()


ACCEPTED = [
    ("score", {"value": "1"}),
    ("score", {"value": "6"}),
    ("score", {"period": Period.of_year(2004), "value": "4.5"}),
    ("score", {"period": Period.of_year(2026), "value": "4.5", "quality": Quality.ESTIMATE}),
    ("score", {"period": Period.of_year(2026), "quality": Quality.NOT_RELEVANT}),
    ("score", {"value": "4.123456"}),
    ("count", {"period": SEPTEMBER, "value": "999999999999"}),
    ("count", {"period": SEPTEMBER, "value": "0"}),
    ("count", {"period": YEAR, "value": "12"}),
    ("leave", {"period": SEPTEMBER, "numerator": "0", "denominator": "100"}),
    ("leave", {"period": YEAR, "value": "10.5"}),
]


@pytest.mark.parametrize("which, facts", ACCEPTED)
def test_the_ends_of_every_limit_are_let_in(request, unit, which, facts):
    assert record(entry_of(request.getfixturevalue(which), unit, **facts)) == Recorded(1, 0, 0)


def test_a_calculated_figure_is_not_entered(unit):
    indicator = IndicatorFactory(formula="[a] / [b]")

    assert refused(entry_of(indicator, unit, value="4.5")) == [(0, Problem.IS_CALCULATED)]


def test_a_retired_indicator_keeps_the_periods_before_its_end(unit):
    indicator = IndicatorFactory(retired_on=date(2025, 1, 1))

    assert record(entry_of(indicator, unit, value="4.5")) == Recorded(1, 0, 0)
    indicator = IndicatorFactory(retired_on=date(2024, 12, 31))
    assert refused(entry_of(indicator, unit, value="4.5")) == [(0, Problem.INDICATOR_RETIRED)]


def test_a_unit_that_has_ended_takes_figures_until_its_last_day(score):
    unit = UnitFactory(parent=DistrictFactory(), valid_to=date(2025, 1, 1))
    assert record(entry_of(score, unit, value="4.5")) == Recorded(1, 0, 0)

    unit = UnitFactory(parent=DistrictFactory(), valid_to=date(2024, 12, 31))
    assert refused(entry_of(score, unit, value="4.5")) == [(0, Problem.OUTSIDE_UNIT_LIFE)]


def test_a_source_may_have_printed_the_rate_alone_and_it_may_go_on_standing(unit, leave):
    seed = Source(origin=Measurement.Origin.SEED, checks_versions=False)
    record(Entry(leave, unit, SEPTEMBER, value=Decimal(85)), source=seed)

    noted = Entry(leave, unit, SEPTEMBER, value=Decimal(85), note="Fra rapporten", version=1, reason="Merknad")
    assert record(noted) == Recorded(0, 1, 0)
    assert refused(replace(noted, value=Decimal(86), version=2)) == [(0, Problem.PARTS_MISSING)]


def test_all_is_recorded_or_nothing(unit, score):
    other = IndicatorFactory()

    assert refused(entry_of(score, unit, value="4.5"), entry_of(other, unit, value="7")) == [(1, Problem.ABOVE_SCALE)]
    assert not Measurement.objects.exists()
    assert not PeriodValue.objects.exists()
    assert not AuditEntry.objects.filter(action="values.recorded").exists()


def test_every_problem_of_every_entry_comes_back_not_the_first(unit, score):
    two_wrong = entry_of(score, unit, period=Period.month(2003, 1), value="7")

    assert refused(entry_of(score, unit, value="0"), two_wrong) == [
        (0, Problem.BELOW_SCALE),
        (1, Problem.WRONG_PERIOD_KIND),
        (1, Problem.OUTSIDE_UNIT_LIFE),
        (1, Problem.ABOVE_SCALE),
    ]


def test_the_same_figure_twice_in_one_recording_is_refused(unit, score):
    entry = entry_of(score, unit, value="4.5")

    assert refused(entry, replace(entry, value=Decimal("4.6"))) == [(1, Problem.TWICE)]


def test_the_second_of_two_people_is_refused_and_may_save_after_seeing_it(unit, score):
    first = entry_of(score, unit, value="4.5")
    record(first)

    second = replace(first, value=Decimal("4.6"), reason="Talt på nytt")
    assert refused(second) == [(0, Problem.STALE)]
    assert record(replace(second, version=1)) == Recorded(0, 1, 0)
    assert refused(replace(second, value=Decimal("4.7"), version=1)) == [(0, Problem.STALE)]
    elsewhere = UnitFactory(parent=DistrictFactory())
    assert refused(replace(first, unit=elsewhere, version=3)) == [(0, Problem.STALE)], "what was seen is gone"


def test_the_same_form_sent_twice_changes_nothing_twice(unit, score):
    entry = entry_of(score, unit, value="4.5")
    record(entry)

    assert record(entry) == Recorded(0, 0, 1)
    assert Measurement.objects.get().version == 1
    assert AuditEntry.objects.filter(action="values.recorded").count() == 1


def test_a_correction_keeps_the_earlier_version_and_its_reason(unit, score):
    first, second = UserFactory(), UserFactory()
    record(replace(entry_of(score, unit, value="4.5"), note="Første"), actor=first)
    record(replace(entry_of(score, unit, value="4.6"), version=1, reason="Talt på nytt"), actor=second)

    row = Measurement.objects.get()
    assert (row.value, row.version, row.reason, row.recorded_by, row.note) == (Decimal("4.6"), 2, "Talt på nytt", second, "")
    newest, oldest = row.history.order_by("-version")
    assert (oldest.value, oldest.version, oldest.note, oldest.recorded_by, oldest.history_type) == (Decimal("4.5"), 1, "Første", first, "+")
    assert (newest.value, newest.reason, newest.history_user, newest.history_type) == (Decimal("4.6"), "Talt på nytt", second, "~")
    assert newest.history_date == NOW


SETTLED = [
    (Quality.FINAL, [Problem.REASON_MISSING]),
    (Quality.ESTIMATE, [Problem.REASON_MISSING]),
    (Quality.PRELIMINARY, []),
    (Quality.MISSING, []),
]


@pytest.mark.parametrize("quality, problems", SETTLED)
def test_only_a_settled_figure_asks_why_it_is_changed(unit, score, quality, problems):
    record(entry_of(score, unit, quality=quality, **({"value": "4.5"} if quality.has_figure else {})))
    change = replace(entry_of(score, unit, value="4.6"), version=1)

    if problems:
        assert refused(change) == [(0, problem) for problem in problems]
        assert refused(replace(change, reason="  ")) == [(0, problem) for problem in problems]
    assert record(replace(change, reason="Talt på nytt")) == Recorded(0, 1, 0)


def test_a_locked_year_takes_nothing_without_a_reason_and_a_correction_becomes_a_version(unit, score):
    district = DistrictFactory()
    below = UnitFactory(parent=district)
    ScorecardFactory(unit=district, year=2025, state=State.LOCKED)
    entry = entry_of(score, below, value="4.5")

    assert refused(entry) == [(0, Problem.YEAR_LOCKED)]
    record(replace(entry, reason="Kom etter fristen"))
    change = replace(entry, value=Decimal("4.6"), version=1)
    assert refused(change) == [(0, Problem.YEAR_LOCKED)]
    assert record(replace(change, reason="Feil i telling")) == Recorded(0, 1, 0)
    assert list(Measurement.objects.get().history.order_by("version").values_list("value", "reason")) == [
        (Decimal("4.5"), "Kom etter fristen"),
        (Decimal("4.6"), "Feil i telling"),
    ]
    assert record(entry_of(score, unit, value="4.5")) == Recorded(1, 0, 0), "another district's year is open"


def test_a_file_knows_no_versions_and_gives_no_reasons(unit, score):
    file = Source(origin=Measurement.Origin.FILE, name="tall.csv", checks_versions=False, asks_reason=False)
    record(entry_of(score, unit, value="4.5"))

    assert record(replace(entry_of(score, unit, value="4.6"), source_place="rad 3"), source=file) == Recorded(0, 1, 0)
    row = Measurement.objects.get()
    assert (row.origin, row.source_name, row.source_place, row.version) == ("file", "tall.csv", "rad 3", 2)
