"""Parts of addresses that have a form of their own. Pure: no clock."""

from datetime import date

from common.periods import InvalidPeriod, Period


class MonthConverter:
    """A month in an address, «2026-09», as its first day."""

    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Raises ValueError, which makes the address one that does not exist."""
        try:
            month = Period.parse(value)
            # Pages compare with the year before.
            month.same_last_year()
        except InvalidPeriod as error:
            raise ValueError(value) from error
        return month.start

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else f"{value:%Y-%m}"
