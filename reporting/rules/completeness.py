"""What a report lacks before it can be delivered: everything at once, so that nobody is sent back twice."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from decimal import Decimal

from reporting.rules.demands import Struck
from reporting.rules.kinds import Demand, Duty, RuleKind

EXPLAINED = frozenset({RuleKind.VARIANCE_TO_DATE, RuleKind.FORECAST_OVERSPEND, RuleKind.UNDERSPEND})
CHANGED = frozenset({RuleKind.FORECAST_CHANGED, RuleKind.FORECAST_OFF_PACE})
WITH_ACTION = frozenset({Demand.COMMENT_AND_ACTION, Demand.ACTION})


@dataclass(frozen=True, slots=True)
class Written:
    """What the leader has said so far. `priced_actions` counts open actions with an amount, an owner and a day."""

    forecast: Decimal | None = None
    change_text: str = ""
    causes: tuple[str, ...] = ()
    explanation: str = ""
    timing: Decimal | None = None
    timing_text: str = ""
    sick_text: str = ""
    indicator_lines: Mapping[str, str] = default(default_factory=dict)
    action_lines: Mapping[str, str] = default(default_factory=dict)
    priced_actions: int = 0
    open_actions: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A production figure of the month that nobody has written yet."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: in which part, in which field, what is wrong with it."""

    part: str
    field: str
    code: str
    params: Mapping[str, object] = default(default_factory=dict)


def missing(written: Written, struck: Collection[Struck], duty: Duty, figures: Iterable[Figure]) -> tuple[Missing, ...]:
    """In the order of the page. A month of figures alone asks for the figures alone."""
    numbers = [Missing("production", f"figure_{figure.code}", "figure", {"name": figure.name}) for figure in figures]
    if duty is not Duty.FULL:
        return tuple(numbers)
    found = [*_forecast(written, struck), *_explanation(written, struck), *_actions(written, struck), *_sick_leave(written, struck)]
    return (*found, *numbers)


def asked_length(struck: Iterable[Struck], kinds: Collection[RuleKind]) -> int | None:
    """How long a text must be for these rules; None where none of them strikes."""
    return max((each.rule.min_length for each in struck if each.kind in kinds), default=None)


def _forecast(written: Written, struck: Collection[Struck]) -> list[Missing]:
    if written.forecast is None:
        return [Missing("forecast", "method", "choose")]
    return _text("forecast", "change_text", written.change_text, asked_length(struck, CHANGED))


def _explanation(written: Written, struck: Collection[Struck]) -> list[Missing]:
    length = asked_length((each for each in struck if each.rule.demand is not Demand.ACTION), EXPLAINED)
    found = []
    if length is not None and not written.causes:
        found.append(Missing("explanation", "causes", "choose"))
    found += _text("explanation", "explanation", written.explanation, length)
    if written.timing and not written.timing_text.strip():
        found.append(Missing("explanation", "timing_text", "what"))
    return found


def _actions(written: Written, struck: Collection[Struck]) -> list[Missing]:
    found = []
    asking = [each for each in struck if each.rule.demand in WITH_ACTION]
    if any(each.kind in EXPLAINED for each in asking) and not written.priced_actions:
        found.append(Missing("actions", "new_action", "priced_action"))
    if any(each.kind is RuleKind.SICK_LEAVE for each in asking) and not written.open_actions:
        found.append(Missing("actions", "new_action", "action"))
    for each in struck:
        if each.kind is RuleKind.RED_INDICATOR:
            found += _indicator(written, each)
        elif each.kind is RuleKind.OVERDUE_ACTION and not written.action_lines.get(each.subject, "").strip():
            found.append(Missing("actions", f"action_line_{each.subject}", "line", {"name": each.label}))
    return found


def _indicator(written: Written, struck: Struck) -> list[Missing]:
    """An action, or a line where the rule is content with that."""
    if struck.rule.demand in WITH_ACTION:
        return [Missing("actions", f"indicator_{struck.subject}", "indicator_action", {"name": struck.label})]
    if len(written.indicator_lines.get(struck.subject, "").strip()) < struck.rule.min_length:
        params = {"name": struck.label, "n": struck.rule.min_length}
        return [Missing("actions", f"indicator_line_{struck.subject}", "short", params)]
    return []


def _sick_leave(written: Written, struck: Collection[Struck]) -> list[Missing]:
    commenting = (each for each in struck if each.rule.demand is not Demand.ACTION)
    return _text("sick_leave", "sick_text", written.sick_text, asked_length(commenting, {RuleKind.SICK_LEAVE}))


def _text(part: str, name: str, text: str, length: int | None) -> list[Missing]:
    if length is None or len(text.strip()) >= max(length, 1):
        return []
    return [Missing(part, name, "short", {"n": length})]
