"""Messages to people: one row per message, delivered once."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    # The words for this app's lines in the audit trail.
    audit_actions = "notifications.forms.acts.ACTS"
    audit_details = "notifications.forms.acts.DETAILS"
