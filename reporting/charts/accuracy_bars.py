"""How far each unit's forecasts were from the result, as bars from a middle line: too high to the right, too low to the left."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from common import formats
from reporting.queries.accuracy import METHODS, Judged, UnitAccuracy, said_bias
from reporting.rules.accuracy import Method

HALF = 100


@dataclass(frozen=True)
class AccuracyRow:
    """One unit's line. `x` and `width` place its bar in a picture 200 wide; `errors` are the methods' in their order."""

    code: str
    name: str
    x: str
    width: str
    is_high: bool
    bias: str
    errors: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class AccuracyPlot:
    """`methods` are the heads of the errors; `total` adds the units' errors up; `sentences` say it in words."""

    methods: tuple[str, ...]
    rows: tuple[AccuracyRow, ...]
    total: tuple[tuple[str, str, bool], ...]
    sentences: tuple[str, ...]


def accuracy_plot(lines: Sequence[UnitAccuracy], year: int) -> AccuracyPlot:
    methods = tuple(method for method in Method if any(method in line.by_method for line in lines))
    longest = max((abs(line.leader.bias) for line in lines if line.leader), default=Decimal(0))
    return AccuracyPlot(
        methods=tuple(str(METHODS[method]) for method in methods),
        rows=tuple(_row(line, methods, longest) for line in lines),
        total=_cells({method: _sum(lines, method) for method in methods}, methods),
        sentences=_sentences(lines, methods, year),
    )


def _row(line: UnitAccuracy, methods: Sequence[Method], longest: Decimal) -> AccuracyRow:
    bias = line.leader.bias if line.leader else Decimal(0)
    width = HALF * abs(bias) / longest if longest else Decimal(0)
    return AccuracyRow(
        code=line.code,
        name=line.name,
        x=f"{HALF if bias >= 0 else HALF - width:.1f}",
        width=f"{width:.1f}",
        is_high=bias > 0,
        bias=said_bias(bias) if line.leader else formats.MISSING,
        errors=_cells({method: _error(line.by_method.get(method)) for method in methods}, methods),
    )


def _error(judged: Judged | None) -> Decimal | None:
    return None if judged is None else judged.error


def _sum(lines: Sequence[UnitAccuracy], method: Method) -> Decimal | None:
    """Only where every unit has it: sums of different units cannot be compared."""
    errors = [_error(line.by_method.get(method)) for line in lines]
    return None if None in errors or not errors else sum((error for error in errors if error is not None), Decimal(0))


def _cells(errors: dict[Method, Decimal | None], methods: Sequence[Method]) -> tuple[tuple[str, str, bool], ...]:
    """Head, text in 1000 kr, and whether it is the smallest."""
    known = [error for error in errors.values() if error is not None]
    least = min(known, default=None)
    return tuple((str(METHODS[method]), _thousands(errors[method]), len(known) > 1 and errors[method] == least) for method in methods)


def _thousands(amount: Decimal | None) -> str:
    return formats.number(None if amount is None else amount / 1000, 0)


def _sentences(lines: Sequence[UnitAccuracy], methods: Sequence[Method], year: int) -> tuple[str, ...]:
    judged = [line.leader for line in lines if line.leader]
    if not judged:
        return ()
    words = {"year": year, "high": sum(row.bias > 0 for row in judged), "low": sum(row.bias < 0 for row in judged), "all": len(judged)}
    told = [_("I %(year)s lå prognosene for høyt i %(high)s av %(all)s enheter, og for lavt i %(low)s.") % words]
    sums = {method: error for method in methods if (error := _sum(lines, method)) is not None}
    if len(sums) > 1:
        best = min(sums, key=lambda method: (sums[method], method))
        told.append(_("«%(method)s» traff best når alle enheter legges sammen.") % {"method": METHODS[best]})
    return tuple(told)
