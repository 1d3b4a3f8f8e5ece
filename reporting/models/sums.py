"""Sums of kroner that are right to the øre on both databases."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.functional import cached_property

from common.numbers import round_half_up


class KronerSum(Sum):
    """As Sum. SQLite keeps decimals as floating point, where amounts that cancel out leave a trace far behind the øre."""

    @cached_property
    def convert_value(self) -> Callable[..., Any]:
        return _to_the_ore


def _to_the_ore(value: Any, _expression: object, _connection: object) -> Decimal | None:
    return None if value is None else round_half_up(Decimal(str(value)), 2)
