"""From which size on a unit's sick leave may be shown with its details: decided from a month on, earlier months keep theirs."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from organisation.models import User
from organisation.services import audit
from reporting.models import SickLeaveShield
from reporting.queries.setup import first_open_month, token
from reporting.services.setup_dated import StaleRow, TooEarly


@transaction.atomic
def change_shield(*, valid_from: date, min_fte: Decimal, min_persons: int, seen: str, actor: User | None, today: date) -> SickLeaveShield:
    """Raises TooEarly, StaleRow."""
    earliest = first_open_month(today)
    if valid_from < earliest:
        raise TooEarly(earliest)
    if token(*SickLeaveShield.objects.select_for_update().order_by("valid_from")) != seen:
        raise StaleRow
    row, _made = SickLeaveShield.objects.update_or_create(valid_from=valid_from, defaults={"min_fte": min_fte, "min_persons": min_persons})
    details = {"min_fte": min_fte, "min_persons": min_persons, "valid_from": valid_from}
    audit.record(actor=actor, action="rules.shield_changed", target=row, details=details)
    return row
