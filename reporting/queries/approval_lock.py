"""What is missing before a month is locked, and what the lock does about it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reporting.queries.approval import ApprovalPage, Facts
from reporting.queries.wording import thousands
from reporting.rules.kinds import ReportState as S


@dataclass(frozen=True)
class Point:
    """One kind of thing that is missing. A blocking one must be put right first."""

    title: str
    text: str
    units: tuple[tuple[str, str], ...]
    is_blocking: bool


def lock_points(page: ApprovalPage, *, is_over: bool) -> tuple[Point, ...]:
    """In the order of how much they weigh; nothing where nothing is missing. Of a month that is not over there is nothing to say yet."""
    found = page.found
    if not is_over:
        return (Point(_("Måneden er ikke over"), _("Den kan låses når den er over, og rapportene er levert."), (), True),)
    points = [
        _units(page, (S.DELIVERED,), _("Venter på deg"), _("Godkjenn eller returner disse først."), is_blocking=True),
        _units(page, (S.RETURNED,), _("Har ikke svart"), _("Rapporten låses slik den er, uten å være godkjent."), is_blocking=False),
        _units(page, (S.NOT_STARTED, S.BEGUN), _("Har ikke levert"), _not_delivered(), is_blocking=False),
        Point(_("Nye tall"), _("Tallene er endret etter at disse leverte."), _named(page.facts, changed=True), False),
    ]
    if not found.figures_ready:
        points.insert(0, Point(_("Økonomitall mangler"), _("Ingen regnskapsfil er lest inn for måneden."), (), False))
    if found.unallocated.actual or found.unallocated.budget:
        words = {"amount": thousands(found.unallocated.actual)}
        text = _("%(amount)s (i 1000 kr) i regnskapet ligger på ansvar uten enhet.") % words
        points.append(Point(_("Ikke fordelt"), text, (), False))
    return tuple(point for point in points if point.units or point.title in (_("Økonomitall mangler"), _("Ikke fordelt")))


def _not_delivered() -> str:
    return _("De vises som «Ikke levert» med prognosen som gjaldt før, merket «ikke bekreftet».")


def _units(page: ApprovalPage, states: tuple[S, ...], title: str, text: str, *, is_blocking: bool) -> Point:
    facts = [fact for fact in page.facts if fact.state in states]
    return Point(title, text, _named(facts), is_blocking)


def _named(facts: list[Facts] | tuple[Facts, ...], *, changed: bool = False) -> tuple[tuple[str, str], ...]:
    """(code, name) of each, by code."""
    wanted = [fact.unit.node for fact in facts if not changed or fact.figures_changed]
    return tuple((node.code, node.name) for node in sorted(wanted, key=lambda node: node.code))
