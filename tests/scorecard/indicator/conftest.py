"""The month-by-month shares of a published report, and small worlds around them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from common.periods import Period
from organisation.models import Unit, User
from organisation.rules.access import Role
from scorecard.models import Indicator, Measurement
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Quality
from scorecard.services.values import Entry, Source, record_values
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.scorecard import SickLeaveFactory, TargetFactory

NOW = datetime(2014, 2, 3, 9, 42, tzinfo=UTC)
FILE = Source(origin=Measurement.Origin.FILE, name="andel.csv", checks_versions=False, asks_reason=False)
SHARES = [
    *("82", "91", "95", "89", "95", "93", "97", "95", "92", "94", "95", "92"),
    *("95", "93", "97", "96", "95", "97", "94", "94", "85", "90", "92", "91"),
    "86.2",
]


def record(*entries: Entry, now: datetime = NOW, actor: User | None = None, today: date = date(2026, 12, 31)) -> None:
    record_values(entries=entries, actor=actor, source=FILE, now=now, today=today)


def rate(indicator: Indicator, unit: Unit, period: Period, numerator: str, denominator: str) -> Entry:
    return Entry(indicator, unit, period, numerator=Decimal(numerator), denominator=Decimal(denominator))


@pytest.fixture
def district(db: None):
    return DistrictFactory(code="alna", name="Bydel Alna")


@pytest.fixture
def office(district: Unit):
    return UnitFactory(parent=district, code="301", name="NAV Alna")


@pytest.fixture
def share(office: Unit):
    """25 months of printed shares without denominators; two printed means of years; 95 is the target from March 2013."""
    indicator = SickLeaveFactory(
        code="saker_to_uker",
        name="Saksbehandling innen to uker",
        direction="higher",
        numerator_text="Saker ferdig innen 14 dager",
        restricted=False,
        window=1,
    )
    first = Period.month(2012, 1)
    months = [
        Entry(indicator, office, first.next(number), value=Decimal(text), source_text=text, source_place=f"rad {number + 2}")
        for number, text in enumerate(SHARES)
    ]
    years = [
        Entry(indicator, office, Period.of_year(2012), value=Decimal("92.5"), stated=Decimal("92.5")),
        Entry(indicator, office, Period.of_year(2013), value=Decimal("93.25"), stated=Decimal("93.3")),
    ]
    record(*months, *years)
    TargetFactory(indicator=indicator, unit=office, valid_from=date(2013, 3, 1), value=Decimal(95), yellow_limit=Decimal(92))
    return indicator


@pytest.fixture
def sign_in(client: Client) -> Callable[..., Client]:
    """The client as a person with this role in this unit."""

    def signed_in(role: Role, unit: Unit) -> Client:
        client.force_login(person(role, unit))
        return client

    return signed_in


@pytest.fixture
def sick_leave(district: Unit):
    return SickLeaveFactory(code="sykefravaer", window=12)


def missing(indicator: Indicator, unit: Unit, period: Period) -> Entry:
    return Entry(indicator, unit, period, quality=Quality.MISSING)


def counted(**fields: object):
    """Plain numbers a month, a mean over units."""
    return SickLeaveFactory(
        measure="count", unit_text="", rollup=Method.MEAN, factor=1, scale_max=None, restricted=False, window=1, places=0, **fields
    )
