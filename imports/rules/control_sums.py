"""The file's own sums against what was read. Whole øre all the way."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress, count, islice
from operator import is_not

from imports.rules.amounts import kroner
from imports.rules.findings import ControlSum

KEPT, VARIANCE = ("original", "revised", "budget", "actual"), "variance"
AMOUNTS = (*KEPT, VARIANCE)
# sorts of accounts, as places of a cost centre's buckets
WAGES, INCOME, OTHER, INVESTMENT = SORTS = (0, 1, 2, 3)
_MAX_COUNTED_AGAIN = 300
# Stretches shorter than this are added row by row.
_FEW_ROWS = 6
_CODE = re.compile(r"[0-9][0-9A-Za-z]*")
_TOTAL = re.compile(r"\b(?:total|totalt|totalsum|grand total|sum totalt|hele)\b", re.IGNORECASE)


@dataclass(slots=True)
class Bucket:
    """What has been read of one cost centre, one period and one sort of accounts."""

    cost_centre: str
    name: str
    unit_id: int | None
    sort: int = OTHER
    # rows, then the five amounts in øre
    sums: list[int] = field(default_factory=lambda: [0] * 6)


def add_up(buckets: Sequence[Bucket], columns: Sequence[Sequence[int] | None]) -> None:
    """Add the amounts of many rows to their buckets. Ledgers are sorted, so neighbours mostly share a bucket."""
    ends = list(compress(count(1), map(is_not, buckets, islice(buckets, 1, None))))
    present = [(place, column) for place, column in enumerate(columns, 1) if column is not None]
    if len(ends) * _FEW_ROWS < len(buckets):
        first = 0
        for last in [*ends, len(buckets)]:
            sums = buckets[first].sums
            sums[0] += last - first
            for place, column in present:
                sums[place] += sum(column[first:last])
            first = last
        return
    for bucket in buckets:
        bucket.sums[0] += 1
    for place, column in present:
        for bucket, amount in zip(buckets, column, strict=True):
            bucket.sums[place] += amount


class SumCheck:
    """Compares rows that are sums with the rows before them."""

    def __init__(self, buckets: Callable[[], Iterable[Bucket]]) -> None:
        self.buckets = buckets
        self.last = [0] * 6
        self.counted = 0
        self.found: list[tuple[str, int, list[int | None], list[int]]] = []

    def compare(self, row: int, text: str, printed: Sequence[int | None], *, scope: str = "") -> bool:
        """Note a printed sum with the best account of it that the rows give. False when none of them fits and it was no sum by name."""
        choices = self._choices(text, scope)
        if not choices:
            return False
        _off, label, sums = min(((self._off(printed, sums), label, sums) for label, sums in choices), key=lambda choice: choice[0])
        self.found.append((label, row, list(printed), sums))
        return True

    def fits(self, text: str, printed: Sequence[int | None], *, scope: str, tolerance: int) -> bool:
        """Whether a row without a name of a sum is one all the same."""
        return any(self._off(printed, sums) <= tolerance * 5 for _label, sums in self._choices(text, scope))

    def _choices(self, text: str, scope: str) -> list[tuple[str, list[int]]]:
        code = scope or next(iter(_CODE.findall(text)), "")
        if code:
            exact = self._added(code, exact=True)
            if exact[0]:
                return [(code, exact)]
        if self.counted >= _MAX_COUNTED_AGAIN:
            return []
        self.counted += 1
        total = self._added("", exact=False)
        if _TOTAL.search(text):
            return [("", total)]
        since = [now - before for now, before in zip(total, self.last, strict=True)]
        self.last = total
        choices = [("", total)]
        if since[0] and since != total:
            choices.append((text, since))
        if code:
            choices.append((code, self._added(code, exact=False)))
        return choices

    def _added(self, code: str, *, exact: bool) -> list[int]:
        sums = [0] * 6
        for bucket in self.buckets():
            if bucket.cost_centre == code if exact else bucket.cost_centre.startswith(code):
                sums = [one + other for one, other in zip(sums, bucket.sums, strict=True)]
        return sums

    @staticmethod
    def _off(printed: Sequence[int | None], sums: Sequence[int]) -> int:
        return sum(abs(value - read) for value, read in zip(printed, sums[1:], strict=True) if value is not None)


def as_control_sum(what: str, printed: int, read: int, *, tolerance: int, scope: str = "", row: int = 0) -> ControlSum:
    """One line of the control page."""
    return ControlSum(
        what=what,
        in_file=kroner(printed),
        read=kroner(read),
        difference=kroner(printed - read),
        tolerance=kroner(tolerance),
        ok=abs(printed - read) <= tolerance,
        scope=scope[:80],
        row=row,
    )
