"""What can become of a message."""

from enum import StrEnum


class MailState(StrEnum):
    """Where the e-mail of a message is; a message on the page alone needs none."""

    NONE = "none"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
