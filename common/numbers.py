"""Figures as people and systems write them, and the one rounding rule. Pure: no Django, no clock."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

MAX_DIGITS = 30
MAX_EXPONENT = 12
# Wider than any figure that is let in, so that rounding never meets the limit of 28 digits.
_WIDE = Context(prec=80, rounding=ROUND_HALF_UP)
_STEPS = [Decimal(1).scaleb(-places) for places in range(13)]


class NotANumber(ValueError):
    """The text cannot be read as one figure."""


class AmbiguousNumber(NotANumber):
    """«1.234»: the point may be a decimal point or a thousands separator, and nothing says which."""


class Mark(StrEnum):
    """What the text says about the figure besides its value."""

    EXACT = "exact"
    ESTIMATE = "estimate"
    MISSING = "missing"
    EMPTY = "empty"


@dataclass(frozen=True)
class ParsedNumber:
    """A figure and its mark. The value is None exactly when the mark is MISSING or EMPTY."""

    value: Decimal | None
    mark: Mark


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Round to so many decimals, a half away from zero: 93.25 becomes 93.3. Never gives a negative zero."""
    rounded = value.quantize(_STEPS[places] if 0 <= places < len(_STEPS) else Decimal(1).scaleb(-places), context=_WIDE)
    return rounded or rounded.copy_abs()


_MISSING = {"?", "??", "???"} | {
    "#i/t",
    "#n/a",
    "#i/t!",
    "#div/0!",
    "#verdi!",
    "#value!",
    "#ref!",
    "#navn?",
    "#name?",
    "#num!",
    "#tall!",
    "#null!",
}
_DASHES = {"-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"}
_MAX_LENGTH = 100

_SPACES = re.compile("[\u00a0\u2007\u2009\u202f]")
_ESTIMATE = re.compile(r"(?:(?:ca\.?|cirka|omtrent)(?=[ 0-9(+-])|[~≈]) *")
_MINUS = re.compile("[\u2212\u2013](?=[ ]*(?:kr\\.? *)?[0-9.,])|\u2212$")
_UNIT_BEFORE = re.compile(r"^(?:kr\.?|nok) *(?=[0-9.,+-])")
_UNIT_AFTER = re.compile(r"(?: *(?:kr\.?|kroner|nok|%|prosent)|,-(?: *(?:kr\.?|kroner))?)$")

_SCIENTIFIC = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?e([+-]?[0-9]{1,4})")
_PLAIN = re.compile(r"[0-9]+")
_DECIMAL_COMMA = re.compile(r"([0-9]*|[1-9][0-9]{0,2}(?: [0-9]{3})+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+),([0-9]+)")
_DECIMAL_POINT = re.compile(r"([0-9]*|[1-9][0-9]{0,2}(?: [0-9]{3})+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)\.([0-9]+)")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?: [0-9]{3})+|(?:\.[0-9]{3}){2,}|(?:,[0-9]{3}){2,})")
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")


def parse_number(text: str, *, decimal_point: bool | None = None) -> ParsedNumber:
    """Read one figure in any of the spellings that Norwegian files and people use.

    Spaces of every kind, points or commas between thousands, decimal comma or point, minus before or after, U+2212 and
    en dash, parentheses for negative, kr, %, «ca.», spreadsheet errors. A lone dash is EMPTY and not zero.
    ``decimal_point`` settles «1.234»: True reads 1.234, False reads 1234, None raises AmbiguousNumber.
    A percentage keeps its number: «10,5 %» is 10.5. Raises NotANumber for everything else, and nothing but that.
    """
    wanted = _clean(text)
    if not wanted or wanted in _DASHES:
        return ParsedNumber(None, Mark.EMPTY)
    if wanted in _MISSING:
        return ParsedNumber(None, Mark.MISSING)
    estimate, negative, body = _taken_apart(wanted)
    value = _value(body, decimal_point)
    if negative and value:
        # copy_negate and not a minus sign: the latter would round to the context's 28 digits.
        value = value.copy_negate()
    return ParsedNumber(value, Mark.ESTIMATE if estimate else Mark.EXACT)


def decide_decimal_point(cells: Iterable[str]) -> bool | None:
    """What a point means in this column, judged by the cells where it can mean one thing only.

    True: decimals («4.70», «1234.5»). False: thousands («1.234.567», «1.234,5»), or decimals are written with a comma
    («3,5»). None: no evidence, or evidence for both; then a person must say.
    """
    found = {meaning for meaning in map(_meaning_of_point, cells) if meaning is not None}
    return found.pop() if len(found) == 1 else None


def _meaning_of_point(cell: str) -> bool | None:
    try:
        wanted = _clean(cell)
        parse_number(wanted)
        body = _taken_apart(wanted)[2]
    except NotANumber:
        return None
    if _DECIMAL_COMMA.fullmatch(body) or (_GROUPED.fullmatch(body) and "." in body):
        return False
    return True if _DECIMAL_POINT.fullmatch(body) else None


def _clean(text: str) -> str:
    if len(text) > _MAX_LENGTH and text.strip():
        raise NotANumber("the text is too long for a figure")
    return _SPACES.sub(" ", text).strip().casefold()


def _taken_apart(text: str) -> tuple[bool, bool, str]:
    """Whether it is an estimate, whether it is negative, and the bare digits with their separators. Raises NotANumber."""
    text = _MINUS.sub("-", text)
    estimate = _ESTIMATE.match(text)
    text = _UNIT_AFTER.sub("", text[estimate.end() :] if estimate else text)
    signs = ""
    if text.startswith("(") and text.endswith(")"):
        signs, text = "-", _UNIT_AFTER.sub("", text[1:-1].strip())
    text = _UNIT_BEFORE.sub("", text)
    if text[:1] in {"-", "+"}:
        signs, text = signs + text[0], _UNIT_BEFORE.sub("", text[1:].lstrip())
    if text[-1:] == "-":
        signs, text = signs + "-", text[:-1].rstrip()
    if len(signs) > 1:
        raise NotANumber("the figure has two signs")
    if sum(character.isdigit() for character in text) > MAX_DIGITS:
        raise NotANumber("the figure has too many digits")
    return bool(estimate), signs == "-", text


def _value(body: str, decimal_point: bool | None) -> Decimal:
    if _PLAIN.fullmatch(body):
        return Decimal(body)
    if found := _SCIENTIFIC.fullmatch(body):
        whole, decimals, exponent = found.groups()
        if abs(int(exponent)) > MAX_EXPONENT:
            raise NotANumber("the exponent is out of range")
        return Decimal(format(Decimal(f"{whole}.{decimals or ''}e{exponent}"), "f"))
    if _AMBIGUOUS.fullmatch(body):
        if decimal_point is None:
            raise AmbiguousNumber(f"{body!r} may be a decimal or thousands")
        return Decimal(body if decimal_point else body.replace(".", ""))
    if _GROUPED.fullmatch(body):
        return Decimal(re.sub("[ .,]", "", body))
    found = _DECIMAL_COMMA.fullmatch(body) or _DECIMAL_POINT.fullmatch(body)
    if not found:
        raise NotANumber(f"{body!r} is not a figure")
    whole, decimals = found.groups()
    return Decimal(re.sub("[ .,]", "", whole) + "." + decimals)
