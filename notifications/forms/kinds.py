"""What messages are about, in words. Apps point to words of their own by `message_kinds` of their AppConfig."""

from django.apps import apps
from django.utils.module_loading import import_string


def kind_words() -> dict[str, str]:
    """Words by kind, in the active language."""
    found: dict[str, str] = {}
    for config in apps.get_app_configs():
        if place := getattr(config, "message_kinds", ""):
            found |= {kind: str(words) for kind, words in import_string(place).items()}
    return found
