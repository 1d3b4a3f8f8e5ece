"""Wiring."""

from django.apps import AppConfig


class AlnaConfig(AppConfig):
    name = "alna"
    verbose_name = "Alna"
    # The words for the demonstration's line in the audit trail.
    audit_actions = "alna.demo.filling.ACTS"
    audit_details = "alna.demo.filling.DETAILS"
