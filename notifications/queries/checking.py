"""Is a message still true? Asked of the apps that wrote it.

An app points to a function of its own in its AppConfig: `message_check(messages, now)` gives, by key of the message, how it should
read now, or None where nothing is left to say. Messages it does not name go as they are.
"""

from collections.abc import Sequence
from datetime import datetime

from django.apps import apps
from django.utils.module_loading import import_string

from notifications.models import Message
from notifications.rules.checking import Fresh


def checked(messages: Sequence[Message], now: datetime) -> dict[int, Fresh | None]:
    """As many SQL statements as the apps need, whatever the number of messages."""
    found: dict[int, Fresh | None] = {}
    for config in apps.get_app_configs():
        if place := getattr(config, "message_check", ""):
            found |= import_string(place)(messages, now)
    return found
