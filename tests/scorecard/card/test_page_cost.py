"""What the page of a scorecard costs, and that a kept one is never old and never another's."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.organisation import UnitFactory
from tests.factories.scorecard import SickLeaveFactory
from tests.pages import markup_of

SURVEY = {"value": "4.5", "yellow_limit": "4.2"}


def count(user, client, path) -> int:
    client.force_login(user)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("choice", ["", "?mal=bydel", "?kjent=08.10.2026"])
@pytest.mark.parametrize("year", [2026, 2025])
def test_the_number_of_statements_depends_on_neither_indicators_nor_history(world, client, settings, choice, year):
    dummy = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.CACHES = {"default": dummy, "pages": dummy}
    if year == 2025:
        world.scorecard.year = 2025
        world.scorecard.save()
    user, address = world.person(), world.address(year=year) + choice

    def fill(indicators, years):
        for _each in range(indicators):
            indicator = world.indicator()
            world.target(indicator, **SURVEY, valid_from=date(2015, 1, 1))
            for back in range(years):
                world.record(indicator, world.unit, 2025 - back, "4.4")

    fill(3, 1)
    few = count(user, client, address)
    fill(2, 10)
    longer = count(user, client, address)
    fill(25, 1)
    many = count(user, client, address)

    assert few == longer == many
    assert many <= 22


def test_an_unchanged_page_is_answered_short_and_a_new_figure_makes_it_again(world, client):
    survey = world.indicator()
    world.target(survey, **SURVEY)
    world.record(survey, world.unit, 2025, "4.6")
    client.force_login(world.person())
    client.get(world.address())
    etag = client.get(world.address())["ETag"]

    with CaptureQueriesContext(connection) as queries:
        again = client.get(world.address(), headers={"if-none-match": etag})
    assert again.status_code == 304
    assert len(queries) <= 6

    world.record(survey, world.unit, 2025, "4.3")
    changed = client.get(world.address(), headers={"if-none-match": etag})
    assert changed.status_code == 200
    assert "Nesten nådd" in markup_of(changed)
    assert "4,3" in markup_of(changed)


@pytest.mark.parametrize("change", ["target of the district", "own target", "name of the unit"])
def test_what_the_page_shows_is_never_older_than_its_target_or_name(world, client, change):
    survey = world.indicator()
    world.target(survey, **SURVEY)
    world.record(survey, world.unit, 2025, "4.6")
    client.force_login(world.person())
    client.get(world.address())
    etag = client.get(world.address())["ETag"]
    assert client.get(world.address(), headers={"if-none-match": etag}).status_code == 304

    if change == "target of the district":
        world.target(survey, value="4.8", yellow_limit="4.7", valid_from=date(2026, 2, 1))
    elif change == "own target":
        world.target(survey, world.unit, value="4.8", yellow_limit="4.7")
    else:
        UnitFactory(parent=world.district, name="Ny enhet")

    changed = client.get(world.address(), headers={"if-none-match": etag})
    assert changed.status_code == 200
    shown = "Ny enhet" if change == "name of the unit" else "Ikke nådd"
    assert shown in markup_of(changed)


def test_nobody_is_shown_what_was_kept_for_another(world, client):
    leave = world.indicator(SickLeaveFactory, window=1)
    world.record(leave, world.unit, "2026-09", parts=("884", "7560"))
    leader, neighbour = world.person(), world.person(unit=world.neighbour)
    client.force_login(leader)
    client.get(world.address())
    first = client.get(world.address())
    assert "11,7" in markup_of(first)

    client.force_login(neighbour)
    other = client.get(world.address(), headers={"if-none-match": first["ETag"]})

    assert other.status_code == 200
    assert "11,7" not in markup_of(other)
    client.force_login(leader)
    assert "11,7" in markup_of(client.get(world.address()))
