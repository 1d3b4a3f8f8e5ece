"""Which rules strike for a report, and why in numbers. What they ask for is worked out by `completeness`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from reporting.rules.economy import Amounts, percent_of
from reporting.rules.forecast import forecast_percent, forecast_variance
from reporting.rules.kinds import Demand, RuleKind

MIN_LENGTH = 20
NOTHING = Amounts()


@dataclass(frozen=True, slots=True)
class Rule:
    """One row an administrator decided. With `needs_both` both limits must be passed, otherwise one of them."""

    kind: RuleKind
    limit_percent: Decimal | None = None
    limit_amount: Decimal | None = None
    needs_both: bool = False
    periods: int = 1
    min_length: int = MIN_LENGTH
    demand: Demand = Demand.COMMENT


@dataclass(frozen=True, slots=True)
class RedIndicator:
    """An indicator that is not reached, for so many periods in a row. `answered`: an open action says what is done."""

    code: str
    name: str
    run: int
    answered: bool = False


@dataclass(frozen=True, slots=True)
class OverdueAction:
    pk: int
    title: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at. `sick_leave_over` is percentage points over the target, the newest month first."""

    amounts: Amounts = NOTHING
    forecast: Decimal | None = None
    forecast_before: Decimal | None = None
    same_pace: Decimal | None = None
    sick_leave_over: tuple[Decimal | None, ...] = ()
    red: tuple[RedIndicator, ...] = ()
    overdue: tuple[OverdueAction, ...] = ()


@dataclass(frozen=True, slots=True)
class Struck:
    """A rule that asks for something. `amount` and `percent` are what passed the limits; `subject` is an indicator's code or an action's
    number where the rule is about one of several."""

    rule: Rule
    amount: Decimal | None = None
    percent: Decimal | None = None
    subject: str = ""
    label: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def kind(self) -> RuleKind:
        return self.rule.kind


def demands(rules: Iterable[Rule], facts: Facts) -> tuple[Struck, ...]:
    """Every rule that strikes, in the order of the rules given."""
    return tuple(struck for rule in rules for struck in _STRIKES[rule.kind](rule, facts))


def strikes(rule: Rule, percent: Decimal | None, amount: Decimal | None) -> bool:
    """Whether the limits are passed; being just at a limit is within it. A percentage that cannot be worked out counts as passed
    where there is an amount, since there is no budget at all to compare with."""
    if not amount:
        return False
    passed = []
    if rule.limit_percent is not None:
        passed.append(percent is None or percent > rule.limit_percent)
    if rule.limit_amount is not None:
        passed.append(amount > rule.limit_amount)
    if not passed:
        return True
    return all(passed) if rule.needs_both else any(passed)


def _variance_to_date(rule: Rule, facts: Facts) -> list[Struck]:
    return _if_over(rule, facts.amounts.variance, facts.amounts.variance_percent)


def _forecast_overspend(rule: Rule, facts: Facts) -> list[Struck]:
    variance = forecast_variance(facts.amounts.revised, facts.forecast)
    if variance is None or variance >= 0:
        return []
    return _if_over(rule, variance, forecast_percent(facts.amounts.revised, facts.forecast))


def _underspend(rule: Rule, facts: Facts) -> list[Struck]:
    variance = forecast_variance(facts.amounts.revised, facts.forecast)
    if variance is None or variance <= 0:
        return []
    return _if_over(rule, variance, forecast_percent(facts.amounts.revised, facts.forecast))


def _forecast_changed(rule: Rule, facts: Facts) -> list[Struck]:
    return _if_away(rule, facts.forecast, facts.forecast_before)


def _forecast_off_pace(rule: Rule, facts: Facts) -> list[Struck]:
    return _if_away(rule, facts.forecast, facts.same_pace)


def _if_away(rule: Rule, forecast: Decimal | None, base: Decimal | None) -> list[Struck]:
    if forecast is None or base is None:
        return []
    return _if_over(rule, forecast - base, percent_of(forecast - base, base))


def _if_over(rule: Rule, amount: Decimal | None, percent: Decimal | None) -> list[Struck]:
    """The signs are kept for the reader; the limits are about sizes."""
    if amount is None or not strikes(rule, None if percent is None else abs(percent), abs(amount)):
        return []
    return [Struck(rule, amount=amount, percent=percent)]


def _sick_leave(rule: Rule, facts: Facts) -> list[Struck]:
    recent = facts.sick_leave_over[: rule.periods]
    limit = rule.limit_percent or Decimal(0)
    if len(recent) < rule.periods or any(over is None or over <= limit for over in recent):
        return []
    return [Struck(rule, percent=recent[0], params={"periods": rule.periods})]


def _red_indicator(rule: Rule, facts: Facts) -> list[Struck]:
    return [
        Struck(rule, subject=each.code, label=each.name, params={"run": each.run})
        for each in facts.red
        if each.run >= rule.periods and not each.answered
    ]


def _overdue_action(rule: Rule, facts: Facts) -> list[Struck]:
    return [Struck(rule, subject=str(each.pk), label=each.title, params={"due_on": each.due_on}) for each in facts.overdue]


_STRIKES = {
    RuleKind.VARIANCE_TO_DATE: _variance_to_date,
    RuleKind.FORECAST_OVERSPEND: _forecast_overspend,
    RuleKind.FORECAST_CHANGED: _forecast_changed,
    RuleKind.FORECAST_OFF_PACE: _forecast_off_pace,
    RuleKind.UNDERSPEND: _underspend,
    RuleKind.SICK_LEAVE: _sick_leave,
    RuleKind.RED_INDICATOR: _red_indicator,
    RuleKind.OVERDUE_ACTION: _overdue_action,
}
