"""Rows of equal width kept as one list of cells: a million rows as lists of their own cost more than reading them."""

from collections.abc import Sequence
from typing import Any, overload


class Cells(Sequence[Sequence[Any]]):
    """Some thousands of rows. Whoever needs columns gets them without a row being made."""

    __slots__ = ("_cells", "_stride", "width")

    def __init__(self, cells: list[Any], width: int, stride: int) -> None:
        """Cells in the order of the file, those of a row `stride` apart from those of the next; what lies between is nobody's."""
        self._cells, self.width, self._stride = cells, width, stride

    def __len__(self) -> int:
        return (len(self._cells) + self._stride - 1) // self._stride

    @overload
    def __getitem__(self, place: int) -> list[Any]: ...

    @overload
    def __getitem__(self, place: slice) -> "Cells": ...

    def __getitem__(self, place: int | slice) -> "list[Any] | Cells":
        if isinstance(place, int):
            if not 0 <= place < len(self):
                raise IndexError(place)
            first = place * self._stride
            return self._cells[first : first + self.width]
        first, last, step = place.indices(len(self))
        if step != 1:
            raise ValueError("rows that follow each other")
        return Cells(self._cells[first * self._stride : last * self._stride], self.width, self._stride)

    def columns(self) -> list[list[Any]]:
        """A list of cells for every place of a row."""
        return [self._cells[place :: self._stride] for place in range(self.width)]


def columns_of(rows: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """The columns of rows of equal width."""
    return list(rows.columns() if isinstance(rows, Cells) else zip(*rows, strict=True))


def width_of(rows: Sequence[Sequence[Any]]) -> int | None:
    """How many cells every row has; None where they have not equally many."""
    if isinstance(rows, Cells):
        return rows.width
    widths = set(map(len, rows))
    return widths.pop() if len(widths) == 1 else None


def cut_evenly(text: str, delimiter: str) -> Cells | None:
    """Whole lines as cells, where every line has as many and none is quoted, long or blank; None where that is not so."""
    lines = text.replace("\r\n", "\n").removesuffix("\n")
    if '"' in lines or "\r" in lines or _has_long_line(lines):
        return None
    width = lines.partition("\n")[0].count(delimiter) + 1
    # A line's end becomes a cell of its own, which must then stand in the same place of every row.
    cells = lines.replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
    stride = width + 1
    rows = (len(cells) + 1) // stride
    is_even = len(cells) + 1 == rows * stride and cells[width::stride].count("\n") == rows - 1 == lines.count("\n")
    return Cells(cells, width, stride) if is_even and width > 1 else None


# No cell is as long as a piece of the text in which some line ends.
_PIECE = 8000


def _has_long_line(lines: str) -> bool:
    return any(lines.find("\n", start, start + _PIECE) < 0 for start in range(0, len(lines) - _PIECE, _PIECE))
