"""«Mest å snakke om»: the units a meeting should take first, with why, what is being done, and what the leader says."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from organisation.queries.access import Access
from organisation.rules.access import Permission
from organisation.rules.tree import Node
from overview.queries.heat import CellFacts, Placed
from overview.queries.lines import Lines
from overview.queries.open_actions import OpenAction, OpenActions
from overview.queries.said import NONE, Reports, Said, reports_of
from overview.rules.talk import MOST, Missed, Subject, subjects
from scorecard.models import Cell
from scorecard.queries.figures import figure_text, target_text
from scorecard.queries.standings import judged_value
from scorecard.queries.targets import limits_of_cell

Pair = tuple[Placed, CellFacts]


@dataclass(frozen=True)
class Doing:
    """An open action, told in a line."""

    title: str
    due: str
    url: str


@dataclass(frozen=True)
class Talk:
    """One line of the list, as text. `new_url`: where an action is made; empty where the reader may not, or somebody has."""

    unit: Node
    unit_url: str
    indicator: str
    url: str
    why: str
    doing: str
    actions: tuple[Doing, ...]
    new_url: str
    others: str
    said: Said | None


def talks(*, lines: Lines | None, actions: OpenActions, access: Access, day: date, with_reports: bool, most: int = MOST) -> list[Talk]:
    """The list in its order. At most three SQL statements (figures, reports, and what returned reports said), none where nothing is red.

    Shielded figures are not in `lines` for those who may not see them. `with_reports`: the reader reads what leaders have delivered.
    """
    if lines is None:
        return []
    nodes = {line.facts.unit.code: line.facts.unit for line in lines.below}
    pairs = {(row.unit.code, place.indicator.pk): (place, cell) for line in lines.below for row in (line.facts,) for place, cell in row.red}
    answered = actions.answered
    chosen = subjects((_missed(code, pair, nodes[code], answered) for (code, _indicator), pair in pairs.items()), most)
    if not chosen:
        return []
    figures = Cell.objects.defer("trend").in_bulk([pairs[_key(subject.first)][1].cell_id for subject in chosen])
    reports = reports_of([nodes[subject.first.unit_code] for subject in chosen], access, day) if with_reports else NONE
    around = _Around(pairs, figures, actions.by_unit, reports, access, lines.card.year)
    return [_talk(subject, nodes[subject.first.unit_code], around) for subject in chosen]


def _key(missed: Missed) -> tuple[str, int]:
    return missed.unit_code, missed.indicator_id


def _missed(code: str, pair: Pair, node: Node, answered: Collection[tuple[int, int]]) -> Missed:
    place, cell = pair
    return Missed(
        unit_code=code,
        indicator_id=place.indicator.pk,
        critical=place.critical,
        worse=cell.effect == "worse",
        answered=(node.id, place.indicator.pk) in answered,
        run=cell.run,
        change=cell.score_change,
    )


@dataclass(frozen=True)
class _Around:
    """What all lines are told from."""

    pairs: Mapping[tuple[str, int], Pair]
    figures: Mapping[int, Cell]
    actions: Mapping[int, Sequence[OpenAction]]
    reports: Reports
    access: Access
    year: int


def _talk(subject: Subject, node: Node, around: _Around) -> Talk:
    place, cell = around.pairs[_key(subject.first)]
    indicator, every = place.indicator, around.actions.get(node.id, ())
    answers = [action for action in every if action.indicator_id == indicator.pk]
    may_make = not answers and around.access.may_in(Permission.EDIT_ACTIONS, node.id)
    return Talk(
        unit=node,
        unit_url=reverse("scorecard:card", args=[node.code, around.year]),
        indicator=indicator.name,
        url=reverse("scorecard:indicator", args=[node.code, indicator.code]),
        why=_why(place, cell, around.figures[cell.cell_id]),
        doing=_doing(answers, len(every)) if around.access.may_in(Permission.SEE_ACTIONS, node.id) else "",
        actions=tuple(map(_told, answers or every)),
        new_url=reverse("scorecard:action_new", args=[node.code, indicator.code]) if may_make else "",
        others=", ".join(around.pairs[_key(other)][0].indicator.name for other in subject.others),
        said=around.reports.said(node, indicator, shielded=place.shielded),
    )


def _told(action: OpenAction) -> Doing:
    due = _("Frist %(day)s") % {"day": formats.date_long(action.due_on)}
    return Doing(action.title, due, reverse("actions:action", args=[action.action_id]))


def _why(place: Placed, cell: CellFacts, figure: Cell) -> str:
    """«12,1 % mot høyst 9,9 %, verre enn sist, og ikke nådd i fire målinger på rad.»"""
    limits = cell.limits or limits_of_cell(figure, place.indicator.direction)
    facts = {
        "figure": figure_text(place.indicator, judged_value(figure), limits, cell.quality),
        "goal": target_text(place.indicator, limits),
        "n": formats.count_word(cell.run),
    }
    if cell.effect == "worse":
        if cell.run > 1:
            return _("%(figure)s mot målet %(goal)s, verre enn sist, og ikke nådd i %(n)s målinger på rad.") % facts
        return _("%(figure)s mot målet %(goal)s, og verre enn sist.") % facts
    if cell.run > 1:
        return _("%(figure)s mot målet %(goal)s, ikke nådd i %(n)s målinger på rad.") % facts
    return _("%(figure)s mot målet %(goal)s.") % facts


def _doing(answers: Sequence[OpenAction], every: int) -> str:
    """What is done about the figure; else that nothing is, and what the unit does otherwise."""
    if answers:
        text = ngettext("Ett åpent tiltak, frist %(day)s.", "%(n)s åpne tiltak, første frist %(day)s.", len(answers))
        return text % {"n": formats.count_word(len(answers)).capitalize(), "day": formats.date_long(answers[0].due_on)}
    if not every:
        return _("Ingen tiltak.")
    text = ngettext("Ingen tiltak for dette. Enheten har ett annet.", "Ingen tiltak for dette. Enheten har %(n)s andre.", every)
    return text % {"n": formats.count_word(every)}
