"""One figure is told alike wherever it stands: on the card, «Hjem», «Bydelen nå» and the indicator's own page."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from common.periods import Period
from organisation.rules.access import Role
from scorecard.rules.statuses import Quality
from scorecard.services.agreements import accept_deviation
from scorecard.services.values import Entry, Source, record_values
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.scorecard import (
    FocusAreaFactory,
    PlacedIndicatorFactory,
    ScorecardFactory,
    SickLeaveFactory,
    SuccessFactorFactory,
    TargetFactory,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 9)
NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)
FILE = Source(origin="file", name="sykefravaer.csv", checks_versions=False, asks_reason=False)


@pytest.fixture(autouse=True)
def october(settings):
    settings.ALNA_TODAY = TODAY


@pytest.fixture
def unit():
    return UnitFactory(parent=DistrictFactory(code="alna"), code="402")


@pytest.fixture
def sick_leave(unit):
    indicator = SickLeaveFactory(code="sykefravaer", window=1)
    district = unit.parent_links.get().parent
    area = FocusAreaFactory(scorecard=ScorecardFactory(unit=district, year=2026))
    PlacedIndicatorFactory(factor=SuccessFactorFactory(area=area), indicator=indicator)
    TargetFactory(indicator=indicator, unit=district, value=Decimal("9.9"), yellow_limit=Decimal("10.9"))
    return indicator


def record(indicator, unit, month: int, lost: str, quality: Quality = Quality.FINAL) -> None:
    parts = {"numerator": Decimal(lost), "denominator": Decimal(1000)} if quality.has_figure else {}
    entry = Entry(indicator, unit, Period.month(2026, month), quality=quality, **parts)
    record_values(entries=[entry], actor=None, source=FILE, now=NOW, today=TODAY)


@pytest.fixture
def pages(client, unit, sick_leave):
    """The text of every page where the unit's latest figure stands."""

    def read() -> dict[str, str]:
        found = {}
        director, leader = person(Role.DIRECTOR, unit.parent_links.get().parent), person(Role.UNIT_LEADER, unit)
        for user, name, address in (
            (leader, "home", "/"),
            (director, "now", "/bydelen-na/"),
            (leader, "card", "/malekart/402/2026/"),
            (leader, "indicator", "/malekart/402/indikator/sykefravaer/"),
        ):
            client.force_login(user)
            response = client.get(address)
            assert response.status_code == 200, address
            found[name] = text_of(response)
        return found

    return read


@pytest.mark.parametrize(
    "lost, quality, told",
    [
        ("120", Quality.FINAL, "12,0"),
        ("105.3", Quality.FINAL, "10,5"),
        ("99.4", Quality.FINAL, "9,94"),
        ("120", Quality.ESTIMATE, "12"),
    ],
)
def test_the_same_decimals_everywhere(unit, sick_leave, pages, lost, quality, told):
    record(sick_leave, unit, 9, lost, quality)

    for name, text in pages().items():
        assert f"{told} %" in text, name


def test_an_accepted_deviation_is_accepted_everywhere(unit, sick_leave, pages):
    record(sick_leave, unit, 9, "120")
    before = pages()
    assert not any("Akseptert avvik" in before[name] for name in ("home", "card", "indicator"))
    accept_deviation(
        indicator=sick_leave,
        unit=unit,
        reason="Ombygging",
        interim=None,
        valid_from=date(2026, 9, 1),
        valid_to=date(2026, 12, 31),
        actor=person(Role.DIRECTOR, unit),
        now=NOW,
    )

    after = pages()
    assert all("Akseptert avvik" in after[name] for name in ("home", "card", "indicator"))
    assert "12,0 % , Ikke nådd" in before["now"]
    assert "12,0 % , Akseptert avvik" in after["now"]


def test_a_withdrawn_figure_is_shown_nowhere_as_the_present(unit, sick_leave, pages):
    record(sick_leave, unit, 8, "123")
    assert all("12,3 %" in text for text in pages().values())

    record(sick_leave, unit, 9, "0", Quality.MISSING)

    shown = pages()
    assert {name: "12,3 %" in shown[name] for name in ("home", "now", "card")} == {"home": False, "now": False, "card": False}
