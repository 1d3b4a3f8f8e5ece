"""When an e-mail that did not get through is tried again, and when it is given up."""

from datetime import datetime, timedelta

# After the first failure one minute, and so on. After the last the message is given up and kept with what went wrong.
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))
MOST_ATTEMPTS = len(WAITS) + 1
# Whoever took a message and has said nothing for so long was stopped on the way: somebody else takes it.
LONGEST_CLAIM = timedelta(minutes=15)


def is_last(attempts: int) -> bool:
    """Whether nobody tries again after this many attempts."""
    return attempts >= MOST_ATTEMPTS


def tried_before(now: datetime) -> list[tuple[int, datetime]]:
    """(attempts, moment): messages with so many failed attempts are due again where the last was at or before the moment."""
    return [(attempts, now - wait) for attempts, wait in enumerate(WAITS, start=1)]
