"""Messages to people: one row per message, delivered once."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
