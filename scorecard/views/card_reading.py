"""What was asked for in the address of a scorecard: unit, year, whose targets, as known when."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import Http404

from common.clock import today
from common.http import Request
from organisation.queries.access import Access
from organisation.queries.tree import version_token
from organisation.rules.access import Permission
from organisation.rules.tree import Node
from scorecard.forms.reading import INHERITED, ReadingForm
from scorecard.queries.card import Card, card_for
from scorecard.queries.known import end_of
from scorecard.queries.stamps import stamp_of

YEARS = range(1990, 2101)


@dataclass(frozen=True)
class Reading:
    """One way to look at one scorecard."""

    access: Access
    node: Node
    year: int
    today: date
    form: ReadingForm

    @property
    def valid(self) -> bool:
        """Whether every choice could be read; else the page shows the present and says what to write."""
        return self.form.is_valid()

    @property
    def known_at(self) -> datetime | None:
        known_on = self.form.known_on if self.valid else None
        return end_of(known_on) if known_on else None

    @property
    def own_targets(self) -> bool:
        return not self.valid or self.form.own_targets

    @property
    def present(self) -> bool:
        """Whether the card shows how things stand now."""
        return self.known_at is None and self.year == self.today.year

    @property
    def query(self) -> str:
        """The choices as the end of an address, with its question mark; empty for the ordinary view."""
        chosen = {}
        if not self.own_targets:
            chosen["mal"] = INHERITED
        if self.known_at:
            chosen["kjent"] = self.form.typed_day
        return f"?{urlencode(chosen)}" if chosen else ""

    @property
    def parts(self) -> tuple[object, ...]:
        """Everything the page depends on: choices, day, stamps, organisation, and the roles that give the rights. Two SQL statements."""
        district = self.access.tree.district_of(self.node.id) or self.node.id
        stamps = stamp_of({self.node.id, district})
        return (self.node.id, self.year, self.query, self.today, self.access.held, version_token(), stamps)

    def may(self, permission: Permission) -> bool:
        return self.access.may_in(permission, self.node.id)

    def card(self) -> Card:
        """The scorecard as it was asked for, masked for this person."""
        return card_for(
            unit=self.node,
            year=self.year,
            access=self.access,
            today=self.today,
            known_at=self.known_at,
            own_targets=self.own_targets,
        )


def reading_of(request: Request, unit_code: str, year: int) -> Reading:
    """Raises Http404 for a unit the person does not reach, and for a year no scorecard can have. No SQL statement."""
    access: Access = request.access
    node = access.tree.by_code.get(unit_code)
    if node is None or year not in YEARS or not access.may_in(Permission.SEE_SCORECARD, node.id):
        raise Http404
    day = today()
    return Reading(access, node, year, day, ReadingForm(request.GET, today=day))
