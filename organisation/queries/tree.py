"""The organisation's history, loaded once per process and version of the organisation."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from organisation.models import OrganisationVersion, ParentLink, Succession, Unit, UnitName
from organisation.rules.tree import LinkRow, NameRow, OrganisationHistory, SuccessionRow, UnitRow, UnitTree

_loaded: dict[str, OrganisationHistory] = {}
# The token as it was when this request first asked; None outside a request or before it asked.
_asked: ContextVar[list[str] | None] = ContextVar("asked", default=None)


@contextmanager
def one_request() -> Iterator[None]:
    """Inside, the version is asked for once, so that a whole page is made of the same organisation."""
    reset = _asked.set([])
    try:
        yield
    finally:
        _asked.reset(reset)


def version_token() -> str:
    """The token of the present version. One SQL statement, or none where the same request has asked before."""
    asked = _asked.get()
    if asked:
        return asked[0]
    token = OrganisationVersion.objects.values_list("token", flat=True).first() or ""
    if asked is not None:
        asked.append(token)
    return token


def history() -> OrganisationHistory:
    """Everything about units over time. One SQL statement where this process has the present version, else five."""
    token = version_token()
    if token not in _loaded:
        loaded = load_history()
        _loaded.clear()
        _loaded[token] = loaded
    return _loaded[token]


def load_history() -> OrganisationHistory:
    """The history as the database holds it now, past any loaded one."""
    return OrganisationHistory(
        units=tuple(UnitRow(*row) for row in Unit.objects.values_list("id", "code", "name", "kind", "valid_from", "valid_to")),
        names=tuple(NameRow(*row) for row in UnitName.objects.values_list("unit_id", "name", "valid_from", "valid_to")),
        links=tuple(LinkRow(*row) for row in ParentLink.objects.values_list("unit_id", "parent_id", "valid_from", "valid_to")),
        successions=tuple(SuccessionRow(*row) for row in Succession.objects.values_list("predecessor_id", "successor_id", "on", "whole")),
    )


def tree_on(day: date) -> UnitTree:
    """The tree of that day."""
    return history().on(day)


def mark_changed() -> None:
    """Makes every process load the organisation again. A random token: a rolled-back change must not leave its number behind."""
    OrganisationVersion.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4().hex})
    asked = _asked.get()
    if asked:
        asked.clear()
