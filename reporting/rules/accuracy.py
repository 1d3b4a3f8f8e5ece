"""How forecasts turned out, and what the three suggestions together would have said, knowing only what was known then."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from common.numbers import round_half_up

HUNDRED = Decimal(100)
# An error smaller than a thousandth of the budget counts as that much: no method is given all the weight for one lucky year.
LEAST_ERROR = Decimal("0.001")
# A year is judged once this many of its months have a forecast.
ENOUGH_MONTHS = 3


class Method(StrEnum):
    """Whose forecast is judged: what the leader delivered, A, B and C, and the three weighed together."""

    LEADER = "leader"
    NO_MORE = "no_more"
    SAME_PACE = "same_pace"
    LAST_YEAR = "last_year"
    COMBINED = "combined"


SUGGESTED = (Method.NO_MORE, Method.SAME_PACE, Method.LAST_YEAR)


@dataclass(frozen=True, slots=True)
class Trial:
    """One unit's month: what each method said of the year, what the budget was, and what the year came to. Kroner."""

    unit_id: int
    year: int
    month: int
    forecasts: Mapping[Method, Decimal]
    budget: Decimal | None
    result: Decimal

    def miss(self, method: Method) -> Decimal | None:
        """Forecast minus result: positive where too much was expected."""
        said = self.forecasts.get(method)
        return None if said is None else said - self.result

    def share(self, method: Method) -> Decimal | None:
        """The miss without its sign, as a share of the budget, so that large and small units can be compared."""
        miss = self.miss(method)
        return None if miss is None or not self.budget else abs(miss) / abs(self.budget)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """`bias` is the mean of forecast minus result, `error` the mean without signs, over the months that had a forecast."""

    months: int
    bias: Decimal
    error: Decimal
    # The mean error in percent of the budget; None where no month had one.
    percent: Decimal | None = None


def accuracy_of(trials: Iterable[Trial], method: Method) -> Accuracy | None:
    """None where the method said nothing."""
    told = [trial for trial in trials if method in trial.forecasts]
    misses = [trial.forecasts[method] - trial.result for trial in told]
    if not misses:
        return None
    shares = [share for trial in told if (share := trial.share(method)) is not None]
    return Accuracy(
        months=len(misses),
        bias=_mean(misses),
        error=_mean([abs(miss) for miss in misses]),
        percent=_mean(shares) * HUNDRED if shares else None,
    )


def by_month(trials: Iterable[Trial], method: Method) -> dict[int, Accuracy]:
    """The same for each month of the year, over units and years."""
    grouped: dict[int, list[Trial]] = defaultdict(list)
    for trial in trials:
        grouped[trial.month].append(trial)
    found = {month: accuracy_of(rows, method) for month, rows in sorted(grouped.items())}
    return {month: accuracy for month, accuracy in found.items() if accuracy is not None}


def weights_of(earlier: Iterable[Trial]) -> dict[int, dict[Method, Decimal]]:
    """For each month of the year how much each suggestion counts: the inverse of its mean error in that month of earlier years.

    Errors are shares of the budget, of all units together: one unit has one such month a year, which says next to nothing.
    """
    errors: dict[tuple[int, Method], list[Decimal]] = defaultdict(list)
    for trial in earlier:
        for method in SUGGESTED:
            share = trial.share(method)
            if share is not None:
                errors[trial.month, method].append(share)
    weights: dict[int, dict[Method, Decimal]] = defaultdict(dict)
    for (month, method), shares in errors.items():
        weights[month][method] = 1 / max(_mean(shares), LEAST_ERROR)
    return dict(weights)


def combined(forecasts: Mapping[Method, Decimal], weights: Mapping[Method, Decimal]) -> Decimal | None:
    """The suggestions that could be worked out, weighed together, in whole kroner. Without earlier years they count the same."""
    known = [method for method in SUGGESTED if method in forecasts]
    if not known:
        return None
    # A suggestion that has never been tried counts as the one that has done worst.
    least = min(weights.values(), default=Decimal(1))
    held = {method: weights.get(method, least) for method in known}
    total = sum((forecasts[method] * weight for method, weight in held.items()), Decimal(0))
    return round_half_up(total / sum(held.values()), 0)


def with_combined(trials: Sequence[Trial], years: Iterable[int] | None = None) -> list[Trial]:
    """Each trial with the combined suggestion added. A year's weights come from the years before it and nothing else.

    `years` names the years that are wanted; the others only lend their errors.
    """
    wanted = set(years) if years is not None else {trial.year for trial in trials}
    done: list[Trial] = []
    for year in sorted(wanted):
        weights = weights_of(trial for trial in trials if trial.year < year)
        for trial in trials:
            if trial.year == year:
                said = combined(trial.forecasts, weights.get(trial.month, {}))
                added = {} if said is None else {Method.COMBINED: said}
                done.append(replace(trial, forecasts={**trial.forecasts, **added}))
    return done


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)
