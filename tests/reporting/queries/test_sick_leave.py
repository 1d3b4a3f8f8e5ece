"""Who sees what of a unit's sick leave, and what the one above may not give away."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from common.periods import Period
from organisation.models import Succession, Unit
from organisation.queries.access import access_of
from organisation.queries.tree import mark_changed
from organisation.rules.access import Role
from reporting.models import Delivery, FigureFeed, SickLeaveShield
from reporting.queries.known import Known
from reporting.queries.sick_leave import SickLeave, sick_leave_of
from reporting.rules.kinds import DeliveryKind, FeedKind
from reporting.rules.sick_leave import Split
from scorecard.rules.statuses import Status
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.reporting import DeliveryFactory, SickLeaveMonthFactory
from tests.factories.scorecard import SickLeaveFactory, TargetFactory

pytestmark = pytest.mark.django_db

SEPTEMBER, TODAY = date(2026, 9, 1), date(2026, 10, 9)
SPLIT = {"self_certified": Decimal(20), "certified": Decimal(64), "short": Decimal(30), "long": Decimal(54)}


@pytest.fixture
def delivery():
    return DeliveryFactory(district=DistrictFactory(), kind=DeliveryKind.SICK_LEAVE)


def unit_with(delivery, *, fte="40", persons=9, contracted="840", lost="84", **fields):
    unit = fields.pop("unit", None) or UnitFactory(parent=delivery.district)
    given = {**SPLIT, **fields}
    SickLeaveMonthFactory(
        delivery=delivery,
        unit=unit,
        fte=Decimal(fte),
        persons_absent=persons,
        contracted=Decimal(contracted),
        lost=Decimal(lost),
        **given,
    )
    return unit


def seen_by(role: Role | None, at: Unit, *units: Unit, month: date = SEPTEMBER) -> dict[int, SickLeave]:
    access = access_of(person(role, at), TODAY) if role else None
    return sick_leave_of(unit_ids=[unit.pk for unit in units], month=month, access=access)


def test_a_neighbour_sees_nothing_of_the_unit_but_the_district_as_a_whole(delivery):
    mine, other = unit_with(delivery), unit_with(delivery)

    found = seen_by(Role.UNIT_LEADER, mine, mine, other, delivery.district)

    assert set(found) == {mine.pk, delivery.district.pk}
    assert found[delivery.district.pk].rate == Decimal(10)
    assert found[delivery.district.pk].split is None


def test_the_leader_sees_the_details_of_a_unit_that_is_large_enough(delivery):
    unit = unit_with(delivery)

    found = seen_by(Role.UNIT_LEADER, unit, unit)[unit.pk]

    assert found.split == Split(*SPLIT.values())
    assert not found.masked


@pytest.mark.parametrize("small", [{"fte": "9.9"}, {"persons": 4}])
def test_nobody_sees_the_details_of_a_small_unit_or_a_month_with_few_away(delivery, small):
    unit = unit_with(delivery, **small)
    unit_with(delivery, fte="90")

    for role, at in ((Role.UNIT_LEADER, unit), (Role.DIRECTOR, delivery.district), (None, unit)):
        found = seen_by(role, at, unit)[unit.pk]
        assert (found.split, found.masked) == (None, True)
        assert found.rate == Decimal(10)


def test_the_limits_are_an_administrators(delivery):
    unit = unit_with(delivery, persons=4)
    SickLeaveShield.objects.create(min_fte=Decimal(10), min_persons=3, valid_from=date(2026, 1, 1))
    SickLeaveShield.objects.create(min_fte=Decimal(99), min_persons=3, valid_from=date(2026, 10, 1))

    assert seen_by(None, unit, unit)[unit.pk].split is not None


def test_one_small_unit_takes_the_smallest_other_with_it_on_every_page(delivery):
    small, next_small, large = unit_with(delivery, fte="8", contracted="160"), unit_with(delivery, contracted="500"), unit_with(delivery)

    together = seen_by(Role.DIRECTOR, delivery.district, small, next_small, large, delivery.district)
    alone = seen_by(Role.UNIT_LEADER, next_small, next_small)

    assert [together[unit.pk].split is None for unit in (small, next_small, large)] == [True, True, False]
    assert together[delivery.district.pk].split is not None
    assert alone[next_small.pk].masked


def test_the_role_without_details_sees_the_rate_alone(delivery):
    unit = unit_with(delivery)

    found = seen_by(Role.SUB_UNIT_LEADER, unit, unit)[unit.pk]

    assert (found.rate, found.split, found.masked) == (Decimal(10), None, False)


def test_twelve_months_are_days_over_days_and_nothing_where_too_many_are_missing(delivery):
    unit = unit_with(delivery, lost="168")
    period = Period.month(2026, 9)
    for back in range(1, 12):
        month = period.previous(back)
        earlier = DeliveryFactory(district=delivery.district, kind=DeliveryKind.SICK_LEAVE, year=month.year, number=month.number)
        SickLeaveMonthFactory(delivery=earlier, unit=unit, month=month.start, contracted=Decimal(840), lost=Decimal(42))

    found = seen_by(None, unit, unit)[unit.pk]

    assert (found.year.lost, found.year.contracted) == (168 + 11 * 42, 12 * 840)
    assert [each.year_rate is None for each in found.trend] == [True] * 9 + [False] * 4
    assert found.same_month_last_year is None
    Delivery.objects.filter(number__in=(5, 6, 7)).update(is_current=False)
    assert seen_by(None, unit, unit)[unit.pk].year.lost == 168 + 8 * 42
    Delivery.objects.filter(number=4).update(is_current=False)
    assert seen_by(None, unit, unit)[unit.pk].year_rate is None


def test_it_is_judged_by_the_target_of_the_indicator_it_becomes(delivery):
    indicator = SickLeaveFactory()
    FigureFeed.objects.create(kind=FeedKind.SICK_LEAVE, indicator=indicator)
    TargetFactory(indicator=indicator, unit=delivery.district, value=Decimal("9.9"), yellow_limit=Decimal("10.9"))
    unit = unit_with(delivery)
    for number in range(1, 13):
        if number != 9:
            year = 2026 if number < 9 else 2025
            earlier = DeliveryFactory(district=delivery.district, kind=DeliveryKind.SICK_LEAVE, year=year, number=number)
            SickLeaveMonthFactory(delivery=earlier, unit=unit, month=date(year, number, 1), contracted=Decimal(840), lost=Decimal(84))

    found = seen_by(None, unit, unit)[unit.pk]

    assert (found.status, found.over_target[0]) == (Status.NEARLY, Decimal("0.1"))


def test_the_number_of_statements_does_not_grow_with_units(delivery, django_assert_num_queries):
    units = [unit_with(delivery) for _number in range(3)]
    seen_by(None, units[0], units[0])
    with django_assert_num_queries(5):
        seen_by(None, units[0], units[0])
    with django_assert_num_queries(5):
        seen_by(None, units[0], *units, delivery.district)


def test_the_days_of_what_was_merged_are_the_successors(delivery):
    """Golden test 38: 884 of 7 560 and 34 of 1 134 in August are 10,56 % of the unit they became in September."""
    merged = unit_with(delivery)
    for lost, contracted in (("884", "7560"), ("34", "1134")):
        before = UnitFactory(parent=delivery.district)
        Succession.objects.create(predecessor=before, successor=merged, on=SEPTEMBER)
        SickLeaveMonthFactory(delivery=delivery, unit=before, month=date(2026, 8, 1), contracted=Decimal(contracted), lost=Decimal(lost))
    mark_changed()

    trend = seen_by(None, merged, merged)[merged.pk].trend

    assert trend[-2].rate == Decimal(918) / Decimal(8694) * 100
    assert trend[-1].rate == Decimal(10)


def test_what_was_known_at_a_moment_is_what_the_files_said_then(delivery):
    unit = unit_with(delivery)
    locked, later = delivery.delivered_at + timedelta(days=7), delivery.delivered_at + timedelta(days=9)
    Delivery.objects.update(is_current=False)
    second = DeliveryFactory(district=delivery.district, kind=DeliveryKind.SICK_LEAVE, version=2, replaces=delivery, delivered_at=later)
    unit_with(second, unit=unit, lost="168")

    def rate(known_at):
        known = Known(known_at) if known_at else None
        return sick_leave_of(unit_ids=[unit.pk], month=SEPTEMBER, access=None, known=known)[unit.pk].rate

    assert (rate(None), rate(locked), rate(later)) == (20, 10, 20)
    # Taken back later, it still was what was known then.
    Delivery.objects.filter(pk=second.pk).update(rolled_back_at=later + timedelta(days=1))
    assert (rate(later), rate(later + timedelta(days=2))) == (20, 10)
