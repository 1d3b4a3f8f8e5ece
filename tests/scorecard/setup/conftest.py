"""A district with two units, a draft of 2026 with two indicators, and the people around it. It is 10 March 2026."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation.models import Unit, User
from organisation.rules.access import Role
from scorecard.models import Benchmark, FocusArea, Indicator, PlacedIndicator, Scorecard, SuccessFactor, Target
from scorecard.rules.lifecycle import State
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.scorecard import (
    FocusAreaFactory,
    IndicatorFactory,
    PlacedIndicatorFactory,
    ScorecardFactory,
    SickLeaveFactory,
    SuccessFactorFactory,
    TargetFactory,
)


@dataclass
class World:
    district: Unit
    unit: Unit
    sister: Unit
    admin: User
    director: User
    leader: User
    neighbour: User
    card: Scorecard
    area: FocusArea
    factor: SuccessFactor
    survey: Indicator
    sick_leave: Indicator
    placed: PlacedIndicator
    target: Target

    def url(self, rest: str = "", year: int = 2026) -> str:
        return f"/oppsett/malekart/{self.district.code}/{year}/{rest}"

    @property
    def version(self) -> int:
        return Scorecard.objects.values_list("version", flat=True).get(pk=self.card.pk)

    def set_state(self, state: State) -> None:
        Scorecard.objects.filter(pk=self.card.pk).update(state=state)


@pytest.fixture
def world(db, settings) -> World:
    settings.ALNA_TODAY = date(2026, 3, 10)
    district = DistrictFactory(code="B1", name="Bydel Bekk")
    unit, sister = (
        UnitFactory(code="401", name="Hjemmetjenesten", parent=district),
        UnitFactory(code="402", name="Barnevern", parent=district),
    )
    card = ScorecardFactory(unit=district, year=2026, state=State.DRAFT)
    area = FocusAreaFactory(scorecard=card, name="Ansatte", order=0)
    factor = SuccessFactorFactory(area=area, name="Attraktiv arbeidsplass")
    survey = IndicatorFactory(code="tilfredshet", name="Tilfredshet")
    sick_leave = SickLeaveFactory(code="sykefravaer", name="Sykefravær")
    placed = PlacedIndicatorFactory(factor=factor, indicator=survey, weight=Decimal(60))
    PlacedIndicatorFactory(factor=factor, indicator=sick_leave, weight=Decimal(40))
    target = TargetFactory(indicator=survey, unit=district)
    TargetFactory(indicator=sick_leave, unit=district, value=Decimal("9.9"), yellow_limit=Decimal("10.9"))
    return World(
        district=district,
        unit=unit,
        sister=sister,
        admin=person(Role.ADMINISTRATOR, district),
        director=person(Role.DIRECTOR, district),
        leader=person(Role.UNIT_LEADER, unit),
        neighbour=person(Role.ADMINISTRATOR, DistrictFactory(code="B2", name="Bydel Nabo")),
        card=card,
        area=area,
        factor=factor,
        survey=survey,
        sick_leave=sick_leave,
        placed=placed,
        target=target,
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def statements(client: Client, url: str) -> int:
    """How many SQL statements a page costs once the process has the organisation in memory."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


@pytest.fixture
def admin(world: World) -> Client:
    return signed_in(world.admin)


@pytest.fixture
def director(world: World) -> Client:
    return signed_in(world.director)


@pytest.fixture
def leader(world: World) -> Client:
    return signed_in(world.leader)


@pytest.fixture
def neighbour(world: World) -> Client:
    return signed_in(world.neighbour)


def cell_name(indicator, unit) -> str:
    return f"c-{indicator.pk}-{unit.pk}"


def opened(client, url: str) -> dict[str, str]:
    """The fields of the form as the page sends them back untouched."""
    page = client.get(url).content.decode()
    fields = dict(re.findall(r'<input class="pkt-input" id="[^"]*" name="(c-[^"]*)" value="([^"]*)"', page))
    return fields | {"seen": re.findall(r'name="seen" value="([^"]*)"', page)[0]}


def own(indicator, unit) -> list[Target]:
    return list(Target.objects.filter(indicator=indicator, unit=unit).order_by("valid_from"))


@pytest.fixture
def share(world):
    """A percentage, higher is better, with Oslo at 77."""
    indicator = IndicatorFactory(code="andel", name="Andel i tide", measure="percent", scale_min=0, scale_max=100, score_floor=None)
    PlacedIndicatorFactory(factor=world.factor, indicator=indicator, weight=0)
    Benchmark.objects.create(indicator=indicator, group="oslo", value=77, bodies=15, period_start=date(2025, 1, 1), period_kind="year")
    return indicator
