"""Wiring."""

from django.apps import AppConfig


class AlnaConfig(AppConfig):
    name = "alna"
    verbose_name = "Alna"
    # Pages of the menu and of the help, which the search of the frame finds.
    search = "alna.search.find"
    # The words for the demonstration's line in the audit trail.
    audit_actions = "alna.demo.filling.ACTS"
    audit_details = "alna.demo.filling.DETAILS"
