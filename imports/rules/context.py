"""What the reader must be told from outside: whose a code is, which period was chosen, and what last month came to."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal


def _nobody(_code: str, _day: date) -> int | None:
    return None


@dataclass(frozen=True)
class Earlier:
    """What a ledger's figures are compared with; the same three as in the context."""

    before: Mapping[int, Decimal]
    wages_before: Decimal | None
    plausible: tuple[Decimal, Decimal] | None


@dataclass(frozen=True)
class Context:
    """Everything known outside the file. All of it has a default, so that a file can be tried without a database."""

    # cost centre or unit code (of a survey: unit name), and the last day of the period -> id of the unit
    unit_of: Callable[[str, date], int | None] = _nobody
    # codes of the indicators that may be filled; None asks nothing
    indicators: Collection[str] | None = None
    # (year, number 1-15) chosen by a person; of a file without a period it is the period
    period: tuple[int, int] | None = None
    # what «1.234» means where the column does not show it
    decimal_point: bool | None = None
    # unit id -> actual from January to the end of the month before, and the same for wages in all (accounts 0xx)
    before: Mapping[int, Decimal] = field(default_factory=dict)
    wages_before: Decimal | None = None
    # a revised net budget outside of this is most likely in another unit of amounts
    plausible: tuple[Decimal, Decimal] | None = None
    # asks for these three once the file has said its period, where that is not known before
    earlier: Callable[[tuple[int, int] | None], Earlier] | None = None
    # how many days the parts of a row of sick leave may be from their sum
    tolerance: Decimal = Decimal("0.5")
    max_bytes: int = 300_000_000
    max_rows: int = 5_000_000

    def knowing(self, period: tuple[int, int] | None) -> "Context":
        """The same with what a file of this period is compared with."""
        if self.earlier is None:
            return self
        earlier = self.earlier(period)
        return replace(self, before=earlier.before, wages_before=earlier.wages_before, plausible=earlier.plausible)


class Refused(Exception):
    """The file must not be read: nothing of it is kept. ``code`` names the reason, ``params`` what the sentence needs.

    person_columns (columns), no_header (missing), too_few_columns, mixed_years (years), two_periods, period_missing,
    other_period (file, chosen), too_many_rows (limit).
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(f"{code}: {params}" if params else code)
        self.code = code
        self.params = {name: str(value) for name, value in params.items()}
