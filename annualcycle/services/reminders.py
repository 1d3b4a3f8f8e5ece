"""Reminders: one morning a district, told once however often and by however many this runs."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import translation

from annualcycle.models import CycleSetting, ReminderRun
from annualcycle.queries.lifting import to_lift
from annualcycle.queries.reminder_words import words_of
from annualcycle.queries.reminders import (
    choices_of,
    languages_of,
    lines_of,
    open_deadlines,
    setting,
    times_of,
    units_by_district,
)
from annualcycle.rules.reminders import Morning, Reminder, lifted_reminders, may_speak, morning_of, reminders_of
from annualcycle.services.lifting import lift
from common.deadlines import Deadline
from notifications.services.messages import NewMessage, send
from organisation.models import User
from organisation.queries.role_holders import posts_in
from organisation.queries.tree import tree_on
from organisation.rules.tree import UnitTree
from organisation.services import audit

AT_ONCE = 1000
logger = logging.getLogger("alna")


class StaleSetting(Exception):
    """Somebody has saved the setting since the page was opened."""


@transaction.atomic
def save_setting(*, values: Mapping[str, object], version: int, actor: User | None) -> None:
    """Weekday, hour, quiet months, days until the level above is told. Raises StaleSetting."""
    if version == 0:
        row, created = CycleSetting.objects.get_or_create(pk=1, defaults=dict(values))
        if not created:
            raise StaleSetting
    elif not CycleSetting.objects.filter(pk=1, version=version).update(**values, version=version + 1):
        raise StaleSetting
    else:
        row = CycleSetting.objects.get(pk=1)
    audit.record(actor=actor, action="cycle.setting_saved", target=row, details=values)


def remind(*, now: datetime, today: date) -> int:
    """Tells every district its morning, one after the other, and gives how many messages are new.

    Each district costs the same number of SQL statements, and only its own deadlines are held in memory.
    """
    row = setting()
    times = times_of(row)
    if not may_speak(now, today, times):
        return 0
    tree = tree_on(today)
    told = dict(ReminderRun.objects.values_list("district_id", "day"))
    count = 0
    for district_id, unit_ids in sorted(units_by_district(tree).items()):
        morning = morning_of(now, today, times, told.get(district_id))
        if morning is None:
            continue
        try:
            count += _tell(district_id, unit_ids, tree, morning, now, row.escalate_after)
        except Exception:
            # The districts after this one have nothing to do with it; it is tried again the next time.
            logger.exception("the reminders of district %s failed", district_id)
    return count


def _tell(district_id: int, unit_ids: list[int], tree: UnitTree, morning: Morning, now: datetime, usual_wait: int) -> int:
    """Everything is decided before the transaction: it claims the morning and writes, so that two at once write once."""
    posts = posts_in([*unit_ids, *tree.path(district_id)[1:]], morning.day)
    deadlines = open_deadlines(unit_ids, morning.day, settings.LANGUAGE_CODE)
    lines = lines_of(deadlines, posts, tree, morning)
    late = to_lift(deadlines, unit_ids, posts, tree, morning.day, usual_wait)
    people = {*lines, *(user_id for each in late if each.above for user_id in each.people)}
    languages = languages_of(people, posts, morning.day)
    singles, without_mail = choices_of(languages)
    with transaction.atomic():
        if not _claim(district_id, morning.day):
            return 0
        lifted = lift(late, district_id, now)
        above = lifted_reminders([(each.deadline, each.people) for each in lifted], morning.day)
        reminders = [*reminders_of(lines, singles, morning), *above]
        letters = _letters(reminders, unit_ids, languages, without_mail, tree, morning.day)
        return sum(send(messages=some, now=now) for some in iter(lambda: list(islice(letters, AT_ONCE)), []))


def _claim(district_id: int, day: date) -> bool:
    if ReminderRun.objects.filter(district_id=district_id, day__lt=day).update(day=day):
        return True
    return ReminderRun.objects.get_or_create(district_id=district_id, defaults={"day": day})[1]


def _letters(
    reminders: Iterable[Reminder],
    unit_ids: Collection[int],
    languages: Mapping[int, str],
    without_mail: Collection[int],
    tree: UnitTree,
    day: date,
) -> Iterator[NewMessage]:
    """In each person's language: the deadlines are read once more for every other language somebody has."""
    by_language: dict[str, list[Reminder]] = defaultdict(list)
    for reminder in reminders:
        if reminder.user_id in languages:
            by_language[languages[reminder.user_id]].append(reminder)
    for language, some in by_language.items():
        others = {} if language == settings.LANGUAGE_CODE else {each.key: each for each in open_deadlines(unit_ids, day, language)}
        with translation.override(language):
            yield from [_letter(each, others, tree, day, mail=each.user_id not in without_mail) for each in some]


def _letter(reminder: Reminder, others: Mapping[str, Deadline], tree: UnitTree, day: date, *, mail: bool) -> NewMessage:
    deadlines = [others.get(each.key, each) for each in reminder.deadlines]
    words = words_of(reminder.kind, deadlines, tree, day)
    return NewMessage(
        key=reminder.key,
        kind=reminder.kind.value,
        recipient_id=reminder.user_id,
        subject=words.subject,
        text=words.text,
        link=words.url,
        mail=mail,
        about={
            "day": day.isoformat(),
            "units": sorted({each.unit_id for each in deadlines}),
            "keys": [each.key for each in deadlines],
        },
    )
