"""What of a unit's sick leave may be shown with its details, and how far its files may be off: decided from a month on."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from organisation.models import User
from organisation.services import audit
from reporting.models import SickLeaveShield
from reporting.queries.setup import first_open_month, token
from reporting.services.setup_dated import StaleRow, TooEarly


@transaction.atomic
def change_shield(*, valid_from: date, fields: Mapping[str, object], seen: str, actor: User | None, today: date) -> SickLeaveShield:
    """`fields`: min_fte, min_persons and tolerance. Raises TooEarly, StaleRow."""
    earliest = first_open_month(today)
    if valid_from < earliest:
        raise TooEarly(earliest)
    if token(*SickLeaveShield.objects.select_for_update().order_by("valid_from")) != seen:
        raise StaleRow
    row, _made = SickLeaveShield.objects.update_or_create(valid_from=valid_from, defaults=dict(fields))
    audit.record(actor=actor, action="rules.shield_changed", target=row, details={**fields, "valid_from": valid_from})
    return row
