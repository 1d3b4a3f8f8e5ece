"""What a search finds of the målekart: units, indicators, and what was published."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from common.found import Found, FoundGroup, found_group
from common.searching import Wanted
from organisation.models import Unit
from organisation.queries.access import Access
from organisation.rules.access import Permission
from scorecard.models import Indicator, Snapshot
from scorecard.rules.lifecycle import IN_FORCE

KINDS = dict(Unit.Kind.choices)


def find(access: Access, text: str, limit: int) -> list[FoundGroup]:
    """At most two SQL statements: indicators and published results; units are known."""
    wanted = Wanted.of(text)
    return [*_units(access, wanted, limit), *_indicators(access, wanted, limit), *_published(access, wanted, limit)]


def _units(access: Access, wanted: Wanted, limit: int) -> list[FoundGroup]:
    reached = access.unit_ids(Permission.SEE_SCORECARD)
    nodes = [node for node in access.tree.nodes.values() if node.id in reached and wanted.meets(f"{node.name} {node.code}")]
    nodes.sort(key=lambda node: (wanted.distance(f"{node.name} {node.code}"), len(access.tree.path(node.id)), node.code))
    year = access.day.year
    found = [
        Found(f"{node.name} {node.code}", reverse("scorecard:card", args=[node.code, year]), str(KINDS[node.kind]))
        for node in nodes[: limit + 1]
    ]
    return found_group("enheter", _("Enheter"), found, limit)


def _indicators(access: Access, wanted: Wanted, limit: int) -> list[FoundGroup]:
    """Those on a card that applies to the person's own unit, this year or the last; they lead to that unit's figures."""
    home = access.home_unit_id
    if home is None or not access.may_in(Permission.SEE_SCORECARD, home):
        return []
    node, year = access.tree.nodes[home], access.day.year
    card = "placements__factor__area__scorecard__"
    placed = Q(**{f"{card}unit_id__in": access.tree.path(home), f"{card}year__in": (year - 1, year), f"{card}state__in": IN_FORCE})
    rows = Indicator.objects.filter(placed, wanted.where("name", "code")).distinct().values_list("name", "code", "method_text")
    nearest = sorted(rows.order_by("name", "code"), key=lambda row: wanted.distance(row[0]))
    found = [
        Found(name, reverse("scorecard:indicator", args=[node.code, code]), f"{node.name}. {method}".removesuffix(". "))
        for name, code, method in nearest[: limit + 1]
    ]
    return found_group("indikatorer", _("Indikatorer"), found, limit)


def _published(access: Access, wanted: Wanted, limit: int) -> list[FoundGroup]:
    """Published results by unit and year, those that were withdrawn left out."""
    reached = access.unit_ids(Permission.SEE_PUBLISHED)
    if not reached:
        return []
    rows = Snapshot.objects.filter(wanted.where("title", "unit__name"), unit_id__in=reached, withdrawn_at__isnull=True)
    newest = rows.order_by("-published_at", "-pk").values_list("pk", "title", "unit__name")[: limit + 1]
    found = [Found(title, reverse("scorecard:snapshot", args=[pk]), unit) for pk, title, unit in newest]
    return found_group("publisert", _("Publisert"), found, limit)
