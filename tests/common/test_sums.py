"""Sums of many tables in one statement: the same again while nothing changes, and others as soon as something does."""

import pytest

from common.sums import COUNT, NEWEST, Sums, among, read_sums, sums_of
from organisation.models import Unit
from tests.factories.organisation import UnitFactory

pytestmark = pytest.mark.django_db


def test_each_name_has_the_texts_of_its_own_sums_in_one_statement(django_assert_num_queries):
    first, second = UnitFactory(), UnitFactory()
    asked = {
        "all": [sums_of(Unit, [COUNT, NEWEST]), sums_of(Unit, [COUNT], "code = %s", first.code)],
        "these": [sums_of(Unit, ["sum(id)"], among("id", [first.pk, second.pk]), first.pk, second.pk)],
    }
    with django_assert_num_queries(1):
        found = read_sums(asked)

    assert found == {"all": (f"{Unit.objects.count()},{second.pk}", "1"), "these": (str(first.pk + second.pk),)}


def test_no_row_is_told_apart_from_a_sum_of_nought():
    assert read_sums({"none": [sums_of(Unit, [COUNT, "sum(id)"], among("id", []))]}) == {"none": ("0,-",)}


def test_tables_can_be_joined_and_what_is_asked_for_is_a_parameter():
    unit = UnitFactory(code="101")
    table = Unit._meta.db_table
    joined = Sums(f"{table} a JOIN {table} b ON a.id = b.id", (COUNT,), "a.code = %s", (unit.code,))

    assert read_sums({"joined": [joined], "hostile": [sums_of(Unit, [COUNT], "code = %s", "101' OR '1' = '1")]}) == {
        "joined": ("1",),
        "hostile": ("0",),
    }
