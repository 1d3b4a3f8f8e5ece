"""A year with more than the wheel was drawn for."""

import re
from datetime import date, timedelta

import pytest

from common.deadlines import Lane
from organisation.rules.access import Role
from tests.factories.cycle import ActivityFactory
from tests.factories.organisation import person
from tests.pages import markup_of, signed_in, text_of

pytestmark = pytest.mark.django_db
WHEEL = "/styringshjul/alna/2026/"
LANES = list(Lane)
NAMES = ("Rapport", "Møte, samtale", "Undersøkelse", "Plan og vedtak")


@pytest.fixture
def director(world):
    return signed_in(person(Role.DIRECTOR, world.district))


def lane_names(page):
    return re.findall(r'al-wheel__lanename is-mid"><textPath[^>]*>([^<]+)<', markup_of(page))


def test_lanes_have_their_names_where_there_is_room(world, director):
    # In the middle of where the name would like to stand.
    ActivityFactory(district=world.district, lane=Lane.MEETING, due_on=date(2026, 8, 8))
    page = director.get(WHEEL)
    assert lane_names(page) == list(NAMES)
    assert "Banene, innerst først" not in text_of(page)


def fill(district, lanes):
    for n in range(80):
        day = date(2026, 1, 1) + timedelta(days=(n * 37) % 365)
        ActivityFactory(district=district, lane=lanes[n % len(lanes)], due_on=day, short="MMMM WWWW OPPSUMMERING MMMM")


def test_eighty_in_four_lanes_leave_room_for_their_names_and_long_names_get_smaller_letters(world, director):
    fill(world.district, LANES)
    page = director.get(WHEEL)
    assert lane_names(page) == list(NAMES)
    sizes = {float(size) for size in re.findall(r'al-wheel__label al-wheel__out" font-size="([\d.]+)"', markup_of(page))}
    assert max(sizes) < 15


def test_names_without_room_stand_below_the_wheel(world, director):
    fill(world.district, [Lane.REPORT])
    page = director.get(WHEEL)
    assert "Rapport" not in lane_names(page)
    assert "Banene, innerst først: " + " · ".join(NAMES) in text_of(page)


def test_an_empty_year_says_so(director):
    assert "Ingen aktiviteter." in text_of(director.get(WHEEL))
