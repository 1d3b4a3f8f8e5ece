"""Takes a recording back: figures become what they were before it, or go again where there were none."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_update_with_history

from common.periods import Period
from organisation.models import Unit, User
from organisation.services import audit
from scorecard.models import Indicator, Measurement
from scorecard.rules.rollup import Part
from scorecard.services import derive
from scorecard.services.period_values import part_of_measurement
from scorecard.services.values import SAME, WRITTEN, one_at_a_time

Key = tuple[int, int, Period]
RESTORED = (*SAME, "source_place", "source_text", "origin", "source_name", "recorded_at", "recorded_by_id")


class ReasonMissing(Exception):
    """Figures that somebody may have read are not taken back without saying why."""


@dataclass(frozen=True)
class TakenBack:
    """How many figures are again what they were, how many are gone, and the places that were left: recorded anew since, or not there."""

    restored: int
    removed: int
    left: tuple[Key, ...]


@transaction.atomic
def take_back(*, places: Collection[Key], recorded_at: datetime, reason: str, actor: User | None, now: datetime) -> TakenBack:
    """Takes back what one recording wrote at these (indicator id, unit id, period). `recorded_at` is the moment it was recorded with.

    A figure that somebody has recorded anew since is left alone. A restored one is a new version with who and when of the earlier;
    a removed one stays in the history. Sums, cells and pages follow. Raises ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing
    indicators = Indicator.objects.in_bulk({indicator_id for indicator_id, _, _ in places})
    one_at_a_time(indicators)
    rows = _standing(places, recorded_at)
    earlier = _earlier(rows, recorded_at)
    removed = [row for row in rows.values() if row.pk not in earlier]
    restored = [_restore(row, earlier[row.pk], reason) for row in rows.values() if row.pk in earlier]
    if restored:
        bulk_update_with_history(restored, Measurement, WRITTEN, batch_size=200, default_user=actor, default_date=now)
    _remove(removed, reason, actor, now)
    derive.values_changed(_by_indicator(restored, indicators))
    derive.values_removed({indicator: tuple(found) for indicator, found in _by_indicator(removed, indicators).items()})
    _audit([*restored, *removed], indicators, reason, actor)
    return TakenBack(len(restored), len(removed), tuple(place for place in places if place not in rows))


@transaction.atomic
def remove_values(*, rows: Sequence[Measurement], reason: str, actor: User | None, now: datetime) -> None:
    """These figures have no source any more and go, with a last line in their history. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    if not rows:
        return
    indicators = Indicator.objects.in_bulk({row.indicator_id for row in rows})
    one_at_a_time(indicators)
    _remove(rows, reason, actor, now)
    derive.values_removed({indicator: tuple(found) for indicator, found in _by_indicator(rows, indicators).items()})
    _audit(rows, indicators, reason, actor)


def _standing(places: Collection[Key], recorded_at: datetime) -> dict[Key, Measurement]:
    """The figures that still are what the recording wrote."""
    wanted, found = set(places), {}
    rows = Measurement.objects.filter(
        indicator_id__in={indicator_id for indicator_id, _, _ in wanted},
        unit_id__in={unit_id for _, unit_id, _ in wanted},
        recorded_at=recorded_at,
    )
    for row in rows.order_by("pk"):
        key = (row.indicator_id, row.unit_id, row.period)
        if key in wanted:
            found[key] = row
    return found


def _earlier(rows: Mapping[Key, Measurement], recorded_at: datetime) -> dict[int, Any]:
    """The last version before the recording, by figure. One SQL statement."""
    history: Any = Measurement.history
    pks = [row.pk for row in rows.values()]
    versions = history.filter(id__in=pks, recorded_at__lt=recorded_at).order_by("version", "history_id")
    return {version.id: version for version in versions}


def _restore(row: Measurement, earlier: Any, reason: str) -> Measurement:
    for name in RESTORED:
        setattr(row, name, getattr(earlier, name))
    row.reason = reason
    row.version += 1
    return row


def _remove(rows: Sequence[Measurement], reason: str, actor: User | None, now: datetime) -> None:
    """Each leaves a last line in its history. Two statements; nothing else points at a figure."""
    if not rows:
        return
    kept: Any = Measurement.history
    names = [field.attname for field in Measurement._meta.concrete_fields]
    lines = []
    for row in rows:
        row.reason = reason
        values = {name: getattr(row, name) for name in names}
        lines.append(kept.model(**values, history_date=now, history_type="-", history_user=actor))
    kept.bulk_create(lines, batch_size=500)
    found: Any = Measurement.objects.filter(pk__in=[row.pk for row in rows])
    found._raw_delete(found.db)  # noqa: SLF001 - the ordinary way reads every row again to write the line above


def _by_indicator(
    rows: Iterable[Measurement], indicators: Mapping[int, Indicator]
) -> dict[Indicator, dict[tuple[int, Period], Part | None]]:
    found: dict[Indicator, dict[tuple[int, Period], Part | None]] = {}
    for row in rows:
        found.setdefault(indicators[row.indicator_id], {})[row.unit_id, row.period] = part_of_measurement(row)
    return found


def _audit(rows: Collection[Measurement], indicators: Mapping[int, Indicator], reason: str, actor: User | None) -> None:
    by_unit: dict[int, list[Measurement]] = {}
    for row in rows:
        by_unit.setdefault(row.unit_id, []).append(row)
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=by_unit)}
    for unit_id, found in by_unit.items():
        details = {
            "indicators": sorted({indicators[row.indicator_id].code for row in found}),
            "periods": sorted({row.period.code for row in found}),
            "figures": len(found),
            "reason": reason,
        }
        audit.record(actor=actor, action="values.taken_back", target=units[unit_id], unit=unit_id, details=details)
