"""What can become of a message."""

from enum import StrEnum


class MailState(StrEnum):
    """Where the e-mail of a message is; a message on the page alone needs none. DROPPED: what it was about was done before it left."""

    NONE = "none"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


# Tried again by an administrator: these alone, so that nobody gets the same letter from two.
SENT_AGAIN = frozenset({MailState.FAILED, MailState.SENT})


class Rhythm(StrEnum):
    """How a person wants to be reminded: one overview a week, or each deadline by itself."""

    DIGEST = "digest"
    SINGLE = "single"
