"""One writer at a time: who saw an older organisation, or an older unit, is told so instead of overwriting."""

import uuid

from django.db.models import F

from organisation.models import OrganisationVersion, Unit, User
from organisation.queries.tree import mark_changed


class OrganisationChanged(Exception):
    """Somebody changed the organisation after this was worked out."""


class StaleVersion(Exception):
    """Somebody saved this row after it was read."""


def begin(token: str | None = None) -> None:
    """Takes the organisation for this transaction; with a token only if it is still the one that was seen.

    Raises OrganisationChanged. The writer calls `mark_changed()` when everything is written.
    """
    rows = OrganisationVersion.objects.filter(pk=1)
    # PostgreSQL takes no NUL, and no token has one.
    seen = rows if token is None else rows.filter(token=token.replace("\x00", " "))
    if seen.update(token=uuid.uuid4().hex):
        return
    if token is not None and rows.exists():
        raise OrganisationChanged
    mark_changed()


def claim_unit(unit: Unit, version: int) -> None:
    """Counts the unit's version up. Raises StaleVersion where it is not the one that was seen."""
    if not Unit.objects.filter(pk=unit.pk, version=version).update(version=F("version") + 1):
        raise StaleVersion


def claim_person(person: User, version: int) -> None:
    """Counts the person's version up. Raises StaleVersion where it is not the one that was seen."""
    if not User.objects.filter(pk=person.pk, version=version).update(version=F("version") + 1):
        raise StaleVersion
