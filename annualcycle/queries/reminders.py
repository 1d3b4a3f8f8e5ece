"""What a district is told on a morning: its people, their deadlines, and whether what was said still holds."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from django.conf import settings
from django.utils import translation

from annualcycle.models import CycleSetting
from annualcycle.queries.collect import all_deadlines
from annualcycle.queries.doers import doers_of
from annualcycle.queries.own import reach_of
from annualcycle.queries.reminder_words import words_of
from annualcycle.rules.reminders import Kind, Morning, Times, Told, told_of
from common.deadlines import Deadline
from notifications.models import Message, ReminderChoice
from notifications.queries.checking import day_of
from notifications.rules.checking import Fresh
from notifications.rules.states import Rhythm
from organisation.models import RoleAssignment
from organisation.queries.role_holders import Posts, posts_in
from organisation.queries.tree import tree_on
from organisation.queries.validity import valid_on
from organisation.rules.access import Permission
from organisation.rules.tree import UnitTree

Lines = dict[int, list[tuple[Deadline, Told]]]
# Quiet where nobody has decided otherwise: in July the districts rest.
USUALLY_QUIET = (7,)


def setting() -> CycleSetting:
    """The one row, or what stands until somebody has decided."""
    return CycleSetting.objects.filter(pk=1).first() or CycleSetting(pk=1, version=0, quiet_months=list(USUALLY_QUIET))


def times_of(row: CycleSetting) -> Times:
    return Times(row.digest_weekday, row.hour, frozenset(row.quiet_months))


def units_by_district(tree: UnitTree) -> dict[int, list[int]]:
    """Every unit of the day below its district; what belongs to none, below its root."""
    found: dict[int, list[int]] = defaultdict(list)
    for unit_id in tree.nodes:
        district = tree.district_of(unit_id)
        if district is not None:
            found[district].append(unit_id)
    return dict(found)


def open_deadlines(unit_ids: Collection[int], today: date, language: str) -> list[Deadline]:
    """What somebody can still do in these units, in the words of the language."""
    with translation.override(language):
        first, last = reach_of(today)
        return [each for each in all_deadlines(unit_ids=unit_ids, first=first, last=last) if each.is_open]


def lines_of(deadlines: Iterable[Deadline], posts: Posts, tree: UnitTree, morning: Morning) -> Lines:
    """By person, what this morning tells of and how."""
    found: Lines = defaultdict(list)
    for deadline in deadlines:
        told = told_of(deadline, morning)
        if told:
            for user_id in doers_of(deadline, posts, tree.path(deadline.unit_id)):
                found[user_id].append((deadline, told))
    return dict(found)


def languages_of(user_ids: Collection[int], posts: Posts, today: date) -> dict[int, str]:
    """Of those who can sign in and have a role somewhere; nobody else is told anything. At most one SQL statement."""
    known = {user_id: posts.people[user_id][1] for user_id in user_ids if user_id in posts.people}
    others = set(user_ids) - known.keys()
    if others:
        held = RoleAssignment.objects.filter(valid_on(today), user_id__in=others, user__is_active=True)
        known |= dict(held.values_list("user_id", "user__language"))
    return {user_id: language or settings.LANGUAGE_CODE for user_id, language in known.items()}


def choices_of(user_ids: Collection[int]) -> tuple[frozenset[int], frozenset[int]]:
    """Those who want each deadline by itself, and those who want no e-mail. One SQL statement."""
    rows = list(ReminderChoice.objects.filter(user_id__in=user_ids).values_list("user_id", "rhythm", "by_mail"))
    return (
        frozenset(user_id for user_id, rhythm, _by_mail in rows if rhythm == Rhythm.SINGLE),
        frozenset(user_id for user_id, _rhythm, by_mail in rows if not by_mail),
    )


def still_due(messages: Sequence[Message], now: datetime) -> dict[int, Fresh | None]:
    """Reminders as they should read now; None where everything is done or somebody else's by now.

    A fixed number of SQL statements per day and language.
    """
    found: dict[int, Fresh | None] = {}
    for (today, language), rows in _by_day_and_language(messages, now).items():
        units = {unit_id for row in rows for unit_id in row.about["units"]}
        tree = tree_on(today)
        live = {deadline.key: deadline for deadline in open_deadlines(units, today, language)}
        posts = posts_in(units.union(*(tree.path(unit_id) for unit_id in units)), today)
        with translation.override(language):
            found |= {row.pk: _fresh(row, live, posts, tree, today) for row in rows}
    return found


def _by_day_and_language(messages: Iterable[Message], now: datetime) -> dict[tuple[date, str], list[Message]]:
    """Those that belong together."""
    grouped: dict[tuple[date, str], list[Message]] = defaultdict(list)
    kinds = {kind.value for kind in Kind}
    for row in messages:
        if row.kind in kinds and row.about:
            grouped[day_of(row, now), row.recipient.language or settings.LANGUAGE_CODE].append(row)
    return dict(grouped)


def _fresh(row: Message, live: Mapping[str, Deadline], posts: Posts, tree: UnitTree, today: date) -> Fresh | None:
    kind = Kind(row.kind)
    there = [live[key] for key in row.about["keys"] if key in live]
    left = [each for each in there if _is_told(row.recipient_id, kind, each, posts, tree.path(each.unit_id))]
    if not left:
        return None
    words = words_of(kind, left, tree, today)
    return Fresh(words.subject, words.text)


def _is_told(user_id: int, kind: Kind, deadline: Deadline, posts: Posts, path: Sequence[int]) -> bool:
    """Whoever is to do it; of what is late long since, those too who follow up there or above."""
    if user_id in doers_of(deadline, posts, path):
        return True
    return kind is Kind.OVER and any(user_id in posts.holding(Permission.FOLLOW_UP, unit_id) for unit_id in path)
