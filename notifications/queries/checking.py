"""Is a message still true? Asked of the apps that wrote it.

An app points to a function of its own in its AppConfig: `message_check(messages, now)` gives, by key of the message, how it should
read now, or None where nothing is left to say. Messages it does not name go as they are. What an app needs for it stands in the
message's `about`: `{"day": "2026-10-09"}` is the day it was written for, as `day_of` reads it.
"""

import logging
from collections.abc import Sequence
from datetime import date, datetime

from common.oslo import OSLO
from common.told import told_by_apps
from notifications.models import Message
from notifications.rules.checking import Fresh

logger = logging.getLogger("alna")


def checked(messages: Sequence[Message], now: datetime) -> dict[int, Fresh | None]:
    """As many SQL statements as the apps need, whatever the number of messages. An app that cannot answer holds nobody's letters back."""
    found: dict[int, Fresh | None] = {}
    for app, check in told_by_apps("message_check").items():
        try:
            found |= check(messages, now)
        except Exception:
            logger.exception("messages of %s go unchecked", app)
    return found


def day_of(message: Message, now: datetime) -> date:
    """The day a message leaves: that of `about["day"]`, and as many later as have passed since. A demonstration's day stands still."""
    waited = now.astimezone(OSLO).date() - message.created_at.astimezone(OSLO).date()
    return date.fromisoformat(message.about["day"]) + waited
