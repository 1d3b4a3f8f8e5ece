"""Who shall do what is due: decided here alone, for reminders, calendars and lists."""

from collections.abc import Iterable, Sequence

from common.deadlines import Deadline
from organisation.queries.access import Access
from organisation.queries.role_holders import Posts, posts_in
from organisation.rules.access import TABLE, Permission, Role


def doers_of(deadline: Deadline, posts: Posts, path: Sequence[int]) -> tuple[int, ...]:
    """Whom it is for, stand-ins included. `path` goes from its unit upward. An owner who has moved away cannot open it any more."""
    if deadline.owner_id is not None:
        able = {user_id for unit_id in path for user_id in posts.holding(Permission(deadline.seen_with), unit_id)}
        return tuple(user_id for user_id in (deadline.owner_id, *posts.standing_in_for(deadline.owner_id, path)) if user_id in able)
    if deadline.permission:
        found = posts.holding(Permission(deadline.permission), deadline.unit_id)
        if deadline.needs:
            too = posts.holding(Permission(deadline.needs), deadline.unit_id)
            found = tuple(user_id for user_id in found if user_id in too)
        if found:
            return found
    return posts.nearest(asked_roles(deadline), path)


def asked_roles(deadline: Deadline) -> list[str]:
    """Whoever may not see it is not asked to do it: a case of the politicians is nobody's task in the application."""
    return [role for role in deadline.roles if deadline.seen_with in TABLE[Role(role)]]


def is_somebodys(deadline: Deadline) -> bool:
    """Whether there is a kind of person who can do it at all, whether or not anybody is there today."""
    return deadline.owner_id is not None or bool(deadline.permission) or bool(asked_roles(deadline))


def for_person(access: Access, deadlines: Iterable[Deadline]) -> list[Deadline]:
    """Those the person is to do. One SQL statement, none where there are no deadlines."""
    found = list(deadlines)
    if not found:
        return []
    paths = {unit_id: access.tree.path(unit_id) for unit_id in {each.unit_id for each in found}}
    posts = posts_in({unit_id for path in paths.values() for unit_id in path}, access.day)
    # A district has thousands of deadlines, and a few answers to who does them.
    known: dict[tuple[object, ...], bool] = {}
    mine = []
    for each in found:
        who = (each.unit_id, each.owner_id, each.permission, each.needs, each.roles, each.seen_with)
        if who not in known:
            known[who] = access.user_id in doers_of(each, posts, paths[each.unit_id])
        if known[who]:
            mine.append(each)
    return mine
