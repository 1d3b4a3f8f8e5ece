"""A unit's production figures: what was measured month by month, what one would expect, and where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.periods import Period, PeriodKind
from reporting.models import FigureFeed
from scorecard.models import Indicator, Measurement
from scorecard.rules.statuses import Quality

SHOWN = 13
# How far from the month before a figure may lie before one looks twice.
SPREAD = Decimal("0.2")


@dataclass(frozen=True)
class ProductionRow:
    """One indicator in one unit: its months, oldest first, and the figure of the chosen one (None where nobody has given it)."""

    indicator: Indicator
    months: tuple[tuple[date, Decimal | None], ...]
    now: Measurement | None
    before: Decimal | None
    year_before: Decimal | None

    @property
    def expected(self) -> tuple[Decimal, Decimal] | None:
        """Twenty percent up and down from the month before."""
        if self.before is None:
            return None
        width = abs(self.before) * SPREAD
        return self.before - width, self.before + width

    @property
    def is_unusual(self) -> bool:
        value = self.now.value if self.now else None
        span = self.expected
        return value is not None and span is not None and not span[0] <= value <= span[1]

    @property
    def is_missing(self) -> bool:
        return self.now is None or self.now.quality == Quality.MISSING


def monthly_indicators() -> list[Indicator]:
    """All that are given month by month, by name. One SQL statement."""
    return list(Indicator.objects.filter(frequency=PeriodKind.MONTH, formula="").order_by("name"))


def given_ids(*, unit_id: int, month: date) -> frozenset[int]:
    """What the unit has given figures of in the last year, whether its scorecard has it or not. One SQL statement."""
    since = Period.month(month.year, month.month).previous(SHOWN - 1).start
    given = Measurement.objects.filter(unit_id=unit_id, period_kind=PeriodKind.MONTH, period_start__range=(since, month))
    return frozenset(given.order_by().values_list("indicator_id", flat=True).distinct())


def production_rows(*, unit_id: int, month: date, with_restricted: bool) -> list[ProductionRow]:
    """Monthly figures that the unit itself has given in the last year; those that follow from files of economy and sick leave are left
    out, they have pages of their own. Three SQL statements."""
    period = Period.month(month.year, month.month)
    months = [period.previous(back).start for back in range(SHOWN - 1, 0, -1)] + [month]
    fed = FigureFeed.objects.values_list("indicator_id", flat=True)
    rows = Measurement.objects.filter(unit_id=unit_id, period_kind=PeriodKind.MONTH, period_start__in=months).exclude(indicator_id__in=fed)
    found: dict[int, dict[date, Measurement]] = {}
    for row in rows:
        found.setdefault(row.indicator_id, {})[row.period_start] = row
    indicators = Indicator.objects.filter(pk__in=found, frequency=PeriodKind.MONTH, formula="").order_by("name")
    return [_row(each, found[each.pk], months) for each in indicators if with_restricted or not each.restricted]


def _row(indicator: Indicator, found: Mapping[date, Measurement], months: list[date]) -> ProductionRow:
    values = tuple((month, found[month].value if month in found else None) for month in months)
    return ProductionRow(indicator, values, found.get(months[-1]), values[-2][1], values[0][1])
