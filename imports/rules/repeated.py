"""Rows with the same key as an earlier one, found with sixteen bytes a row."""

from array import array
from collections.abc import Iterator

_PARTS = 8


class RepeatedKeys:
    """Remembers what keys come to, in parts, so that only one part at a time is unfolded at the end."""

    def __init__(self) -> None:
        self._marks: list[array[int]] = [array("q") for _part in range(_PARTS)]
        self._rows: list[array[int]] = [array("q") for _part in range(_PARTS)]

    def add(self, row: int, key: tuple[object, ...]) -> None:
        """One more row."""
        mark = hash(key)
        self._marks[mark % _PARTS].append(mark)
        self._rows[mark % _PARTS].append(row)

    def found(self) -> Iterator[tuple[int, int]]:
        """(row, the first row with the same key), for every row but the first."""
        for marks, rows in zip(self._marks, self._rows, strict=True):
            if len(set(marks)) == len(marks):
                continue
            first: dict[int, int] = {}
            for mark, row in zip(marks, rows, strict=True):
                if first.setdefault(mark, row) != row:
                    yield row, first[mark]
