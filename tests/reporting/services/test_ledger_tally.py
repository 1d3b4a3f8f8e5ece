"""What was added up while lines were stored is what the database adds them up to."""

import random
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from imports.rules.amounts import ore_text
from imports.rules.ledger_block import EconomyBlock, account_of, centre_of
from reporting.models import Balance
from reporting.services.ledger import rebuild_balances, store_economy
from tests.factories.organisation import DistrictFactory, UnitFactory
from tests.reporting.services.test_ledger import NOW, TODAY, classes, line

__all__ = ["classes"]
pytestmark = pytest.mark.django_db
SUMS = ("unit_id", "month", "area", "group", "earmarked", "original", "revised", "budget", "actual")


def block(chance, unit_ids, first, rows, *, has=(True, True, True, True), blanks=0.3):
    centres = [centre_of(9, f"C{unit_id}", unit_id, ()) for unit_id in unit_ids]
    accounts = [account_of(code, "Konto", 0) for code in ("10101", "10201", "10301", "11200", "1")]
    columns = [
        [None if chance.random() < blanks else chance.randint(-90_000, 90_000) for _row in range(rows)] if one else None for one in has
    ]
    texts = [column if column is None else [None if ore is None else ore_text(ore) for ore in column] for column in columns]
    pick = lambda choices: [chance.choice(choices) for _row in range(rows)]  # noqa: E731
    codes = pick(centres), pick(accounts), pick(["254", "260", "201", "", "3"]), pick(["", "9001", "1"])
    return EconomyBlock(range(first, first + rows), *codes, texts, columns)


def stored(district, lines, *, number=9, cumulative=True):
    about = {"year": 2026, "number": number, "cumulative": cumulative, "file_name": "a.csv", "sha256": f"{number}"}
    return store_economy(district=district, lines=lines, actor=None, now=NOW, today=TODAY, **about)


def balances():
    return sorted(Balance.objects.values_list(*SUMS), key=str)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.usefixtures("classes")
def test_balances_are_what_the_database_adds_up(seed):
    chance, district = random.Random(seed), DistrictFactory()
    units = [UnitFactory(parent=district).pk, UnitFactory(parent=district).pk, None]
    has = [(True, True, True, True), (False, False, False, True), (False, True, True, True), (True, False, False, False)][seed]
    months = [date(2026, month, 1) for month in (8, 9)]

    stored(district, [block(chance, units, 1, 30, has=has)], number=8)
    # Months of their own rest on the one before: that one is asked of the database, this one is at hand.
    stored(district, [block(chance, units, 1, 40, has=has), block(chance, units, 41, 5, has=has, blanks=0)], cumulative=seed % 2 == 0)

    kept = balances()
    assert {row[1] for row in kept} == set(months)
    rebuild_balances(district=district, months=months)
    assert balances() == kept


@pytest.mark.usefixtures("classes")
def test_one_line_without_known_amounts_leaves_it_to_the_database():
    chance, district = random.Random(1), DistrictFactory()
    unit = UnitFactory(parent=district)

    stored(district, [block(chance, [unit.pk], 1, 3, blanks=0), line(9, unit_id=unit.pk, actual="0.05")])

    kept = balances()
    assert any(row[-1] is not None for row in kept)
    rebuild_balances(district=district, months=[date(2026, 9, 1)])
    assert balances() == kept


@pytest.mark.usefixtures("classes")
def test_lines_that_were_added_up_are_not_read_again():
    district = DistrictFactory()
    unit = UnitFactory(parent=district)
    with CaptureQueriesContext(connection) as queries:
        stored(district, [block(random.Random(2), [unit.pk], 1, 20)])

    assert not [query["sql"] for query in queries if 'FROM "reporting_ledgerline"' in query["sql"]]
