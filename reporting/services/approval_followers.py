"""What follows when a report is decided about, in the same transaction: its leaders are told, and measurements follow."""

from collections.abc import Sequence
from datetime import date, datetime

from organisation.models import User
from reporting.models import MonthlyReport, ReportReturn
from reporting.services import feed, notices


def returned(asked: ReportReturn, *, now: datetime, today: date) -> None:
    """The unit's leaders are told that they are asked something, and by when to answer."""
    notices.report_returned(asked=asked, now=now, today=today)


def approved(reports: Sequence[MonthlyReport], *, actor: User, now: datetime, today: date) -> None:
    """The leaders are told, and the forecasts count as measured."""
    feed.report_approved(reports=reports, actor=actor, now=now, today=today)
    notices.report_approved(reports=reports, now=now, today=today)


def forecasts_changed(reports: Sequence[MonthlyReport], *, actor: User, now: datetime, today: date) -> None:
    """Opened again they are preliminary; corrected they are others."""
    feed.report_approved(reports=reports, actor=actor, now=now, today=today)
