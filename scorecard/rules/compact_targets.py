"""A whole target in one cell: «4,5 / 4,2», «9,9», «85–90 / 5», «10 prosentpoeng bedre enn Oslo / 80».

What stands after the slash is the yellow limit (of a range the tolerance), «ingen» for none. Without a slash the limit keeps its distance.
A written cell reads back as the same target. Only text: whether it makes sense is for the goal linter.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from common.numbers import NotANumber, parse_number
from scorecard.rules.statuses import Direction
from scorecard.rules.targets import Comparison, TargetKind

_YELLOW = re.compile(r"^(?P<main>.*?)(?:\s*/\s*|\s*[;,|]?\s+gul(?:grense)?\s+)(?P<yellow>[^/]*)$", re.IGNORECASE | re.DOTALL)
_NONE = {"", "-", "–", "ingen", "uten"}
_RELATIVE = re.compile(r"\b(?:relativt?|av verdien)\b", re.IGNORECASE)
# The words for each group, in the order they are looked for; the groups are the stored codes.
_GROUPS = (
    ("oslo", re.compile(r"\boslo", re.IGNORECASE)),
    ("norway", re.compile(r"\b(?:norge|landet|landssnitt)", re.IGNORECASE)),
    ("highest", re.compile(r"\bhøyest", re.IGNORECASE)),
    ("lowest", re.compile(r"\blavest", re.IGNORECASE)),
    ("peers", re.compile(r"\bandre\b", re.IGNORECASE)),
)
_GROUP_WORDS = {"oslo": "Oslo", "norway": "Norge", "highest": "høyest kommune", "lowest": "lavest kommune", "peers": "andre bydeler"}


class NoYellowLimit(ValueError):
    """What stands after the slash is not a figure."""


@dataclass(frozen=True)
class CellText:
    """A cell taken apart. `yellow` counts only where `has_yellow`; None then means that there shall be none."""

    main: str
    yellow: Decimal | None
    has_yellow: bool
    comparison: Comparison | None
    group: str


def take_apart(text: str) -> CellText:
    """The target's own words, the yellow limit, «relativt», and whom it compares with. Raises NoYellowLimit."""
    found = _YELLOW.match(text.strip())
    main = found["main"] if found else text.strip()
    yellow = _limit(found["yellow"]) if found else None
    relative = bool(_RELATIVE.search(main))
    group = next((code for code, words in _GROUPS if words.search(main)), "")
    return CellText(
        " ".join(_RELATIVE.sub(" ", main).split()),
        yellow,
        found is not None,
        Comparison.PERCENT if relative else None,
        group,
    )


def _limit(text: str) -> Decimal | None:
    if text.strip().casefold() in _NONE:
        return None
    try:
        value = parse_number(text).value
    except NotANumber as error:
        raise NoYellowLimit(text) from error
    if value is None:
        raise NoYellowLimit(text)
    return value


@dataclass(frozen=True)
class Written:
    """The figures of a stored target, as they are written into a cell."""

    kind: TargetKind
    value: Decimal | None
    yellow_limit: Decimal | None
    low: Decimal | None
    high: Decimal | None
    tolerance: Decimal | None
    amount: Decimal | None
    comparison: Comparison | None
    base_year: int | None
    group: str


def written(target: Written, *, in_percent: bool) -> str:
    """The cell of a stored target; `in_percent` says that the indicator itself is a percentage."""
    limit = target.yellow_limit
    if target.low is not None or target.high is not None:
        low, high = figure(target.low), figure(target.high)
        main = f"minst {low}" if target.high is None else f"høyst {high}" if target.low is None else f"{low}–{high}"
        limit = target.tolerance
    elif target.kind == TargetKind.ABSOLUTE:
        main = figure(target.value)
    else:
        main = _relative(target, in_percent)
    return main if limit is None else f"{main} / {figure(limit)}"


def _relative(target: Written, in_percent: bool) -> str:
    base = _GROUP_WORDS.get(target.group, "Oslo") if target.kind == TargetKind.BENCHMARK else f"{target.base_year}"
    if target.comparison == Comparison.PERCENT:
        measure = "% relativt" if in_percent else "%"
    else:
        measure = "prosentpoeng" if in_percent else "poeng"
    return f"{figure(target.amount)} {measure} bedre enn {base}"


def figure(value: Decimal | None) -> str:
    """A figure as a person types it: decimal comma, no more decimals than it has, nothing between thousands."""
    if value is None:
        return ""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",").replace("-0", "0") if text == "-0" else text.replace(".", ",")


def yellow_at_same_distance(value: Decimal, before: Decimal, limit: Decimal | None, direction: Direction) -> Decimal | None:
    """The yellow limit of a moved target: as far from it as the old one was, on the side that is worse."""
    if limit is None:
        return None
    distance = abs(before - limit)
    return value - distance if direction == Direction.HIGHER else value + distance
