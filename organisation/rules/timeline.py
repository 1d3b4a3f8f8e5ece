"""What is true of a thing from one day to another: a name, a place, a code. Pure: every change gives a new timeline.

A timeline is ordered and its spans do not overlap. The end day is included; None is «until further notice».
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Generic, TypeVar

from organisation.rules.validity import day_before, is_valid

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Span(Generic[V]):
    """A value and the days it holds."""

    value: V
    valid_from: date
    valid_to: date | None = None


def put(spans: Iterable[Span[V]], value: V, on: date, life_end: date | None = None) -> tuple[Span[V], ...]:
    """The value holds from that day until the next planned change, which stands; where nothing held, until the end of the life."""
    ordered = sorted(spans, key=lambda span: span.valid_from)
    later = [span for span in ordered if span.valid_from > on]
    now = next((span for span in ordered if is_valid(on, span.valid_from, span.valid_to)), None)
    if now is not None:
        end = now.valid_to
    else:
        end = day_before(later[0].valid_from) if later else life_end
    return joined([*cut([span for span in ordered if span.valid_from < on], day_before(on)), Span(value, on, end), *later])


def cut(spans: Iterable[Span[V]], last_day: date) -> tuple[Span[V], ...]:
    """Nothing holds after that day."""
    kept = sorted((span for span in spans if span.valid_from <= last_day), key=lambda span: span.valid_from)
    return tuple(replace(span, valid_to=last_day) if span.valid_to is None or span.valid_to > last_day else span for span in kept)


def swapped(spans: Iterable[Span[V]], change: Callable[[V], V], on: date) -> tuple[Span[V], ...]:
    """Every value is another from that day on; what held before stays."""
    found: list[Span[V]] = []
    for span in sorted(spans, key=lambda span: span.valid_from):
        new = change(span.value)
        if new == span.value or (span.valid_to is not None and span.valid_to < on):
            found.append(span)
        elif span.valid_from >= on:
            found.append(replace(span, value=new))
        else:
            found += [replace(span, valid_to=day_before(on)), Span(new, on, span.valid_to)]
    return joined(found)


def filled(spans: Iterable[Span[V]], value: V, start: date, end: date | None) -> tuple[Span[V], ...]:
    """The same with the value in every gap from start to end."""
    found: list[Span[V]] = []
    free: date | None = start
    for span in sorted(spans, key=lambda span: span.valid_from):
        if free is not None and span.valid_from > free:
            found.append(Span(value, free, day_before(span.valid_from)))
        found.append(span)
        free = span.valid_to + timedelta(days=1) if span.valid_to is not None else None
    if free is not None and (end is None or free <= end):
        found.append(Span(value, free, end))
    return joined(found)


def joined(spans: Iterable[Span[V]]) -> tuple[Span[V], ...]:
    """Neighbours with the same value are one span."""
    found: list[Span[V]] = []
    for span in spans:
        last = found[-1] if found else None
        if last is not None and last.value == span.value and last.valid_to == day_before(span.valid_from):
            found[-1] = replace(last, valid_to=span.valid_to)
        else:
            found.append(span)
    return tuple(found)


def first_uncovered(start: date, end: date | None, spans: Iterable[tuple[date, date | None]]) -> date | None:
    """The first day from start to end (None: for ever) that none of the spans holds, or None where every day is held."""
    free = start
    for valid_from, valid_to in sorted(spans, key=lambda span: span[0]):
        if valid_from > free:
            break
        if valid_to is None:
            return None
        free = max(free, valid_to + timedelta(days=1))
    return free if end is None or free <= end else None
