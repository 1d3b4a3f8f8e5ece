"""Front pages that read every app and own nothing."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "overview"
