"""The life of a scorecard: which state follows which. Pure."""

from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    LOCKED = "locked"


# Back to draft is the director's return or an unpublishing before the first value; a locked year is never opened again.
ALLOWED: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PROPOSED}),
    State.PROPOSED: frozenset({State.DRAFT, State.PUBLISHED}),
    State.PUBLISHED: frozenset({State.DRAFT, State.LOCKED}),
    State.LOCKED: frozenset(),
}

EDITABLE = frozenset({State.DRAFT})
IN_FORCE = frozenset({State.PUBLISHED, State.LOCKED})


def may_follow(now: State, then: State) -> bool:
    return then in ALLOWED[now]
