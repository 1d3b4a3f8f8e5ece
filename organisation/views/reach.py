"""The unit of an address. What is not reached does not exist."""

from django.http import Http404

from organisation.models import Unit
from organisation.queries.access import Access
from organisation.queries.reach import unit_ever
from organisation.rules.access import Permission


def unit_ever_or_404(access: Access, permission: Permission, code: str) -> Unit:
    """The unit with this code, also ended or to come, where the permission reaches it. Raises Http404."""
    try:
        return unit_ever(access, permission, code)
    except Unit.DoesNotExist:
        raise Http404 from None


def district_or_404(access: Access, permission: Permission, code: str) -> Unit:
    """The same, and a district. Raises Http404."""
    unit = unit_ever_or_404(access, permission, code)
    if unit.kind != Unit.Kind.DISTRICT:
        raise Http404
    return unit
