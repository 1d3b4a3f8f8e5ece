"""The strategy map: live statuses, arrows that pass no box, and the same as a list."""

import re

import pytest

from organisation.rules.access import Role
from scorecard.charts.strategy_map import BOX_HEIGHT, WIDTH, strategy_map, wrapped
from scorecard.models import FactorLink
from scorecard.queries.strategy import Factor, Lane
from tests.factories.organisation import person
from tests.factories.scorecard import FocusAreaFactory, SickLeaveFactory, SuccessFactorFactory
from tests.pages import markup_of

SURVEY = {"value": "4.5", "yellow_limit": "4.2"}


@pytest.fixture
def users(world):
    """A factor above, which the card's own factor helps."""
    area = FocusAreaFactory(scorecard=world.scorecard, name="Brukere og tjenester", order=0)
    factor = SuccessFactorFactory(area=area, name="Tjenester med rett kvalitet")
    FactorLink.objects.create(source=world.factor, goal=factor)
    return factor


def test_each_factor_has_the_worst_status_of_its_indicators_and_leads_to_its_rows(world, client, users):
    good, bad = world.indicator(), world.indicator()
    for indicator, value in ((good, "4.6"), (bad, "3.9")):
        world.target(indicator, **SURVEY)
        world.record(indicator, world.unit, 2025, value)
    client.force_login(world.person())

    body = markup_of(client.get(world.address(end="strategikart/")))

    assert 'aria-label="Attraktiv arbeidsplass, Ikke nådd"' in body
    assert 'aria-label="Tjenester med rett kvalitet, Ingen måling"' in body
    assert f'href="{world.address()}#faktor-{world.factor.pk}"' in body
    assert f'id="faktor-{world.factor.pk}"' in markup_of(client.get(world.address()))
    assert "Hjelper: Tjenester med rett kvalitet" in body
    world.record(bad, world.unit, 2025, "4.5")
    assert 'aria-label="Attraktiv arbeidsplass, Nådd"' in markup_of(client.get(world.address(end="strategikart/")))


def test_a_shielded_figure_gives_the_factor_no_colour_for_others(world, client):
    leave = world.indicator(SickLeaveFactory, window=1)
    world.target(leave, value="9.9", yellow_limit="10.9")
    world.record(leave, world.unit, "2026-09", parts=("884", "7560"))

    client.force_login(world.person())
    assert "Attraktiv arbeidsplass, Ikke nådd" in markup_of(client.get(world.address(end="strategikart/")))
    client.force_login(person(Role.UNIT_LEADER, world.neighbour))
    body = markup_of(client.get(world.address(end="strategikart/")))
    assert "Attraktiv arbeidsplass, Skjult" in body
    assert "Ikke nådd" not in body


def test_a_year_without_a_card_has_an_empty_map(world, client):
    client.force_login(world.person())

    assert "Ikke noe målekart gjelder for 2011" in markup_of(client.get(world.address(year=2011, end="strategikart/")))


def lanes(*sizes, links=()):
    """Lanes with so many factors each; links are pairs of numbers of factors."""
    number, found = 0, []
    for size in sizes:
        factors = []
        for _each in range(size):
            goals = tuple(goal for source, goal in links if source == number)
            factors.append(Factor(number, f"Faktor {number}", "reached", (("reached", 1),), goals))
            number += 1
        found.append(Lane(f"Område {size}", tuple(factors)))
    return found


@pytest.mark.parametrize("sizes", [(1,), (2, 2, 2, 2), (4, 1), (9, 0, 3), (5, 5, 5, 5)])
def test_boxes_stand_inside_the_sheet_and_never_on_each_other(sizes):
    sheet = strategy_map(lanes(*sizes))

    assert len(sheet.boxes) == sum(sizes)
    for box in sheet.boxes:
        assert box.x >= 0
        assert box.x + box.width <= WIDTH
        assert box.y + BOX_HEIGHT <= sheet.height
    places = {(box.x, box.y) for box in sheet.boxes}
    assert len(places) == len(sheet.boxes)
    for one in sheet.boxes:
        for other in sheet.boxes:
            beside = one.x + one.width <= other.x or other.x + other.width <= one.x
            above = one.y + one.height <= other.y or other.y + other.height <= one.y
            assert one is other or beside or above


def crosses(path: str, box) -> bool:
    """Whether a path of straight lines runs through the inside of a box."""
    start = re.match(r"M(-?[\d.]+) (-?[\d.]+)", path)
    assert start, path
    x, y = (float(part) for part in start.groups())
    for step, figure in re.findall(r"([HV])(-?[\d.]+)", path):
        ends = (x, float(figure)) if step == "H" else (y, float(figure))
        low, high = min(ends), max(ends)
        if step == "H":
            if box.y < y < box.y + box.height and low < box.x + box.width and high > box.x:
                return True
            x = float(figure)
        else:
            if box.x < x < box.x + box.width and low < box.y + box.height and high > box.y:
                return True
            y = float(figure)
    return False


@pytest.mark.parametrize("links", [((6, 0),), ((6, 1), (4, 0), (7, 0)), ((0, 6), (1, 4))])
def test_an_arrow_that_skips_a_line_goes_round_the_boxes_between(links):
    sheet = strategy_map(lanes(2, 2, 2, 2, links=links))

    assert len(sheet.arrows) == len(links)
    for path in sheet.arrows:
        assert "C" not in path
        assert not [box.factor.name for box in sheet.boxes if crosses(path, box)]


def test_an_arrow_to_what_is_not_on_the_map_is_left_out():
    assert strategy_map(lanes(2, links=((0, 99),))).arrows == ()


@pytest.mark.parametrize(
    "text, lines",
    [
        ("Kort", ["Kort"]),
        ("", [""]),
        ("Samarbeid med frivillige lag og organisasjoner", ["Samarbeid med", "frivillige lag og", "organisasjoner"]),
        ("a" * 50, ["a" * 20, "a" * 20, "a" * 10]),
        ("ord " * 40, ["ord ord ord ord ord", "ord ord ord ord ord", "ord ord ord ord ord…"]),
    ],
)
def test_names_are_broken_to_fit(text, lines):
    assert wrapped(text, 20) == lines
    assert all(len(line) <= 20 for line in lines)
