"""Records figures. Every way in ends here: a form, a grid, a paste, a file, a survey, a report."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import DataError, transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from common.periods import Period, PeriodKind
from organisation.models import Unit, User
from organisation.services import audit
from scorecard.models import Indicator, Measurement
from scorecard.queries.masking import shielded_ids
from scorecard.queries.structure import locked_years
from scorecard.rules.rollup import DIVIDED, Method, Part
from scorecard.rules.statuses import Quality
from scorecard.rules.stored import stored
from scorecard.rules.values import Problem, ValueFacts, problems_of
from scorecard.services import derive

Key = tuple[int, int, Period]
SAME = ("value", "numerator", "denominator", "stated", "quality", "note")
SOURCED = ("reason", "source_place", "source_text")
WRITTEN = [*SAME, *SOURCED, "origin", "source_name", "recorded_at", "recorded_by", "version"]


@dataclass(frozen=True)
class Entry:
    """One figure to record. For a ratio give numerator and denominator; the value follows. `version` is the one the writer saw
    (None: there was none). `reason` says why an earlier figure is changed."""

    indicator: Indicator
    unit: Unit
    period: Period
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    quality: Quality = Quality.FINAL
    note: str = ""
    stated: Decimal | None = None
    reason: str = ""
    version: int | None = None
    source_place: str = ""
    source_text: str = ""

    @property
    def key(self) -> Key:
        return self.indicator.pk, self.unit.pk, self.period


@dataclass(frozen=True)
class Source:
    """Where all entries of one recording come from."""

    origin: str = Measurement.Origin.TYPED
    name: str = ""
    # A file or a survey knows nothing of versions: the latest wins, and the earlier stays in the history.
    checks_versions: bool = True
    asks_reason: bool = True


@dataclass(frozen=True)
class Refusal:
    """Why one entry was not recorded; `entry` is its place in the list."""

    entry: int
    problem: Problem


class ValuesRefused(Exception):
    """Nothing was recorded. Carries every reason, not the first."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__(f"{len(refusals)} refused")
        self.refusals = tuple(refusals)


@dataclass(frozen=True)
class Recorded:
    """How many figures were new, corrected, and already there just so."""

    new: int
    corrected: int
    unchanged: int


@transaction.atomic
def record_values(*, entries: Sequence[Entry], actor: User | None, source: Source, now: datetime, today: date) -> Recorded:
    """Records all entries or none.

    Raises ValuesRefused with every problem of every entry. A figure that is there already, just so, is not written again; a changed one
    is a new version, and the earlier stays readable with its reason.
    """
    entries = [_completed(entry) for entry in entries]
    one_at_a_time({entry.indicator.pk for entry in entries})
    kept = _kept(entries)
    if refusals := _refusals(entries, kept, source, today):
        raise ValuesRefused(refusals)
    new = [
        _fill(Measurement(indicator=entry.indicator, unit=entry.unit), entry, actor, source, now)
        for entry in entries
        if entry.key not in kept
    ]
    changed = [entry for entry in entries if entry.key in kept and not _is_same(kept[entry.key], entry)]
    corrected = [_fill(kept[entry.key], entry, actor, source, now) for entry in changed]
    _store(new, corrected, actor, now)
    try:
        derive.values_changed(_figures([*new, *corrected], {entry.indicator.pk: entry.indicator for entry in entries}))
    except (InvalidOperation, DataError) as error:
        raise ValuesRefused([Refusal(index, Problem.SUM_TOO_LARGE) for index in range(len(entries))]) from error
    if new or corrected:
        _audit(entries, new, corrected, actor, source)
    return Recorded(len(new), len(corrected), len(entries) - len(new) - len(corrected))


@dataclass(frozen=True)
class Check:
    """What recording would do: `refusals` as ValuesRefused would carry them, and the row that stands at each entry's place."""

    refusals: tuple[Refusal, ...]
    standing: tuple[Measurement | None, ...]
    same: frozenset[int]


def check_values(*, entries: Sequence[Entry], source: Source, today: date) -> Check:
    """The same decisions as `record_values`, recording nothing: for a preview."""
    entries = [_completed(entry) for entry in entries]
    kept = _kept(entries)
    standing = tuple(kept.get(entry.key) for entry in entries)
    same = frozenset(index for index, row in enumerate(standing) if row is not None and _is_same(row, entries[index]))
    return Check(tuple(_refusals(entries, kept, source, today)), standing, same)


def completed_value(entry: Entry) -> Decimal | None:
    """The value an entry comes to: as given, or numerator over denominator times the indicator's factor; None without a figure."""
    return _completed(entry).value


def _refusals(entries: Sequence[Entry], kept: Mapping[Key, Measurement], source: Source, today: date) -> list[Refusal]:
    locked = locked_years({entry.unit.pk for entry in entries})
    refusals = [
        Refusal(index, problem)
        for index, entry in enumerate(entries)
        for problem in problems_of(_facts(entry, kept.get(entry.key), source, today, locked))
    ]
    refusals += [Refusal(index, Problem.TWICE) for index in _repeated(entries)]
    return sorted(refusals, key=lambda refusal: refusal.entry)


def _completed(entry: Entry) -> Entry:
    """The value of a ratio follows from numerator and denominator."""
    method = Method(entry.indicator.rollup)
    if not entry.quality.has_figure:
        return replace(entry, value=None, numerator=None, denominator=None)
    if method in DIVIDED and entry.numerator is not None and entry.denominator:
        factor = entry.indicator.factor if method is Method.RATIO else Decimal(1)
        return replace(entry, value=stored(entry.numerator / entry.denominator * factor))
    return entry


def one_at_a_time(indicator_ids: Iterable[int]) -> None:
    """Two recordings of one indicator wait for each other, since both move the sums of the units above.

    SQLite has one writer at a time anyway; elsewhere the indicator's row is locked until the transaction ends.
    """
    list(Indicator.objects.select_for_update(no_key=True).filter(pk__in=set(indicator_ids)).order_by("pk").values("pk"))


def _kept(entries: Iterable[Entry]) -> dict[Key, Measurement]:
    """What is there already."""
    by_indicator: dict[int, list[Entry]] = {}
    for entry in entries:
        by_indicator.setdefault(entry.indicator.pk, []).append(entry)
    found: dict[Key, Measurement] = {}
    for indicator_id, group in by_indicator.items():
        rows = Measurement.objects.filter(
            indicator_id=indicator_id,
            unit_id__in={entry.unit.pk for entry in group},
            period_start__in={entry.period.start for entry in group},
        )
        found.update({(row.indicator_id, row.unit_id, row.period): row for row in rows.order_by("pk")})
    return found


def _repeated(entries: Sequence[Entry]) -> list[int]:
    seen: set[Key] = set()
    repeated = []
    for index, entry in enumerate(entries):
        if entry.key in seen:
            repeated.append(index)
        seen.add(entry.key)
    return repeated


def _facts(entry: Entry, row: Measurement | None, source: Source, today: date, locked: Collection[tuple[int, int]]) -> ValueFacts:
    indicator = entry.indicator
    same = row is not None and _is_same(row, entry)
    return ValueFacts(
        value=entry.value,
        numerator=entry.numerator,
        denominator=entry.denominator,
        quality=entry.quality,
        period=entry.period,
        kind=PeriodKind(indicator.frequency),
        needs_parts=_needs_parts(entry, row, source),
        is_calculated=bool(indicator.formula),
        retired_on=indicator.retired_on,
        scale=(indicator.scale_min, indicator.scale_max),
        life=(entry.unit.valid_from, entry.unit.valid_to),
        today=today,
        is_stale=source.checks_versions and not same and entry.version != (row.version if row else None),
        changes_settled=row is not None and not same and row.quality in (Quality.FINAL, Quality.ESTIMATE),
        year_is_locked=(entry.unit.pk, entry.period.year) in locked,
        has_reason=bool(entry.reason.strip()) or not source.asks_reason,
        stated=entry.stated,
    )


def _needs_parts(entry: Entry, row: Measurement | None, source: Source) -> bool:
    """A typed rate in the indicator's own rhythm comes with numerator and denominator. A source may have printed the rate alone, and
    such a figure may go on standing while its note or quality is changed."""
    if Method(entry.indicator.rollup) is not Method.RATIO or source.origin != Measurement.Origin.TYPED:
        return False
    stands_bare = row is not None and row.denominator is None and entry.denominator is None and row.value == entry.value
    return entry.period.kind == entry.indicator.kind and not stands_bare


def _is_same(row: Measurement, entry: Entry) -> bool:
    return all(getattr(row, name) == getattr(entry, name) for name in SAME)


def _fill(row: Measurement, entry: Entry, actor: User | None, source: Source, now: datetime) -> Measurement:
    is_new = row.pk is None
    row.period = entry.period
    for name in (*SAME, *SOURCED):
        setattr(row, name, getattr(entry, name))
    row.quality = entry.quality.value
    row.origin, row.source_name = source.origin, source.name
    row.recorded_at, row.recorded_by = now, actor
    row.version = 1 if is_new else row.version + 1
    return row


def _store(new: list[Measurement], corrected: list[Measurement], actor: User | None, now: datetime) -> None:
    if new:
        bulk_create_with_history(new, Measurement, batch_size=500, default_user=actor, default_date=now)
    if corrected:
        bulk_update_with_history(corrected, Measurement, WRITTEN, batch_size=200, default_user=actor, default_date=now)


def _figures(rows: Iterable[Measurement], indicators: Mapping[int, Indicator]) -> dict[Indicator, dict[tuple[int, Period], Part | None]]:
    found: dict[Indicator, dict[tuple[int, Period], Part | None]] = {}
    for row in rows:
        part = Part(row.numerator, row.denominator, row.value, quality=Quality(row.quality))
        found.setdefault(indicators[row.indicator_id], {})[row.unit_id, row.period] = part
    return found


def _audit(
    entries: Sequence[Entry], new: Sequence[Measurement], corrected: Sequence[Measurement], actor: User | None, source: Source
) -> None:
    """One line per recording and unit: the versions themselves stand in the figures' history, where reasons of shielded ones stay."""
    by_unit: dict[int, list[Measurement]] = {}
    for row in (*new, *corrected):
        by_unit.setdefault(row.unit_id, []).append(row)
    units = {entry.unit.pk: entry.unit for entry in entries}
    codes = {entry.indicator.pk: entry.indicator.code for entry in entries}
    shielded = shielded_ids({entry.indicator for entry in entries})
    for unit_id, rows in by_unit.items():
        details = {
            "indicators": sorted({codes[row.indicator_id] for row in rows}),
            "periods": sorted({row.period.code for row in rows}),
            "figures": len(rows),
            "source": source.name or source.origin,
            "reasons": sorted({row.reason for row in rows if row.reason and row.indicator_id not in shielded}),
        }
        audit.record(actor=actor, action="values.recorded", target=units[unit_id], unit=unit_id, details=details)
