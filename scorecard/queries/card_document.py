"""A scorecard as plain data for scripts and other systems: exact figures, codes instead of words, and where each figure came from."""

from collections.abc import Iterable
from typing import Any

from scorecard.models import Measurement
from scorecard.queries.card import Area, Card
from scorecard.queries.card_rows import Row
from scorecard.queries.known import versions_at
from scorecard.rules.stored import plain_number


def document_of(card: Card) -> dict[str, Any]:
    """Everything on the card. Two SQL statements at most besides the card's own."""
    measured = _measured(card)
    scorecard = card.scorecard
    return {
        "unit": {"code": card.unit_code, "name": card.unit_name},
        "year": card.year,
        "judged_on": card.moment.day.isoformat(),
        "known_at": card.known_at.isoformat() if card.known_at else None,
        "scorecard": {"unit": scorecard.unit.code, "title": scorecard.title, "state": scorecard.state} if scorecard else None,
        "areas": [_area(area, measured) for area in card.areas],
    }


def _area(area: Area, measured: dict[int, Measurement]) -> dict[str, Any]:
    index = area.index
    return {
        "name": area.area.name,
        "status": area.status.value,
        "index": plain_number(index.value),
        "measured": index.covered_count,
        "of": index.total_count,
        "coverage": plain_number(index.coverage),
        "held_back": index.held_back,
        "indicators": [_row(row, measured.get(row.indicator.pk)) for row in area.rows],
    }


def _row(row: Row, measurement: Measurement | None) -> dict[str, Any]:
    indicator, standing = row.indicator, row.standing
    shown = standing.newest if standing.withdrawn else standing.period
    return {
        "code": indicator.code,
        "name": indicator.name,
        "factor": row.placed.factor.name,
        "method": indicator.method_text,
        "measure": indicator.measure,
        "unit": indicator.unit_text,
        "direction": indicator.direction,
        "frequency": indicator.frequency,
        "window": indicator.window,
        "restricted": indicator.restricted,
        "weight": plain_number(row.placed.weight),
        "critical": row.placed.critical,
        "period": shown.code if shown else None,
        "last_measured": standing.period.code if standing.period else None,
        "value": plain_number(standing.judged),
        "numerator": plain_number(standing.numerator) if standing.judged is not None else None,
        "denominator": plain_number(standing.denominator) if standing.judged is not None else None,
        "quality": _quality(row),
        "year_before": plain_number(standing.year_before),
        "target": _target(row),
        "status": row.status.value,
        "missing": row.missing.value if row.missing else None,
        "score": plain_number(row.score.score) if row.score else None,
        "coverage": _coverage(row),
        "source": _source(row, measurement),
    }


def _quality(row: Row) -> str | None:
    """What is said about the figure or its absence; None where nobody has said anything."""
    standing = row.standing
    said = standing.quality if standing.judged is not None else standing.newest_quality
    return said.value if said else None


def _coverage(row: Row) -> dict[str, int] | None:
    """Units behind a rolled-up figure; None for an own one."""
    standing = row.standing
    return None if standing.own or standing.judged is None else {"covered": standing.covered, "expected": standing.expected}


def _target(row: Row) -> dict[str, Any] | None:
    limits, target = row.limits, row.target
    if limits is None or target is None:
        return None
    return {
        "value": plain_number(limits.target),
        "yellow_limit": plain_number(limits.yellow_limit),
        "low": plain_number(limits.low),
        "high": plain_number(limits.high),
        "tolerance": plain_number(limits.tolerance),
        "own": row.own_target,
        "valid_from": target.valid_from.isoformat(),
    }


def _source(row: Row, measurement: Measurement | None) -> dict[str, Any] | None:
    """Of an own figure the row it came from; of a rolled-up one that it is; of a formula its text."""
    if row.standing.judged is None:
        return None
    if row.indicator.formula:
        return {"origin": "calculated", "formula": row.indicator.formula}
    if measurement is None:
        return {"origin": "rolled_up", "method": row.indicator.rollup, "restated": row.standing.restated}
    return {
        "origin": measurement.origin,
        "name": measurement.source_name,
        "place": measurement.source_place,
        "text": measurement.source_text,
        "stated": plain_number(measurement.stated),
        "recorded_at": measurement.recorded_at.isoformat(),
        "version": measurement.version,
    }


def _measured(card: Card) -> dict[int, Measurement]:
    """The unit's own measurement behind each figure that is shown, by indicator. One SQL statement."""
    shown = {row.indicator.pk: row.standing.period for row in card.rows if row.standing.own and row.standing.period}
    rows: Iterable[Measurement]
    if card.known_at is None:
        starts = {period.start for period in shown.values()}
        rows = Measurement.objects.filter(unit_id=card.unit_id, indicator_id__in=shown, period_start__in=starts)
    else:
        rows = versions_at(Measurement.history, card.known_at, unit_id=card.unit_id, indicator_id__in=list(shown))
    return {row.indicator_id: row for row in rows if shown[row.indicator_id] == row.period}
