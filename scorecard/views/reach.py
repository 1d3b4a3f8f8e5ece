"""What a person may open, by the codes in an address. What is not reached does not exist."""

from django.http import Http404

from common.http import Request
from organisation.models import Unit
from organisation.queries.access import Access
from organisation.rules.access import Permission
from scorecard.forms.structure import FIRST_YEAR, LAST_YEAR
from scorecard.models import Indicator, Scorecard


def access_in(request: Request) -> Access:
    """The person's access, put on the request by the middleware."""
    access: Access = request.access
    return access


def unit_id_or_404(access: Access, permission: Permission, code: str) -> int:
    """Looked up in the tree, so that no text from an address reaches the database."""
    node = access.tree.by_code.get(code)
    if node is None or not access.may_in(permission, node.id):
        raise Http404
    return node.id


def unit_or_404(access: Access, permission: Permission, code: str) -> Unit:
    return Unit.objects.get(pk=unit_id_or_404(access, permission, code))


def card_or_404(request: Request, permission: Permission, unit_code: str, year: int) -> Scorecard:
    """The scorecard of a unit and year, where the permission reaches it."""
    unit_id = unit_id_or_404(access_in(request), permission, unit_code)
    card = Scorecard.objects.select_related("unit").filter(unit_id=unit_id, year=year).first() if FIRST_YEAR <= year <= LAST_YEAR else None
    if card is None:
        raise Http404
    return card


def indicator_or_404(code: str) -> Indicator:
    indicator = Indicator.objects.filter(code=code).first()
    if indicator is None:
        raise Http404
    return indicator
