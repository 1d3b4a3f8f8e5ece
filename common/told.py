"""What apps tell by their AppConfig: a lower app asks all that stand above it without knowing any of them."""

from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string


def told_by_apps(attribute: str) -> dict[str, Any]:
    """By app, in their order: what the dotted path in this attribute of its AppConfig leads to. Apps without it are left out."""
    places = {config.label: getattr(config, attribute, "") for config in apps.get_app_configs()}
    return {label: import_string(place) for label, place in places.items() if place}
