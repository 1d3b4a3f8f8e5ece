"""How long people have in a reported month, from the rows an administrator decides."""

from collections.abc import Sequence
from datetime import date

from reporting.models import ReportTimes
from reporting.rules.times import USUAL, Times

FIELDS = ("remind_before", "reminds_on_day", "remind_after", "tell_leadership", "answer_days", "answer_by", "regret_minutes")


def times_rows() -> list[ReportTimes]:
    """Every row by its day, for whoever needs more than one month. One SQL statement."""
    return list(ReportTimes.objects.order_by("valid_from"))


def times_on(month: date) -> Times:
    """What counts for the month. One SQL statement."""
    return times_in(times_rows(), month)


def times_in(rows: Sequence[ReportTimes], month: date) -> Times:
    """What counts for the month among these rows; the usual where nobody has decided."""
    begun = [row for row in rows if row.valid_from <= month]
    return Times(**{name: getattr(begun[-1], name) for name in FIELDS}) if begun else USUAL
