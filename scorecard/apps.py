"""The målekart: what we want to reach, what we measured, where we stand."""

from django.apps import AppConfig


class ScorecardConfig(AppConfig):
    name = "scorecard"
