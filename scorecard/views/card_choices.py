"""The filter above a scorecard, and what one can do with it: only what leads somewhere for this person."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from common import formats
from organisation.rules.access import Permission
from organisation.rules.tree import Node, UnitTree
from scorecard.forms.reading import INHERITED, OWN
from scorecard.queries.card import Card, years_of
from scorecard.rules.lifecycle import State
from scorecard.views.card_reading import Reading


def choices_of(reading: Reading, card: Card) -> dict[str, Any]:
    """Units and years to choose from, the two ways to see targets, the day, and its error."""
    return {
        "units": units_to_choose(reading),
        "years": [(year, year == reading.year) for year in years_of(reading.node.id, reading.year)],
        "targets": [] if card.wide else _target_chips(reading),
        "own_targets": reading.own_targets,
        "inherited": INHERITED,
        "known": reading.form.typed_day,
        "known_error": "" if reading.valid else " ".join(str(error) for error in reading.form.errors.get("kjent", [])),
        "clear_url": card_url(reading.node.code, reading.year) if reading.query else "",
    }


def units_to_choose(reading: Reading) -> list[tuple[str, str, bool]]:
    """(code, name, chosen) of the district, its units, and what lies around the chosen one; as far as the person reaches."""
    tree, reached = reading.access.tree, reading.access.unit_ids(Permission.SEE_SCORECARD)
    return [
        (node.code, _indented(node, depth), node.id == reading.node.id) for node, depth in _nearby(tree, reading.node) if node.id in reached
    ]


def _nearby(tree: UnitTree, chosen: Node) -> list[tuple[Node, int]]:
    district = tree.district_of(chosen.id) or chosen.id
    opened = {*tree.path(chosen.id), district}
    found = [(tree.nodes[unit_id], 0) for unit_id in reversed(tree.path(district)[1:])]
    return found + [(node, depth) for node, depth in tree.walk(district) if depth < 2 or node.parent_id in opened]


def _indented(node: Node, depth: int) -> str:
    return formats.EN_DASH + formats.HARD_SPACE + node.name if depth > 1 else node.name


def _target_chips(reading: Reading) -> list[dict[str, object]]:
    parent = reading.access.tree.nodes.get(reading.node.parent_id or 0)
    above = _("Bydelens mål") if parent is None or parent.kind == "district" else _("Målet til %(unit)s") % {"unit": parent.name}
    known = {"kjent": reading.form.typed_day} if reading.known_at else {}
    return [
        {"label": label, "url": card_url(reading.node.code, reading.year, **known, mal=value), "current": current}
        for label, value, current in ((_("Eget mål"), OWN, reading.own_targets), (above, INHERITED, not reading.own_targets))
    ]


def card_url(unit_code: str, year: int, **choices: str) -> str:
    return reverse("scorecard:card", args=[unit_code, year], query=choices or None)


def tabs_of(reading: Reading, current: str) -> list[dict[str, object]]:
    """Table and map of the same scorecard."""
    args = [reading.node.code, reading.year]
    rows = [("card", _("Tabell")), ("strategy_map", _("Strategikart"))]
    return [
        {"label": label, "url": reverse(f"scorecard:{name}", args=args) + reading.query, "current": name == current} for name, label in rows
    ]


def actions_of(reading: Reading, card: Card) -> list[dict[str, str]]:
    """Files, and what those who set up or approve scorecards do next."""
    if card.scorecard is None:
        return []
    args = [reading.node.code, reading.year]
    actions = [
        {
            "label": label,
            "url": reverse("scorecard:card_export", args=[*args, form]) + reading.query,
            "icon": "download",
            "kind": "tertiary",
        }
        for label, form in ((_("Last ned CSV"), "csv"), (_("Last ned Excel"), "xlsx"))
    ]
    if card.wide and reading.may(Permission.APPROVE_SCORECARD):
        actions.append({"label": _("Publiser resultater"), "url": reverse("scorecard:snapshot_publish", args=args)})
    if reading.may(Permission.EDIT_SCORECARD):
        label = _("Lag målekart for %(year)s") % {"year": reading.year + 1}
        actions.append({"label": label, "url": setup_url(), "kind": "primary"})
    return actions


def setup_url() -> str:
    """Where a new scorecard is made."""
    return reverse("scorecard:setup_new")


def lock_of(reading: Reading, card: Card) -> dict[str, str]:
    """Whether the year is open, and where its targets are changed by those who may."""
    scorecard = card.scorecard
    if scorecard is None:
        return {}
    locked = scorecard.state == State.LOCKED
    text = _("Målekartet er publisert og låst.") if locked else _("Målekartet er publisert.")
    if not reading.access.may_in(Permission.EDIT_TARGETS, scorecard.unit_id):
        return {"text": f"{text} " + _("Måneder som er vist, beholder fargen sin når et mål endres.")}
    change = _("Du kan endre et mål midt i året: skriv hvorfor og fra hvilken dato. Måneder som er publisert, beholder fargen sin.")
    holder = reading.access.tree.nodes.get(scorecard.unit_id)
    return {"text": f"{text} {change}", "url": reverse("scorecard:target_grid", args=[holder.code, scorecard.year]) if holder else ""}
