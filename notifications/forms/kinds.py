"""What messages are about, in words. Apps point to words of their own by `message_kinds` of their AppConfig."""

from common.told import told_by_apps


def kind_words() -> dict[str, str]:
    """Words by kind, in the active language."""
    found: dict[str, str] = {}
    for told in told_by_apps("message_kinds").values():
        found |= {kind: str(words) for kind, words in told.items()}
    return found
