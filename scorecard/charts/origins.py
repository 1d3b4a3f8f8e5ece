"""What a figure means and where it came from: definition, source, targets, corrections."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from common import formats
from common.periods import Period
from scorecard.charts import words
from scorecard.models import Benchmark, Indicator, Measurement, Target
from scorecard.queries.figures import bare_text, distance_text, plain_text
from scorecard.queries.indicator import Series
from scorecard.queries.surroundings import Correction
from scorecard.queries.targets import row_of
from scorecard.rules.statuses import Direction
from scorecard.rules.targets import Comparison, TargetKind

Lines = list[tuple[str, str]]


def definition(series: Series) -> Lines:
    """What the figure measures, and when the next is due."""
    indicator = series.indicator
    lines = [
        (_("Hva"), indicator.definition),
        (_("Teller"), indicator.numerator_text),
        (_("Nevner"), indicator.denominator_text),
        (_("Målemetode"), indicator.method_text),
        (_("Kilde"), indicator.source),
        (_("Eier"), indicator.owner_role),
        (_("Retning"), _direction(series)),
        (_("Frekvens"), str(indicator.get_frequency_display())),
        (_("Vises"), _("%(window)s samlet") % {"window": words.count(indicator.window, indicator.frequency)} if series.windowed else ""),
        (_("Legges sammen"), str(indicator.get_rollup_display())),
        (_("Formel"), indicator.formula),
        (_("Neste oppdatering"), next_update(series)),
    ]
    return [(name, text) for name, text in lines if text]


def _direction(series: Series) -> str:
    indicator, limits = series.indicator, series.state.limits
    text = _("%(direction)s.") % {"direction": indicator.get_direction_display()}
    if limits is None or not limits.has_target:
        return text
    more = ""
    if limits.direction == Direction.RANGE and limits.tolerance:
        more = _("Nesten nådd inntil %(size)s utenfor.") % {"size": distance_text(indicator, limits.tolerance)}
    elif limits.yellow_limit is not None:
        pattern = _("Nesten nådd til og med %(limit)s.") if limits.direction == Direction.LOWER else _("Nesten nådd fra %(limit)s.")
        more = pattern % {"limit": plain_text(indicator, limits.yellow_limit)}
    return f"{text} {more}".strip()


def next_period(series: Series) -> Period | None:
    """The first period without a figure; None where none is awaited."""
    if series.indicator.retired_on is not None:
        return None
    kind = series.indicator.kind
    regular = [point.period for point in series.singles if point.period.kind == kind]
    return regular[-1].next() if regular else Period.containing(series.today, kind)


def due_day(indicator: Indicator, period: Period) -> date:
    """The day the figure of the period is expected."""
    return period.last_day + timedelta(days=indicator.due_days)


def next_update(series: Series) -> str:
    period = next_period(series)
    if period is None:
        return _("Ingen. Indikatoren er tatt ut av bruk.")
    due = due_day(series.indicator, period)
    filled = {"day": formats.date_long(due), "period": formats.period_label(period)}
    return (_("%(day)s, for %(period)s") if due >= series.today else _("Skulle vært klar %(day)s, for %(period)s")) % filled


def source_lines(row: Measurement) -> Lines:
    """Where a measured figure came from."""
    lines = [
        (_("Kom fra"), str(row.get_origin_display())),
        (_("Fil"), row.source_name),
        (_("Rad"), row.source_place),
        (_("Verdi i kilden"), row.source_text),
        (_("Lagt inn av"), row.recorded_by.name if row.recorded_by else _("Alna, uten en person")),
        (_("Tidspunkt"), formats.moment(row.recorded_at)),
    ]
    return [(name, text) for name, text in lines if text]


@dataclass(frozen=True)
class TargetLine:
    """One target: from when, what, whose, why."""

    since: date
    text: str
    whose: str
    reason: str
    who: str
    own: bool
    current: bool
    confirmed: bool


def target_lines(series: Series) -> list[TargetLine]:
    """Every target that has been in force for the unit or above it, newest first."""
    latest = series.state.latest
    current = series.target_of(latest.period) if latest else None
    above = set(series.history.on(series.today).path(series.unit_id)) | {series.unit_id}
    rows = [row for row in series.all_targets if row.unit_id in above]
    return [_target_line(series, row, current) for row in sorted(rows, key=lambda row: (row.valid_from, row.pk), reverse=True)]


def _target_line(series: Series, row: Target, current: Target | None) -> TargetLine:
    own = row.unit_id == series.unit_id
    name = series.history.name_of(row.unit_id, row.valid_from)
    limits = row_of(row, Direction(series.indicator.direction)).limits
    why = [_relative(series.indicator, row), row.reason, row.source]
    who = [person.name for person in (row.recorded_by, row.approved_by) if person is not None]
    return TargetLine(
        since=row.valid_from,
        text=_("Målet tatt bort") if row.withdrawn else words.goal(series.indicator, limits),
        whose=_("Eget mål") if own else _("Fra %(unit)s") % {"unit": name},
        reason=". ".join(text.rstrip(".") for text in why if text),
        who=", ".join(dict.fromkeys(who)),
        own=own,
        current=current is not None and current.pk == row.pk,
        confirmed=row.confirmed,
    )


def _relative(indicator: Indicator, row: Target) -> str:
    """What a relative target was computed from: «10 prosent bedre enn Oslo (77 %)»."""
    if row.kind == TargetKind.ABSOLUTE or row.amount is None:
        return ""
    base = plain_text(indicator, row.baseline_value)
    name = str(Benchmark.Group(row.benchmark_group).label) if row.kind == TargetKind.BENCHMARK and row.benchmark_group else ""
    period = formats.period_label(row.baseline_period) if row.baseline_period else ""
    than = {"base": base, "name": name, "period": period}
    if row.amount == 0:
        return (_("Ikke dårligere enn %(name)s (%(base)s)") if name else _("Ikke dårligere enn %(base)s i %(period)s")) % than
    points = formats.points(row.amount, None) if indicator.measure == Indicator.Measure.PERCENT else formats.number(row.amount)
    size = points if row.comparison == Comparison.POINTS else formats.percent(row.amount, None)
    pattern = _("%(size)s bedre enn %(name)s (%(base)s)") if name else _("%(size)s bedre enn %(base)s i %(period)s")
    return pattern % {**than, "size": size}


def log_entries(series: Series, found: Sequence[Correction], address: Callable[[Period], str]) -> list[dict[str, str]]:
    """Corrections, and where a source prints another figure than ours, as entries of a log."""
    entries = [_correction(each, address(each.period)) for each in found]
    means = {mean.year: mean.value for mean in series.means}
    for period, row in sorted(series.measurements.items(), reverse=True):
        computed = means.get(period.year) if period in {point.period for point in series.years} else row.value
        if row.stated is None or computed is None or computed == row.stated:
            continue
        filled = {"period": formats.period_label(period), "stated": bare_text(series.indicator, row.stated)}
        text = _("Regnet ut er det %(figure)s. Begge tallene er beholdt.")
        entries.append(
            {
                "title": _("Tallet for %(period)s vises som oppgitt, %(stated)s") % filled,
                "text": text % {"figure": words.computed(series.indicator, computed)},
                "url": address(period),
                "link": _("Se tallet"),
            }
        )
    return entries


def _correction(each: Correction, url: str) -> dict[str, str]:
    before, after = each.before, each.after
    filled = {
        "period": words.heading(each.period),
        "before": version_words(before),
        "after": version_words(after),
    }
    changed = (before.value, before.quality) != (after.value, after.quality)
    title = _("%(period)s rettet fra %(before)s til %(after)s") if changed else _("%(period)s lagret på nytt, tallet er det samme")
    who = after.recorded_by.name if after.recorded_by else _("Alna, uten en person")
    text = f"{formats.moment(after.recorded_at)}, {who}."
    if after.reason:
        text += " " + _("Grunn: %(reason)s") % {"reason": after.reason}
    return {"title": title % filled, "text": text, "url": url, "link": _("Se alle versjonene")}


def version_words(row: Measurement) -> str:
    """«86,2», «ca. 97», «10,5 (foreløpig)», «mangler»: a version of a figure in one word."""
    label = str(row.get_quality_display())
    if row.value is None:
        return label.lower()
    figure = formats.number(row.value)
    if row.quality == "estimate":
        return _("ca. %(figure)s") % {"figure": figure}
    return figure if row.quality == "final" else f"{figure} ({label.lower()})"
