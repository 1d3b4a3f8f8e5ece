"""What the log must not hold: an address that is a secret gives whoever reads the log somebody's calendar."""

import logging
import re

# Longer than any word that stands there as a page of its own.
SECRET = re.compile(r"(/kalender/)[^\s/?#\"']{20,}", re.IGNORECASE)


def without_secrets(text: str) -> str:
    """The text with the secrets of calendar addresses left out."""
    return SECRET.sub(r"\1…", text)


class WithoutSecrets(logging.Filter):
    """Leaves them out of the message and of what went wrong, before any handler sees them. Lets every record through."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if SECRET.search(message):
            record.msg, record.args = without_secrets(message), None
        if record.exc_info and not record.exc_text:
            told = logging.Formatter().formatException(record.exc_info)
            if SECRET.search(told):
                record.exc_text = without_secrets(told)
        return True
