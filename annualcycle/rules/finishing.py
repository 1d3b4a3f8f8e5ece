"""What must be right before a task is called done, or said not to concern a unit. Pure."""

from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

# How far back somebody may say that a thing was done.
LONGEST_AGO = 366


class Flaw(StrEnum):
    """One thing that is wrong."""

    DAY_TO_COME = "day_to_come"
    DAY_LONG_AGO = "day_long_ago"
    NO_ADDRESS = "no_address"
    NAME_WITHOUT_PRODUCT = "name_without_product"
    NO_REASON = "no_reason"


def finish_flaws(*, done_on: date, product: str, product_name: str, due_on: date, today: date) -> list[Flaw]:
    """Everything that is wrong with saying that a task was done that day, with this to show for it."""
    flaws = []
    if done_on > today:
        flaws.append(Flaw.DAY_TO_COME)
    elif (min(due_on, today) - done_on).days > LONGEST_AGO:
        flaws.append(Flaw.DAY_LONG_AGO)
    if product and not is_address(product):
        flaws.append(Flaw.NO_ADDRESS)
    if product_name and not product:
        flaws.append(Flaw.NAME_WITHOUT_PRODUCT)
    return flaws


def is_address(text: str) -> bool:
    """An address of the web, or a path within Alna. Nothing that a browser would run, and no other server in a path's clothes."""
    if any(sign.isspace() or not sign.isprintable() for sign in text) or "\\" in text:
        return False
    if text.startswith("/"):
        return not text.startswith("//")
    try:
        parts = urlsplit(text)
        # A port that is none is found out when it is asked for.
        return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0 and "@" not in parts.netloc
    except ValueError:
        return False
