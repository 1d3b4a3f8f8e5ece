"""Norwegian identity numbers in text: eleven digits whose two check digits fit. Pure: no Django, no clock."""

import re

_ELEVEN = re.compile(r"(?<![0-9])([0-9]{6})[ \u00a0.\-]?([0-9]{5})(?![0-9])")
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def is_identity_number(digits: str) -> bool:
    """Whether eleven digits are a birth number, a D-number, or one of those made for tests: a date, and both check digits fit."""
    if len(digits) != 11 or not digits.isascii() or not digits.isdigit():
        return False
    numbers = [int(digit) for digit in digits]
    day, month = int(digits[:2]), int(digits[2:4])
    if not 1 <= (day - 40 if day > 40 else day) <= 31 or not 1 <= month % 40 <= 12:
        return False
    return _fits(numbers, _FIRST) and _fits(numbers, _SECOND)


def has_identity_number(text: str) -> bool:
    """Whether such a number stands anywhere in the text, also written «010203 45678»."""
    return any(is_identity_number("".join(found.groups())) for found in _ELEVEN.finditer(text))


def _fits(numbers: list[int], weights: tuple[int, ...]) -> bool:
    return sum(number * weight for number, weight in zip(numbers, weights, strict=False)) % 11 == 0
