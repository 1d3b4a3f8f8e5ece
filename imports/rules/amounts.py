"""Amounts of a ledger as whole øre and as plain text. Common spellings are read quickly; all others by common.numbers."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import repeat
from operator import mul, truediv
from typing import Any

from common.numbers import NotANumber, parse_number, round_half_up

# An amount, and how it is written for the database.
Amount = tuple[int | None, str | None]
NOTHING: Amount = (None, None)
MAX_ORE = 10**16
_KEPT = 20_000
# As far as a floating point number tells every øre from the next.
_MOST_ORE = 10**14
# How an amount may look when every digit is a nought, every space a plain one and the decimal sign a point.
_WITH_ORE = re.compile(rb"(?:-?(?:0{1,12}|0{1,3}(?: 000){1,3})\.00|(?:0{1,12}|0{1,3}(?: 000){1,3})\.00-)")
_WHOLE = re.compile(rb"-?0{1,12}")
_SHAPE = bytes.maketrans(b"123456789,\xa0", b"000000000. ")
_POINT = bytes.maketrans(b",", b".")
# Thousands after a nought: no amount is written so.
_NOUGHT_FIRST = re.compile(rb"\n-?0[0-9]{0,2}[ \xa0]")
_MOST_SHAPES = 1000


class AmountTooLarge(NotANumber):
    """No municipality has that much."""


def ore_text(ore: int) -> str:
    """So many øre as kroner: -130500 becomes «-1305.00»."""
    return f"-{-ore // 100}.{-ore % 100:02}" if ore < 0 else f"{ore // 100}.{ore % 100:02}"


def kroner(ore: int) -> Decimal:
    """So many øre as kroner."""
    return Decimal(ore).scaleb(-2)


def to_ore(value: Decimal) -> int:
    """Kroner as whole øre, a half away from zero. Raises AmountTooLarge."""
    ore = int(round_half_up(value, 2).scaleb(2)) if abs(value) < MAX_ORE else MAX_ORE
    if abs(ore) >= MAX_ORE:
        raise AmountTooLarge("the amount is out of range")
    return ore


class AmountReader:
    """Reads cells of one file's amounts. ``seen`` remembers cells; look there first, and ask ``read`` where there is none."""

    def __init__(self, *, unit: int = 1, decimal_point: bool | None = None) -> None:
        self.unit = unit
        self.decimal_point = decimal_point
        self.seen: dict[object, Amount] = {}
        # most decimals met so far: what a printed sum can be off by rounding follows from it
        self.decimals = 0
        # shapes of texts met so far: True with øre, False whole kroner
        self.shapes: dict[bytes, bool | None] = {}

    def read(self, cell: object) -> Amount:
        """The amount of a cell. Raises NotANumber, AmbiguousNumber among them."""
        if isinstance(cell, str):
            amount = self._slow(cell)
        else:
            amount = self._native(cell)
        if len(self.seen) >= _KEPT:
            self.seen.clear()
        self.seen[cell] = amount
        return amount

    def attempt(self, cell: object) -> Amount:
        """The amount of a cell, or nothing where it is none."""
        try:
            return self.read(cell)
        except NotANumber:
            return NOTHING

    def column(self, cells: Sequence[object]) -> tuple[Sequence[int | None], Sequence[str | None]]:
        """The amounts of many rows at once, as øre and as text. Raises NotANumber for the whole when one cell is none."""
        if self.unit == 1:
            found = self._alike(cells)
            if found is not None:
                return found
            kept = [cell for cell in cells if cell != "" and cell is not None]
            found = self._alike(kept) if kept and len(kept) < len(cells) else None
            if found is not None:
                ores, texts = iter(found[0]), iter(found[1])
                blank = [cell == "" or cell is None for cell in cells]
                return [None if each else next(ores) for each in blank], [None if each else next(texts) for each in blank]
        seen, read = self.seen, self.read
        amounts = [seen.get(cell) or read(cell) for cell in cells]
        return [amount[0] for amount in amounts], [amount[1] for amount in amounts]

    def ores(self, cells: Sequence[object]) -> Sequence[int | None]:
        """The amounts of many rows as øre, without their texts: of floating point these cost more than the amounts. Raises NotANumber."""
        if self.unit == 1 and set(map(type, cells)) == {float}:
            found = self._ores(cells)
            if found is not None:
                return found
        return self.column(cells)[0]

    def _alike(self, cells: Sequence[Any]) -> tuple[list[int], list[str]] | None:
        return self._texts(cells) if cells and isinstance(cells[0], str) else self._floats(cells)

    def _texts(self, cells: Sequence[Any]) -> tuple[list[int], list[str]] | None:
        """All of them written alike, «1 234 567,89-» or whole kroner: one look at each shape they have; None when one is not."""
        try:
            data = ("\n" + "\n".join(cells)).replace("\u202f", "\u00a0").encode("latin-1")
        except (TypeError, UnicodeEncodeError):
            return None
        shapes = data.translate(_SHAPE)[1:].split(b"\n")
        kinds = {self._kind_of(shape) for shape in set(shapes)}
        if len(shapes) != len(cells) or len(kinds) != 1 or None in kinds:
            return None
        if (b"\n0" in data or b"\n-0" in data) and _NOUGHT_FIRST.search(data):
            return None
        if True not in kinds:
            return [int(cell) * 100 for cell in cells], [cell + ".00" for cell in cells]
        texts = data.translate(_POINT, b" \xa0").decode("ascii")
        if b"-\n" in data or data.endswith(b"-"):
            kept = ["-" + text[:-1] if text[-1] == "-" else text for text in texts[1:].split("\n")]
            texts = "\n".join(kept)
        else:
            texts = texts[1:]
            kept = texts.split("\n")
        self.decimals = max(self.decimals, 2)
        return list(map(int, texts.replace(".", "").split("\n"))), kept

    def _kind_of(self, shape: bytes) -> bool | None:
        if shape not in self.shapes:
            kind = True if _WITH_ORE.fullmatch(shape) else False if _WHOLE.fullmatch(shape) else None
            if len(self.shapes) >= _MOST_SHAPES:
                self.shapes.clear()
            self.shapes[shape] = kind
        return self.shapes[shape]

    def _floats(self, cells: Sequence[Any]) -> tuple[list[int], list[str]] | None:
        """All of them floating point with no more than two decimals, as a workbook has them."""
        ores = self._ores(cells) if set(map(type, cells)) == {float} else None
        return None if ores is None else (ores, ("\n".join(["%.2f"] * len(cells)) % tuple(cells)).split("\n"))

    def _ores(self, cells: Sequence[Any]) -> list[int] | None:
        """Of cells that are all floating point."""
        try:
            ores = list(map(round, map(mul, cells, repeat(100.0))))
        except (ValueError, OverflowError):  # no number, or one without end
            return None
        if max(ores) >= _MOST_ORE or min(ores) <= -_MOST_ORE or list(map(truediv, ores, repeat(100))) != list(cells):
            return None
        if not self.decimals and any(ore % 100 for ore in ores):
            self.decimals = 2
        return ores

    def _slow(self, cell: str) -> Amount:
        value = parse_number(cell, decimal_point=self.decimal_point).value
        return NOTHING if value is None else self._exact(value)

    def _native(self, cell: object) -> Amount:
        if cell is None or isinstance(cell, bool):
            return NOTHING
        if isinstance(cell, float):
            if self.unit == 1 and abs(cell) < 1e12:
                text = f"{cell:.2f}"
                # What a spreadsheet works out has a tail of noise; anything more than that goes the exact way.
                if abs(float(text) - cell) < 1e-6:
                    self.decimals = self.decimals if cell.is_integer() else 2
                    ore = int(text.replace(".", ""))
                    return ore, text if ore else "0.00"
            return self._exact(Decimal(f"{cell:.15g}"))
        if isinstance(cell, int):
            return self._exact(Decimal(cell))
        raise NotANumber("the cell holds a date and no amount")

    def _exact(self, value: Decimal) -> Amount:
        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and exponent < 0:
            self.decimals = max(self.decimals, min(-exponent, 6))
        ore = to_ore(value * self.unit)
        return ore, ore_text(ore)


def rounding(unit: int, decimals: int, rows: int) -> int:
    """How many øre a printed sum of so many printed rows may be off. Amounts in whole øre have nothing to round."""
    step = Decimal(100 * unit).scaleb(-decimals)
    return 0 if step <= 1 else int(rows * step / 2)
