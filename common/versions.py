"""When a version of a row was written, and by whom, where the row keeps its history; the attributes are django-simple-history's."""

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def dated(row: Row, at: datetime) -> Row:
    """The row; every version saved of this object from now on is of that moment, so that what was known then can be read from them."""
    kept: Any = row
    kept._history_date = at
    return row


def signed(row: Row, by: Model | None) -> Row:
    """The row; every version saved of this object from now on is that person's, whoever asks."""
    kept: Any = row
    kept._history_user = by
    return row
