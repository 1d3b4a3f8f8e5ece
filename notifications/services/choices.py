"""Keeping what a person has chosen."""

from datetime import date

from django.db import transaction

from notifications.models import ReminderChoice
from notifications.rules.states import Rhythm
from organisation.models import User
from organisation.queries.homes import home_of
from organisation.services import audit


class StaleChoice(Exception):
    """The person has saved it in another window since the page was opened."""


@transaction.atomic
def save_choice(*, user: User, rhythm: Rhythm, by_mail: bool, version: int, today: date) -> None:
    """By the person alone. The same again changes nothing. Raises StaleChoice."""
    values = {"rhythm": rhythm, "by_mail": by_mail}
    if version == 0:
        row, created = ReminderChoice.objects.get_or_create(user=user, defaults=values)
        if not created:
            raise StaleChoice
    elif not ReminderChoice.objects.filter(user=user, version=version).update(**values, version=version + 1):
        raise StaleChoice
    else:
        row = ReminderChoice.objects.get(user=user)
    audit.record(actor=user, action="message.choice_saved", target=row, unit=home_of(user.pk, today), details=values)
