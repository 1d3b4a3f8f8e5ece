"""The ledger of a locked month: what was locked in the sentence, what has come since marked in the lines."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation.rules.access import Role
from reporting.rules.kinds import ReportState as S
from reporting.services import lock
from reporting.services.ledger import Line, store_economy
from tests.factories.month import DAY, SEPTEMBER, a_district
from tests.factories.organisation import person
from tests.pages import text_of

pytestmark = pytest.mark.django_db
K = Decimal(1000)
LOCKED_AT = datetime(2026, 10, 15, 7, 0, tzinfo=UTC)
BEFORE, AFTER = datetime(2026, 10, 6, 7, 0, tzinfo=UTC), datetime(2026, 10, 20, 7, 0, tzinfo=UTC)
LOCKED = "Måneden ble låst 15. oktober 2026 kl. 09.00."
MARK = "kom etter låsing"


@pytest.fixture
def world(settings):
    settings.ALNA_TODAY = date(2026, 10, 20)
    return a_district(["402", "403"], {"402": S.APPROVED, "403": S.APPROVED})


def a_file(world, now, name, actual=52_130, number=9, *, cumulative=True):
    unit = world.units["402"]
    line = Line(2, number, "402100", unit.pk, "10300", "Vikarer", "254", "", 68_000 * K, 68_000 * K, 50_660 * K, actual * K)
    store_economy(
        district=world.district, year=2026, number=number, cumulative=cumulative, file_name=name, sha256=f"{actual:064}", lines=[line],
        actor=None, now=now, today=date(2026, 10, 20),
    )  # fmt: skip


def lock_it(world):
    lock.lock_month(district=world.district, month=SEPTEMBER, actor=world.director, now=LOCKED_AT, today=DAY)


def read(world, rest="", user=None):
    client = Client()
    client.force_login(user or person(Role.UNIT_LEADER, world.units["402"]))
    return text_of(client.get(f"/rapportering/okonomi/{world.units['402'].code}/2026-09/{rest}"))


def test_an_open_month_says_nothing_of_a_lock(world):
    a_file(world, BEFORE, "september.csv")
    for rest in ("", "linjer/"):
        assert "låst" not in read(world, rest)
        assert MARK not in read(world, rest)


def test_a_locked_month_says_when(world):
    a_file(world, BEFORE, "september.csv")
    lock_it(world)
    for rest in ("", "linjer/"):
        page = read(world, rest)
        assert LOCKED in page
        assert MARK not in page
        assert "endret etter låsing" not in page


def test_what_came_afterwards_is_marked_and_the_sentence_is_the_reports(world):
    a_file(world, BEFORE, "september.csv")
    lock_it(world)
    a_file(world, AFTER, "ny.csv", actual=53_000)

    page = read(world)
    assert "merforbruk 1 470" in page
    assert "Regnskapet er 52 130 og budsjettet 50 660." in page
    assert "I setningen over står de som ble låst, i tabellene de som gjelder nå." in page
    assert "−2 340" in page
    assert "Denne filen kom etter låsing: ny.csv." in page

    lines = read(world, "linjer/")
    assert LOCKED in lines
    assert "Rad 2 ny.csv kom etter låsing" in lines


def test_lines_that_were_there_are_not_marked(world):
    """August came before the lock, September's own month after it: both count."""
    a_file(world, BEFORE, "august.csv", number=8)
    lock_it(world)
    a_file(world, AFTER, "ny.csv", actual=500, cumulative=False)
    lines = read(world, "linjer/")
    assert "Rad 2 august.csv 402100" in lines
    assert "Rad 2 ny.csv kom etter låsing 402100" in lines


def test_a_locked_month_costs_the_same_with_more_lines(world):
    a_file(world, BEFORE, "september.csv")
    lock_it(world)
    leader = person(Role.UNIT_LEADER, world.units["402"])

    def cost(rest):
        read(world, rest, leader)
        with CaptureQueriesContext(connection) as queries:
            read(world, rest, leader)
        return len(queries)

    before = [cost(rest) for rest in ("", "linjer/")]
    a_file(world, AFTER, "ny.csv", actual=53_000)
    assert [cost(rest) for rest in ("", "linjer/")] == before
