"""Sums of kroner, on the database of the run."""

from decimal import Decimal

import pytest

from reporting.models import LedgerLine
from reporting.models.sums import KronerSum
from tests.factories.reporting import DeliveryFactory, LedgerLineFactory

pytestmark = pytest.mark.django_db


def test_amounts_that_cancel_out_leave_nothing():
    delivery = DeliveryFactory()
    for amount in ("0.10", "0.20", "-0.30", "1234567.89", "-1234567.89"):
        LedgerLineFactory(delivery=delivery, actual=Decimal(amount))

    assert LedgerLine.objects.aggregate(total=KronerSum("actual"))["total"] == 0


def test_nothing_comes_to_nothing():
    assert LedgerLine.objects.aggregate(total=KronerSum("actual"))["total"] is None


def test_a_sum_is_a_number_of_ore():
    delivery = DeliveryFactory()
    for _ in range(3):
        LedgerLineFactory(delivery=delivery, actual=Decimal("0.10"))

    total = LedgerLine.objects.values_list("delivery_id").annotate(total=KronerSum("actual")).get()[1]

    assert (total, total.as_tuple().exponent) == (Decimal("0.30"), -2)
