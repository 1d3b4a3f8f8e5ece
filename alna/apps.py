"""Wiring."""

from django.apps import AppConfig


class AlnaConfig(AppConfig):
    name = "alna"
    verbose_name = "Alna"
