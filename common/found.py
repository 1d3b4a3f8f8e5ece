"""What a search finds in one app, as plain values: every app tells it in the same form."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found: what it is called, where it is, and a few words about it."""

    title: str
    url: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """Things of one kind, the nearest first. `key` names it in addresses; `more`: there are others than these."""

    key: str
    label: str
    hits: tuple[Found, ...]
    more: bool = False


def found_group(key: str, label: str, found: list[Found], limit: int) -> list[FoundGroup]:
    """The first of what was found as a group; no group of nothing. `found` may hold more than the limit, which tells that there is more."""
    return [FoundGroup(key, label, tuple(found[:limit]), len(found) > limit)] if found else []
