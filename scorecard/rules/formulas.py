"""Calculated indicators: a closed language of + - * / ( ), numbers and indicator codes in brackets.

An example is `[saker_innen_frist] / [saker] * 100`. Units of measure are checked: kroner are not added to days. There a number takes
the measure it needs, and a percent counts as a plain share when it is multiplied or divided, and may be added to a quotient of two like
figures.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from functools import cached_property

from scorecard.rules.formula_grammar import ErrorCode, FormulaError, Negative, Node, Number, Operation, Reference, read
from scorecard.rules.statuses import Quality

__all__ = ["ErrorCode", "Formula", "FormulaError", "check_measures", "find_cycle", "in_order", "parse"]

PERCENT = "percent"

# Measure to power, sorted: kroner per person is (("count", -1), ("kroner", 1)). None is a plain number that fits anywhere.
Dimension = tuple[tuple[str, int], ...]
SHARE: Dimension = ()
PERCENTAGE: Dimension = ((PERCENT, 1),)


@dataclass(frozen=True)
class Formula:
    """A formula that has been read."""

    text: str
    root: Node

    @cached_property
    def codes(self) -> frozenset[str]:
        """The indicators it needs."""
        return frozenset(node.code for node in _references(self.root))

    def evaluate(self, values: Mapping[str, Decimal | None]) -> Decimal | None:
        """The result, unrounded; None when a value is missing, something is divided by zero or the result has no figure."""
        try:
            return _evaluate(self.root, values)
        except DecimalException:
            return None

    def result(self, parts: Mapping[str, tuple[Decimal | None, Quality]]) -> tuple[Decimal, Quality] | None:
        """What the figures of one unit and period come to, unrounded, and how sure it is: preliminary as soon as one part is not final.

        None where there is nothing to compute: then the indicator has no figure there, and nobody has said why.
        """
        value = self.evaluate({code: parts[code][0] if code in parts else None for code in self.codes})
        if value is None:
            return None
        soft = any(parts[code][1] in (Quality.PRELIMINARY, Quality.ESTIMATE) for code in self.codes)
        return value, Quality.PRELIMINARY if soft else Quality.FINAL


def parse(text: str) -> Formula:
    """Read a formula. Raises FormulaError with the code and position of the first thing wrong."""
    return Formula(text, read(text))


def _references(node: Node) -> list[Reference]:
    match node:
        case Reference():
            return [node]
        case Negative(inner):
            return _references(inner)
        case Operation(_, left, right):
            return _references(left) + _references(right)
    return []


def _evaluate(node: Node, values: Mapping[str, Decimal | None]) -> Decimal | None:
    match node:
        case Number(value):
            return value
        case Reference(code):
            return values.get(code)
        case Negative(inner):
            result = _evaluate(inner, values)
            return None if result is None else -result
    left, right = _evaluate(node.left, values), _evaluate(node.right, values)
    return None if left is None or right is None else _calculated(node.sign, left, right)


def _calculated(sign: str, left: Decimal, right: Decimal) -> Decimal | None:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / right if right else None


def find_cycle(graph: Mapping[str, Iterable[str]]) -> list[str] | None:
    """The first circle found among formulas (code to the codes it needs), as a path that ends where it began; None without one."""
    done: set[str] = set()
    for start in graph:
        path: list[str] = []
        waiting = [iter([start])]
        while waiting:
            code = next(waiting[-1], None)
            if code is None:
                waiting.pop()
                if path:
                    done.add(path.pop())
            elif code in path:
                return [*path[path.index(code) :], code]
            elif code not in done:
                path.append(code)
                waiting.append(iter(graph.get(code, ())))
    return None


def in_order(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """The formulas (code to the codes it needs), each behind those it rests on. The graph has no circle."""
    found: dict[str, None] = {}

    def add(code: str) -> None:
        for needed in graph.get(code, ()):
            if needed not in found:
                add(needed)
        if code in graph:
            found[code] = None

    for code in sorted(graph):
        add(code)
    return list(found)


def check_measures(formula: Formula, units_of_measure: Mapping[str, str]) -> None:
    """Refuse a formula that adds or subtracts different measures, or names an indicator without one. Raises FormulaError.

    `units_of_measure` gives the measure of each indicator code ("percent", "scale", "count", "kroner", "days", "index").
    """
    _dimension(formula.root, units_of_measure)


def _dimension(node: Node, measures: Mapping[str, str]) -> Dimension | None:
    match node:
        case Number():
            return None
        case Reference(code, position):
            if code not in measures:
                raise FormulaError(ErrorCode.UNKNOWN_INDICATOR, position)
            return ((str(measures[code]), 1),)
        case Negative(inner):
            return _dimension(inner, measures)
    left, right = _dimension(node.left, measures), _dimension(node.right, measures)
    if node.sign in "*/":
        return _product(left, right, 1 if node.sign == "*" else -1)
    if left is None or right is None:
        return right if left is None else left
    if left != right and {left, right} != {SHARE, PERCENTAGE}:
        raise FormulaError(ErrorCode.DIFFERENT_MEASURES, node.position)
    return left


def _product(left: Dimension | None, right: Dimension | None, sign: int) -> Dimension | None:
    if right is None:
        return left
    if left is None:
        return right if sign > 0 else tuple((name, -power) for name, power in right)
    powers: dict[str, int] = {}
    for dimension, times in ((left, 1), (right, sign)):
        for name, power in dimension:
            powers[name] = powers.get(name, 0) + times * power
    return tuple(sorted((name, power) for name, power in powers.items() if power and name != PERCENT))
