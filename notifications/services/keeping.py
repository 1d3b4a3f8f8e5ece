"""How long messages are kept."""

from datetime import datetime, timedelta

from notifications.models import Message


def forget_old(*, now: datetime, days: int) -> int:
    """Deletes what people were told longer ago than so many days, and gives how many messages it was.

    With a message its key goes: the days must be more than any app looks back, or the same could be told again.
    """
    return Message.objects.filter(created_at__lt=now - timedelta(days=days)).delete()[0]
