"""Rules and deadlines: a change is a new row from a month on, so that earlier months keep what was asked of them."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from django.db import IntegrityError, transaction

from organisation.models import User
from organisation.services import audit
from reporting.models import DeadlineRule, ReportingRule, ReportTimes
from reporting.queries.setup import first_open_month, rows_of_deadline, rows_of_rule, token

Row = TypeVar("Row", ReportingRule, DeadlineRule, ReportTimes)


class StaleRow(Exception):
    """Somebody has changed it since it was read."""


class TooEarly(Exception):
    """The month has been reported by other rules already."""

    def __init__(self, earliest: date) -> None:
        super().__init__(earliest)
        self.earliest = earliest


class AlreadyInForce(Exception):
    """What has begun to count is not taken away; it is followed by another row."""


@transaction.atomic
def change_rule(*, kind: str, valid_from: date, fields: Mapping[str, object], seen: str, actor: User | None, today: date) -> ReportingRule:
    """What is asked from this month on. Raises TooEarly, StaleRow."""
    rows = rows_of_rule(kind)
    row = next((row for row in rows if row.valid_from == valid_from), None) or ReportingRule(kind=kind, valid_from=valid_from)
    save_dated(row=row, rows=rows, fields=fields, seen=seen, today=today)
    audit.record(actor=actor, action="rules.changed", target=row, details={"rule": row.get_kind_display(), "valid_from": valid_from})
    return row


@transaction.atomic
def change_deadline(
    *, step: str, month: int | None, valid_from: date, fields: Mapping[str, object], seen: str, actor: User | None, today: date
) -> DeadlineRule:
    """When a step is due from this day on. Raises TooEarly, StaleRow."""
    rows = rows_of_deadline(step, month)
    row = next((row for row in rows if row.valid_from == valid_from), None)
    row = row or DeadlineRule(step=step, month=month, valid_from=valid_from)
    save_dated(row=row, rows=rows, fields=fields, seen=seen, today=today)
    details = {"step": row.get_step_display(), "month": month, "valid_from": valid_from}
    audit.record(actor=actor, action="rules.deadline_changed", target=row, details=details)
    return row


@transaction.atomic
def save_dated(*, row: Row, rows: list[Row], fields: Mapping[str, object], seen: str, today: date) -> None:
    """Writes the row of a month that can still be decided about, if all rows of its kind are as they were seen.

    Raises TooEarly, StaleRow.
    """
    earliest = first_open_month(today)
    if row.valid_from < earliest:
        raise TooEarly(earliest)
    if token(*rows) != seen:
        raise StaleRow
    if row.pk is not None and not type(row).objects.filter(pk=row.pk, version=row.version).update(version=row.version + 1):
        raise StaleRow
    row.version += int(row.pk is not None)
    for name, value in fields.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise StaleRow from error


@transaction.atomic
def withdraw(*, row: ReportingRule | DeadlineRule, actor: User | None, today: date) -> None:
    """Takes away what was to come. Raises AlreadyInForce, StaleRow."""
    if row.valid_from <= today:
        raise AlreadyInForce
    pk = row.pk
    deleted, _rows = type(row).objects.filter(pk=pk, version=row.version).delete()
    if not deleted:
        raise StaleRow
    row.pk = pk
    label = row.get_kind_display() if isinstance(row, ReportingRule) else row.get_step_display()
    audit.record(actor=actor, action="rules.withdrawn", target=row, details={"rule": label, "valid_from": row.valid_from})
