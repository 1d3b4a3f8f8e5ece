"""What the year may come to: three suggestions worked out from the ledger. Never twelfths of a year; months differ too much."""

from dataclasses import dataclass
from decimal import Decimal

from common.numbers import round_half_up
from reporting.rules.economy import Amounts, percent_of
from reporting.rules.kinds import ForecastMethod


@dataclass(frozen=True, slots=True)
class YearSoFar:
    """Last year at the same time, and what it ended at."""

    to_date: Decimal | None
    whole_year: Decimal | None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """In whole kroner; None where it cannot be worked out."""

    no_more: Decimal | None = None
    same_pace: Decimal | None = None
    last_year: Decimal | None = None

    def of(self, method: ForecastMethod) -> Decimal | None:
        """The amount of A, B or C; None for every other way."""
        match method:
            case ForecastMethod.NO_MORE:
                return self.no_more
            case ForecastMethod.SAME_PACE:
                return self.same_pace
            case ForecastMethod.LAST_YEAR:
                return self.last_year
        return None


def suggestions(amounts: Amounts, last_year: YearSoFar | None) -> Suggestions:
    """A: the variance does not go on. B: the same pace. C: the rest of the year as last year."""
    return Suggestions(_no_more(amounts), _same_pace(amounts), _as_last_year(amounts, last_year))


def _no_more(amounts: Amounts) -> Decimal | None:
    if amounts.revised is None or amounts.budget is None or amounts.actual is None:
        return None
    return round_half_up(amounts.revised - (amounts.budget - amounts.actual), 0)


def _same_pace(amounts: Amounts) -> Decimal | None:
    if amounts.actual is None or not amounts.budget or not amounts.revised:
        return None
    share = amounts.budget / amounts.revised
    # A budget to date that goes against the year's says nothing of a pace.
    return round_half_up(amounts.actual / share, 0) if share > 0 else None


def _as_last_year(amounts: Amounts, last_year: YearSoFar | None) -> Decimal | None:
    if amounts.actual is None or last_year is None or not last_year.to_date or not last_year.whole_year:
        return None
    share = last_year.to_date / last_year.whole_year
    return round_half_up(amounts.actual / share, 0) if share > 0 else None


def forecast_variance(revised: Decimal | None, forecast: Decimal | None) -> Decimal | None:
    """Revised budget minus forecast: negative is overspend."""
    return None if revised is None or forecast is None else revised - forecast


def forecast_percent(revised: Decimal | None, forecast: Decimal | None) -> Decimal | None:
    return percent_of(forecast_variance(revised, forecast), revised)


def forecast_result(revised: Decimal | None, forecast: Decimal | None) -> Decimal | None:
    """The forecast in percent of the budget; None without a budget that is an expense."""
    return None if forecast is None or revised is None or revised <= 0 else forecast / revised * 100
