"""What a target says as people write it: «>9.9 %», «minst 4,5», «85–90», «10 % bedre enn snitt for Oslo», «ikke øke».

The text is only read here; whether the operator makes sense for the indicator is for the goal linter.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from common.numbers import NotANumber, parse_number
from scorecard.rules.statuses import Direction
from scorecard.rules.targets import Comparison, TargetKind

MAX_LENGTH = 200


class Operator(StrEnum):
    """The operator of an absolute target."""

    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"
    BETWEEN = "between"


@dataclass(frozen=True)
class ParsedTarget:
    """What was read.

    `value` is the figure itself, of a range its lower end (`high` the upper); with `relative` it is the size of the change, 0 for "must
    not get worse". `comparison` is None where the text does not say percent of what: «økning på 5 %» may be percent or percentage
    points, which matters where the indicator itself is in percent. `wanted` is the way the text wants the figure to go, `base_year` the
    year it compares with, None also where it names two.
    """

    operator: Operator | None = None
    value: Decimal | None = None
    high: Decimal | None = None
    is_percent: bool = False
    relative: bool = False
    comparison: Comparison | None = None
    kind: TargetKind | None = None
    wanted: Direction | None = None
    base_year: int | None = None

    @property
    def understood(self) -> bool:
        """Whether the text gave a figure."""
        return self.value is not None


_NUMBER = r"(?:[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)*)"
_YEAR = re.compile(r"(?<![0-9.,])(?:19|20)[0-9][0-9](?![0-9.,]*[0-9])(?! ?(?:%|prosent|kr|,-))")
_POINTS = re.compile(r"\b(?:prosentpoeng|prosentenhet\w*|poeng|pp)\b")
_PERCENT = re.compile(r"%|\bprosent\b")
_RANGE = re.compile(rf"(?:mellom )?(-?{_NUMBER})(?: ?(?:%|prosent))? ?(?:-|\btil\b|\bog\b) ?(-?{_NUMBER})(?: .*|%)?")
_NOT_UP = re.compile(r"\bikke\b.*\b(?:øk\w*|stig\w*|gå opp)")
_NOT_DOWN = re.compile(r"\bikke\b.*\b(?:reduser\w*|synk\w*|fall\w*|minsk\w*|gå ned)")
_AS_GOOD = re.compile(r"\b(?:lik eller bedre|like god\w* eller bedre|minst like god\w*|minst som|ikke dårligere|ikke svakere)\b")
_UP = re.compile(r"\b(?:øk\w*|vekst\w*|opp|høyere|flere|mer)\b")
_DOWN = re.compile(r"\b(?:reduksjon\w*|reduser\w*|nedgang\w*|ned|senk\w*|lavere|færre|mindre)\b")
_BETTER = re.compile(r"\b(?:bedre|forbedr\w*)\b")
_COMPARED = re.compile(rf"{_NUMBER}[^0-9]*\b(?:høyere|lavere|flere|færre|mer|mindre) (?:\w+ )?enn\b")
_CHANGED = re.compile(r"\b(?:øk\w*|vekst\w*|opp|reduksjon\w*|reduser\w*|nedgang\w*|ned|senk\w*|bedre|forbedr\w*)\b")
_CHANGED_TO = re.compile(rf"\btil (?:\w+ )?{_NUMBER}")
_SIGNED = re.compile(rf"\+ ?{_NUMBER}.*|- ?{_NUMBER} ?(?:prosentpoeng|prosentenhet\w*|poeng|pp)\b.*")
_BENCHMARK = re.compile(
    r"\b(?:bedre|høyere|lavere|flere|færre|mer|mindre)\b.*\benn\b|\b(?:oslo|norge|landet|landssnitt\w*|andre bydeler|kommunene)\b"
)
_OPERATORS = (
    (Operator.AT_MOST, re.compile(r"<=|\bikke (?:\w+ )?(?:over\w*|mer enn|større enn|høyere enn)\b|\b(?:høyst|maks\w*|inntil|opptil)\b")),
    (Operator.AT_LEAST, re.compile(r">=|\bikke (?:\w+ )?(?:under\w*|mindre enn|lavere enn)\b|\b(?:minst|minimum|min)\b")),
    (Operator.BELOW, re.compile(r"<|\b(?:under|(?:mindre|lavere|færre) enn)\b")),
    (Operator.ABOVE, re.compile(r">|\b(?:over|(?:mer|høyere|større|flere) enn)\b")),
)
_SIGNS = str.maketrans({"≥": ">=", "≤": "<=", "\u2212": "-", "\u2013": "-", "\u2014": "-", "⩾": ">=", "⩽": "<="})
_FIGURE = re.compile(rf"(?:(?<=[<>= ])|^)-?{_NUMBER}|{_NUMBER}")


def parse_target_text(text: str) -> ParsedTarget:
    """Read a target. What cannot be read gives a ParsedTarget that is not `understood`; never an exception."""
    words = " ".join(text[: MAX_LENGTH + 1].translate(_SIGNS).split()).casefold().replace("=>", ">=").replace("=<", "<=")
    if not words or len(words) > MAX_LENGTH:
        return ParsedTarget()
    for reader in (_range, _not_worse, _change):
        found = reader(words)
        if found is not None:
            return found
    return _absolute(words)


def _range(words: str) -> ParsedTarget | None:
    ends = _RANGE.fullmatch(words)
    if ends is None:
        return None
    return ParsedTarget(Operator.BETWEEN, _number(ends[1]), _number(ends[2]), is_percent=_is_percent(words))


def _not_worse(words: str) -> ParsedTarget | None:
    up, down = _NOT_UP.search(words), _NOT_DOWN.search(words)
    if (up or down) and re.search(r"\bmer enn\b", words):
        # «Ikke øke mer enn 2 %» allows a change for the worse; it has to be written as a figure.
        return ParsedTarget()
    if not (up or down or _AS_GOOD.search(words)) or re.search(rf"\b(?:over\w*|under\w*) (?:kr )?{_NUMBER}", words):
        return None
    return ParsedTarget(
        operator=Operator.AT_MOST if up else Operator.AT_LEAST if down else None,
        value=Decimal(0),
        relative=True,
        comparison=Comparison.PERCENT,
        kind=_kind(words),
        wanted=Direction.LOWER if up else Direction.HIGHER if down else None,
        base_year=_base_year(words),
    )


def _change(words: str) -> ParsedTarget | None:
    if not (_SIGNED.fullmatch(words) or _CHANGED.search(words) or _COMPARED.search(words)):
        return None
    wanted = _wanted(words)
    if _CHANGED_TO.search(words):
        figure = _figure(words[words.index(" til ") + 5 :] if " til " in words else words)
        operator = {Direction.HIGHER: Operator.AT_LEAST, Direction.LOWER: Operator.AT_MOST, None: None}[wanted]
        return ParsedTarget(operator, figure, is_percent=_is_percent(words), wanted=wanted)
    is_percent = _is_percent(words)
    amount = _figure(words)
    return ParsedTarget(
        value=None if amount is None else abs(amount),
        is_percent=is_percent,
        relative=True,
        comparison=None if is_percent else Comparison.POINTS,
        kind=_kind(words),
        wanted=wanted,
        base_year=_base_year(words),
    )


def _wanted(words: str) -> Direction | None:
    if words.startswith("+"):
        return Direction.HIGHER
    if words.startswith("-"):
        return Direction.LOWER
    if _BETTER.search(words):
        return None
    if _DOWN.search(words):
        return Direction.LOWER
    return Direction.HIGHER if _UP.search(words) else None


def _absolute(words: str) -> ParsedTarget:
    operator = next((operator for operator, pattern in _OPERATORS if pattern.search(words)), None)
    return ParsedTarget(operator, _figure(words), is_percent=_is_percent(words))


def _is_percent(words: str) -> bool:
    return bool(_PERCENT.search(words)) and not _POINTS.search(words)


def _kind(words: str) -> TargetKind:
    return TargetKind.BENCHMARK if _BENCHMARK.search(words) and _base_year(words) is None else TargetKind.BASELINE


def _base_year(words: str) -> int | None:
    years = set(_YEAR.findall(words))
    return int(years.pop()) if len(years) == 1 else None


def _figure(words: str) -> Decimal | None:
    """The one figure of the text, years aside; None when there is none, or more than one and nothing says which."""
    without_years = _YEAR.sub(" ", words)
    found = _FIGURE.findall(without_years) or _FIGURE.findall(words)
    with_percent = re.findall(rf"(?:(?<=[<>= ])|^)-?{_NUMBER}(?= ?(?:%|prosent))", without_years)
    figures = with_percent if len(found) > 1 and len(with_percent) == 1 else found
    return _number(figures[0]) if len(figures) == 1 else None


def _number(text: str) -> Decimal | None:
    try:
        return parse_number(text).value
    except NotANumber:
        return None
