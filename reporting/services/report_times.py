"""How long people have with a report: decided from a month on, earlier months keep theirs."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from organisation.models import User
from organisation.services import audit
from reporting.models import ReportTimes
from reporting.queries.times import times_rows
from reporting.services.setup_dated import save_dated


@transaction.atomic
def change_times(*, valid_from: date, fields: Mapping[str, object], seen: str, actor: User | None, today: date) -> ReportTimes:
    """Raises TooEarly, StaleRow."""
    rows = times_rows()
    row = next((row for row in rows if row.valid_from == valid_from), None) or ReportTimes(valid_from=valid_from)
    save_dated(row=row, rows=rows, fields=fields, seen=seen, today=today)
    audit.record(actor=actor, action="rules.times_changed", target=row, details={**fields, "valid_from": valid_from})
    return row
