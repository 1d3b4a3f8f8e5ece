"""What a person has chosen."""

from notifications.models import ReminderChoice


def choice_of(user_id: int) -> ReminderChoice:
    """The person's row, or what holds until there is one. One SQL statement."""
    return ReminderChoice.objects.filter(user_id=user_id).first() or ReminderChoice(user_id=user_id, version=0)
