"""One saved field is one version of a report. What two people write in different fields is kept from both."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from common.identity_numbers import has_identity_number
from common.versions import dated, signed
from organisation.models import User
from reporting.models import MonthlyReport, ReportEvent
from reporting.queries.report_facts import open_parts_of
from reporting.rules.kinds import ReportState
from reporting.rules.progress import seconds_worked
from reporting.rules.states import PART_OF, may_edit

TEXTS = frozenset({"change_text", "explanation", "timing_text", "sick_text"})
LINES = frozenset({"indicator_lines", "action_lines"})
MOST_TRIES = 5
LONGEST_LINE = 500


@dataclass(eq=False)
class ReportClosed(Exception):
    """The part cannot be changed in the state the report is in."""

    state: str
    part: str


@dataclass(eq=False)
class FieldChanged(Exception):
    """Somebody else has written something else in the same field since it was shown. `theirs` is what stands there now."""

    field: str
    theirs: object


@dataclass(eq=False)
class PersonalNumber(Exception):
    """The text holds an identity number. These have no place in a report."""

    fields: tuple[str, ...]


class TooLong(PersonalNumber):
    """The texts of these fields do not fit."""


@transaction.atomic
def save_fields(
    *, report: MonthlyReport, fields: Mapping[str, object], version: int | None, actor: User | None, now: datetime
) -> MonthlyReport:
    """Saves these fields alone, and gives the report as it then stands. The same once more changes nothing.

    `version` is the one the writer saw; None writes whatever stands there. Lines are added to the ones there are.
    Raises ReportClosed, FieldChanged, PersonalNumber, TooLong, and ValueError for a field that is not the leader's.
    """
    _check_texts(fields)
    for _try in range(MOST_TRIES):
        standing = MonthlyReport.objects.get(pk=report.pk)
        wanted = {name: _merged(standing, name, value) for name, value in _own(standing, fields, version).items()}
        changed = {name: value for name, value in wanted.items() if getattr(standing, name) != value}
        if not changed:
            return standing
        _check_open(standing, changed)
        if _claim(standing):
            return _write(standing, changed, actor, now)
    raise FieldChanged(next(iter(fields)), None)


def _own(standing: MonthlyReport, fields: Mapping[str, object], version: int | None) -> dict[str, object]:
    """What the writer has changed since the version that was shown; the rest of the page is as old as the page.

    Raises FieldChanged where somebody else has changed the same field to something else meanwhile, ValueError for a field that is not
    the leader's.
    """
    for name in fields:
        if name not in PART_OF:
            raise ValueError(name)
    if version is None or version == standing.version:
        return dict(fields)
    seen = standing.history.filter(version__lte=max(version, 1)).order_by("-version", "-history_id").first()
    if seen is None:
        return dict(fields)
    own: dict[str, object] = {}
    for name, value in fields.items():
        mine, before, theirs = _plain(name, value), getattr(seen, name), getattr(standing, name)
        if name in LINES:
            own[name] = {key: text for key, text in dict(mine).items() if text != before.get(key, "")}
        elif mine != before:
            if theirs not in (before, mine):
                raise FieldChanged(name, theirs)
            own[name] = value
    return own


def _claim(standing: MonthlyReport) -> bool:
    """One writer takes each version; the others look again."""
    rows = MonthlyReport.objects.filter(pk=standing.pk, version=standing.version, state=standing.state)
    return bool(rows.update(version=F("version") + 1))


def _write(standing: MonthlyReport, changed: Mapping[str, Any], actor: User | None, now: datetime) -> MonthlyReport:
    before = standing.state
    for name, value in changed.items():
        setattr(standing, name, value)
    if "forecast" in changed:
        standing.is_unconfirmed = False
    standing.version += 1
    standing.seconds_spent += seconds_worked(standing.saved_at or standing.opened_at, now)
    standing.saved_at = now
    if before == ReportState.NOT_STARTED:
        standing.state = ReportState.BEGUN
        ReportEvent.objects.create(report=standing, at=now, by=actor, from_state=before, to_state=standing.state)
    keep_version(standing, actor, now)
    return standing


def keep_version(report: MonthlyReport, actor: User | None, now: datetime) -> None:
    """Saves the row as a version of its own, with who and when."""
    signed(dated(report, now), actor).save()


def keep_versions(reports: Collection[MonthlyReport], actor: User | None, now: datetime) -> None:
    """The same for rows that are written already. One SQL statement."""
    MonthlyReport.history.bulk_history_create(reports, update=True, default_user=actor, default_date=now)


def _check_open(standing: MonthlyReport, fields: Collection[str]) -> None:
    open_parts = open_parts_of(standing)
    for name in fields:
        if not may_edit(ReportState(standing.state), open_parts, PART_OF[name]):
            raise ReportClosed(standing.state, PART_OF[name])


def _merged(standing: MonthlyReport, name: str, value: object) -> object:
    if name in LINES:
        lines = {**getattr(standing, name), **dict(_plain(name, value))}
        return {key: text for key, text in lines.items() if text}
    return _plain(name, value)


def _plain(name: str, value: Any) -> Any:
    """The value as it would be kept."""
    if name in LINES:
        return {str(key): str(text).strip() for key, text in value.items()}
    if name in TEXTS:
        return str(value).replace("\r\n", "\n").strip()
    return value


def _check_texts(fields: Mapping[str, object]) -> None:
    texts: dict[str, list[str]] = {name: [str(value)] for name, value in fields.items() if name in TEXTS}
    for name in LINES & fields.keys():
        lines = fields[name]
        texts[name] = [str(text) for text in lines.values()] if isinstance(lines, Mapping) else []
    too_long = tuple(name for name, written in texts.items() if any(len(text) > _room(name) for text in written))
    if too_long:
        raise TooLong(too_long)
    personal = tuple(name for name, written in texts.items() if any(has_identity_number(text) for text in written))
    if personal:
        raise PersonalNumber(personal)


def _room(name: str) -> int:
    if name in LINES:
        return LONGEST_LINE
    return getattr(MonthlyReport._meta.get_field(name), "max_length", None) or LONGEST_LINE
