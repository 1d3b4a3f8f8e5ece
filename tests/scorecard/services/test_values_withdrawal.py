"""A recording that is taken back leaves the figures, the sums and the pages as they were before it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from common.periods import Period, PeriodKind
from organisation.models import AuditEntry, Unit
from scorecard.models import Cell, Indicator, Measurement, PeriodValue
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Quality
from scorecard.services import derive
from scorecard.services.values import Entry, Source, record_values
from scorecard.services.values_withdrawal import ReasonMissing, TakenBack, take_back
from tests.factories.organisation import DistrictFactory, UnitFactory, UserFactory
from tests.factories.scorecard import IndicatorFactory

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 10, 6, 6, 0, tzinfo=UTC)
SECOND = FIRST + timedelta(days=1)
THIRD = FIRST + timedelta(days=2)
LATER = FIRST + timedelta(days=3)
TODAY = date(2026, 10, 9)
SEPTEMBER, AUGUST = Period.month(2026, 9), Period.month(2026, 8)
WHY = "Feil fil"


def record(
    indicator: Indicator, unit: Unit, period: Period, value: str, now: datetime, name: str = "brukere.csv"
) -> tuple[int, int, Period]:
    entry = Entry(indicator, unit, period, value=Decimal(value), quality=Quality.PRELIMINARY, note=name, source_place="4")
    record_values(entries=[entry], actor=None, source=Source("file", name, False, False), now=now, today=TODAY)
    return entry.key


def derived() -> list[tuple[object, ...]]:
    rows = []
    for model in (PeriodValue, Cell):
        fields = [field.name for field in model._meta.concrete_fields if field.name != "id"]
        rows += sorted(model.objects.values_list(*fields), key=str)
    return rows


@pytest.fixture
def users():
    return IndicatorFactory(rollup=Method.SUM, frequency=PeriodKind.MONTH, scale_min=None, scale_max=None)


@pytest.fixture
def units():
    district = DistrictFactory()
    return UnitFactory(parent=district), UnitFactory(parent=district)


def test_an_earlier_figure_comes_back_as_a_new_version_with_its_own_source(users, units):
    record(users, units[0], SEPTEMBER, "1500", FIRST, "første.csv")
    before = derived()
    place = record(users, units[0], SEPTEMBER, "1512", SECOND, "andre.csv")

    taken = take_back(places=[place], recorded_at=SECOND, reason=WHY, actor=None, now=LATER)

    row = Measurement.objects.get()
    assert taken == TakenBack(1, 0, ())
    assert (row.value, row.source_name, row.note, row.recorded_at) == (Decimal(1500), "første.csv", "første.csv", FIRST)
    assert (row.version, row.reason) == (3, WHY)
    assert [version.value for version in row.history.order_by("version")] == [1500, 1512, 1500]
    assert row.history.order_by("-version").first().history_date == LATER
    assert derived() == before


def test_a_figure_that_was_new_goes_with_its_sums_and_stays_in_the_history(users, units):
    record(users, units[1], AUGUST, "300", FIRST)
    before = derived()
    place = record(users, units[0], SEPTEMBER, "1512", SECOND)

    taken = take_back(places=[place], recorded_at=SECOND, reason=WHY, actor=None, now=LATER)

    assert taken == TakenBack(0, 1, ())
    assert derived() == before
    last = Measurement.history.filter(unit=units[0]).order_by("-history_id").first()
    assert (last.history_type, last.history_date, last.reason, last.value) == ("-", LATER, WHY, Decimal(1512))


def test_the_last_figure_of_all_leaves_nothing_behind(users, units):
    place = record(users, units[0], SEPTEMBER, "1512", FIRST)

    take_back(places=[place], recorded_at=FIRST, reason=WHY, actor=None, now=LATER)

    assert derived() == []


def test_what_somebody_has_recorded_since_is_left(users, units):
    place = record(users, units[0], SEPTEMBER, "1500", FIRST)
    record(users, units[0], SEPTEMBER, "1512", SECOND)
    nowhere = (users.pk, units[1].pk, SEPTEMBER)

    taken = take_back(places=[place, nowhere], recorded_at=FIRST, reason=WHY, actor=None, now=LATER)

    assert taken == TakenBack(0, 0, (place, nowhere))
    assert Measurement.objects.get().value == 1512


def test_two_recordings_are_taken_back_one_after_the_other(users, units):
    record(users, units[0], SEPTEMBER, "1400", FIRST)
    record(users, units[0], SEPTEMBER, "1500", SECOND)
    place = record(users, units[0], SEPTEMBER, "1512", THIRD)

    take_back(places=[place], recorded_at=THIRD, reason=WHY, actor=None, now=LATER)
    take_back(places=[place], recorded_at=SECOND, reason=WHY, actor=None, now=LATER)

    assert Measurement.objects.get().value == 1400


def test_only_the_named_places_are_taken_back(users, units):
    place = record(users, units[0], SEPTEMBER, "1500", FIRST)
    record(users, units[1], SEPTEMBER, "300", FIRST)

    take_back(places=[place], recorded_at=FIRST, reason=WHY, actor=None, now=LATER)

    assert Measurement.objects.get().unit == units[1]


def test_what_is_left_equals_a_rebuild(users, units):
    formula = IndicatorFactory(formula=f"[{users.code}] * 2", rollup=Method.NONE, frequency=PeriodKind.MONTH)
    record(users, units[1], AUGUST, "300", FIRST)
    place = record(users, units[0], SEPTEMBER, "1512", SECOND)
    assert PeriodValue.objects.filter(indicator=formula, unit=units[0]).exists()

    take_back(places=[place], recorded_at=SECOND, reason=WHY, actor=None, now=LATER)

    assert not PeriodValue.objects.filter(indicator=formula, unit=units[0]).exists()
    kept = derived()
    derive.rebuild()
    assert derived() == kept


def test_it_says_who_did_it_and_why_and_is_refused_without_a_reason(users, units):
    place = record(users, units[0], SEPTEMBER, "1512", FIRST)
    person = UserFactory()
    with pytest.raises(ReasonMissing):
        take_back(places=[place], recorded_at=FIRST, reason=" ", actor=person, now=LATER)

    take_back(places=[place], recorded_at=FIRST, reason=WHY, actor=person, now=LATER)

    line = AuditEntry.objects.get(action="values.taken_back")
    assert (line.actor, line.unit, line.details["reason"]) == (person, units[0], WHY)
    assert Measurement.history.get(history_type="-").history_user == person
