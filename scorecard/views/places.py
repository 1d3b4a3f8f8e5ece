"""The unit and the indicator that an address names, for the person who asks."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from common.clock import today
from common.http import Request
from common.periods import Period
from organisation.models import Unit
from organisation.queries import tree as organisation_tree
from organisation.queries.access import Access
from organisation.rules.access import Permission
from organisation.rules.tree import OrganisationHistory
from scorecard.models import Indicator
from scorecard.queries.masking import WIDE_KINDS, shielded_ids
from scorecard.views.reach import access_in, indicator_or_404, unit_or_404


@dataclass(frozen=True)
class Place:
    """What an address names, for this person. `shielded`: the figures of single units are for few only."""

    unit: Unit
    indicator: Indicator
    access: Access
    history: OrganisationHistory
    shielded: bool

    @property
    def masked(self) -> bool:
        """Whether the figures of this unit are not for this person."""
        return self._hides(self.unit.pk, self.unit.kind)

    def _hides(self, unit_id: int, kind: str) -> bool:
        return self.shielded and kind not in WIDE_KINDS and not self.access.may_in(Permission.SEE_RESTRICTED, unit_id)

    def hidden_among(self, units: Collection[tuple[int, str]]) -> set[int]:
        """Which of these (id, kind), that add up to this unit, are not for this person. Never exactly one: it would follow from the sum."""
        hidden = {unit_id for unit_id, kind in units if self._hides(unit_id, kind)}
        return {unit_id for unit_id, _kind in units} if len(hidden) == 1 else hidden

    @property
    def district_id(self) -> int | None:
        return self.access.tree.district_of(self.unit.pk)

    def address(self, name: str, *args: object) -> str:
        return reverse(f"scorecard:{name}", args=[self.unit.code, self.indicator.code, *args])

    def value_address(self, period: Period) -> str:
        return self.address("value", period.code)

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        return [
            (_("Målekart"), reverse("scorecard:index")),
            (self.unit.name, reverse("scorecard:card", args=[self.unit.code, today().year])),
            (self.indicator.name, self.address("indicator")),
        ]


def place_or_404(request: Request, permission: Permission, unit_code: str, code: str, *, open_only: bool = True) -> Place:
    """The unit and indicator of an address. With `open_only` figures the person may not see do not exist either."""
    access = access_in(request)
    unit, indicator = unit_or_404(access, permission, unit_code), indicator_or_404(code)
    place = Place(unit, indicator, access, organisation_tree.history(), bool(shielded_ids([indicator])))
    if place.masked and open_only:
        raise Http404
    return place


def period_or_404(code: str) -> Period:
    """The period of a canonical code."""
    try:
        return Period.parse(code)
    except ValueError:
        raise Http404 from None
