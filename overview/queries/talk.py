"""«Mest å snakke om»: the units a meeting should take first, with why, what is being done, and what the leader says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from common import formats
from common.memory import Memory
from organisation.queries.access import Access
from organisation.rules.access import Permission
from organisation.rules.tree import Node
from overview.queries.heat import CellFacts, Placed, figures_of
from overview.queries.lines import Line, Lines
from overview.queries.open_actions import OpenAction, OpenActions
from overview.queries.said import Reports, Said, remembered_reports
from overview.rules.talk import MOST, Missed, Subject, first_of, subject_of
from scorecard.models import Cell
from scorecard.queries.figures import figure_text, target_text
from scorecard.queries.standings import judged_value
from scorecard.queries.targets import limits_of_cell

Pair = tuple[Placed, CellFacts]
RIGHTS = (Permission.SEE_ACTIONS, Permission.EDIT_ACTIONS, Permission.SEE_DELIVERED_REPORT)


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


@dataclass(frozen=True)
class _Told:
    """A unit's subject with its finished line; neither where nothing of it is urgent."""

    subject: Subject | None
    talk: Talk | None


_remembered: Memory[_Told] = Memory(5000)


@dataclass(frozen=True)
class _Around:
    """What else than its figures a unit's line is told from."""

    actions: Sequence[OpenAction]
    sees_actions: bool
    may_make: bool
    year: int


def talks(
    *, lines: Lines | None, actions: OpenActions, access: Access, day: date, money: tuple[object, ...], most: int = MOST
) -> list[Talk]:
    """The list in its order. At most four SQL statements (figures, reports with what returned ones said, budgets), none where nothing is
    new: a unit's line is remembered until its figures, its actions or the month's reports are others.

    Shielded figures are not in `lines` for those who may not see them. `money` is what the economy rests on; empty for somebody who does
    not read what leaders have delivered.
    """
    if lines is None:
        return []
    by_unit = actions.by_unit
    sees, makes, reads = (access.unit_ids(permission) for permission in RIGHTS)
    red = [line for line in lines.below if line.facts.red]
    keys = {}
    for line in red:
        unit_id = line.facts.unit.id
        around = _Around(tuple(by_unit.get(unit_id, ())), unit_id in sees, unit_id in makes, lines.card.year)
        keys[line] = (line, around, unit_id in reads, money, get_language())
    found = {line: _remembered.get(key) for line, key in keys.items()}
    missing = [line for line in red if found[line] is None]
    if missing:
        reports = remembered_reports([line.facts.unit for line in lines.below if line.facts.unit.id in reads], day, money)
        for line, told in _made(missing, {line: key[1] for line, key in keys.items()}, reports):
            found[line] = told
            _remembered.put(keys[line], told)
    by_subject = {told.subject: told.talk for told in found.values() if told and told.subject and told.talk}
    return [by_subject[subject] for subject in first_of(by_subject, most)]


def _made(lines: Sequence[Line], around: Mapping[Line, _Around], reports: Reports) -> Iterator[tuple[Line, _Told]]:
    pairs = {line: {place.indicator.pk: (place, cell) for place, cell in line.facts.red} for line in lines}
    subjects = {line: subject_of(_missed(line, around[line].actions)) for line in lines}
    wanted = [pairs[line][subject.first.indicator_id][1].cell_id for line, subject in subjects.items() if subject]
    figures = figures_of(wanted)
    for line, subject in subjects.items():
        talk = _talk(subject, line.facts.unit, pairs[line], figures, reports, around[line]) if subject else None
        yield line, _Told(subject, talk)


def _missed(line: Line, actions: Sequence[OpenAction]) -> Iterator[Missed]:
    answered = {action.indicator_id for action in actions}
    for place, cell in line.facts.red:
        yield Missed(
            unit_code=line.facts.unit.code,
            indicator_id=place.indicator.pk,
            critical=place.critical,
            worse=cell.effect == "worse",
            answered=place.indicator.pk in answered,
            run=cell.run,
            change=cell.score_change,
        )


def _talk(subject: Subject, node: Node, pairs: Mapping[int, Pair], figures: Mapping[int, Cell], reports: Reports, around: _Around) -> Talk:
    place, cell = pairs[subject.first.indicator_id]
    indicator, every = place.indicator, around.actions
    answers = [action for action in every if action.indicator_id == indicator.pk]
    return Talk(
        unit=node,
        unit_url=reverse("scorecard:card", args=[node.code, around.year]),
        indicator=indicator.name,
        url=reverse("scorecard:indicator", args=[node.code, indicator.code]),
        why=_why(place, cell, figures[cell.cell_id]),
        doing=_doing(answers, len(every)) if around.sees_actions else "",
        actions=tuple(map(_told, answers or every)),
        new_url=reverse("scorecard:action_new", args=[node.code, indicator.code]) if around.may_make and not answers else "",
        others=", ".join(pairs[other.indicator_id][0].indicator.name for other in subject.others),
        said=reports.said(node, indicator, shielded=place.shielded),
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
    text = ngettext(
        "Ingen tiltak er knyttet til tallet. Enheten har ett tiltak.",
        "Ingen tiltak er knyttet til tallet. Enheten har %(n)s tiltak.",
        every,
    )
    return text % {"n": formats.count_word(every)}
