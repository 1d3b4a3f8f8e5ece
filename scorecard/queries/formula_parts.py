"""What formulas rest on."""

from collections.abc import Iterable

from scorecard.models import Indicator
from scorecard.rules.formulas import in_order, parse


def named_by(indicators: Iterable[Indicator]) -> dict[str, Indicator]:
    """Every indicator that the formulas of these rest on, by code. No SQL without formulas, else one statement for each step."""
    found: dict[str, Indicator] = {}
    waiting = [indicator for indicator in indicators if indicator.formula]
    while waiting:
        codes = {code for indicator in waiting for code in parse(indicator.formula).codes} - found.keys()
        new = list(Indicator.objects.filter(code__in=codes)) if codes else []
        found.update({indicator.code: indicator for indicator in new})
        waiting = [indicator for indicator in new if indicator.formula]
    return found


def rests_on(indicator: Indicator, named: dict[str, Indicator]) -> set[str]:
    """Codes of everything one formula rests on, itself left out."""
    found: set[str] = set()
    waiting = [indicator]
    while waiting:
        current = waiting.pop()
        new = set(parse(current.formula).codes) - found if current.formula else set()
        found |= new
        waiting.extend(named[code] for code in new if code in named)
    return found


def resting_on(indicators: Iterable[Indicator]) -> list[Indicator]:
    """The formulas among these, and all formulas that rest on any of these; each behind those it rests on itself. One SQL statement."""
    formulas = {indicator.code: indicator for indicator in Indicator.objects.exclude(formula="")}
    graph = {code: parse(indicator.formula).codes for code, indicator in formulas.items()}
    order = in_order(graph)
    wanted = {indicator.code for indicator in indicators}
    for code in order:
        if graph[code] & wanted:
            wanted.add(code)
    return [formulas[code] for code in order if code in wanted]
