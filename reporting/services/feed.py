"""The month's figures become measurements, without anybody typing them: the forecast, what is spent, and sick leave."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from common.periods import Period, PeriodKind
from organisation.models import Unit, User
from organisation.queries import tree
from reporting.models import Delivery, FigureFeed, MonthlyReport
from reporting.queries.feed import Fed, figures_of, report_name, settled_sick_leave, units_of
from reporting.rules.kinds import FeedKind
from scorecard.models import Indicator, Measurement
from scorecard.queries.structure import locked_years
from scorecard.services.values import Entry, Source, check_values, record_values
from scorecard.services.values_withdrawal import remove_values

Origin = tuple[str, str]


@transaction.atomic
def month_changed(
    *,
    district: Unit,
    month: date,
    kinds: Collection[FeedKind],
    delivery: Delivery | None,
    actor: User | None,
    now: datetime,
    today: date,
) -> None:
    """The figures of the month are others now: measurements follow, corrected ones with the file as the reason.

    Without a `delivery`, or where one was taken back, what no file says any more is taken away. A figure of a locked year, of a month
    that is not over or outside an indicator's limits is left as it is.
    """
    unit_ids = units_of(district.pk, month)
    is_back = delivery is None or delivery.rolled_back_at is not None
    reason = _("Filen er tatt tilbake.") if is_back or delivery is None else _("Ny fil: %(file)s") % {"file": delivery.file_name}
    for kind, indicator in _feeds(kinds).items():
        figures = figures_of(kind, month, unit_ids, district)
        _take_away(indicator, month, unit_ids - {fed.unit_id for fed in figures}, reason[:300], actor, now)
        if kind is FeedKind.SICK_LEAVE:
            figures += settled_sick_leave(month, unit_ids, indicator.pk)
        _record(indicator, figures, reason[:300], actor, now, today)


@transaction.atomic
def report_approved(*, reports: Sequence[MonthlyReport], actor: User | None, now: datetime, today: date) -> None:
    """The forecasts of these reports stand: they are measured, and no longer preliminary."""
    by_place: dict[tuple[int, date], set[int]] = defaultdict(set)
    history = tree.history()
    for report in reports:
        district = history.on(report.period.last_day).district_of(report.unit_id)
        if district is not None:
            by_place[district, report.month].add(report.unit_id)
    feeds = _feeds([FeedKind.FORECAST_RESULT])
    for (district_id, month), unit_ids in by_place.items():
        for kind, indicator in feeds.items():
            _record(indicator, figures_of(kind, month, unit_ids, district_id), f"{report_name()} {month:%Y-%m}", actor, now, today)


def _feeds(kinds: Iterable[FeedKind]) -> dict[FeedKind, Indicator]:
    """Indicators that take such a figure: monthly and measured."""
    rows = FigureFeed.objects.filter(kind__in=list(kinds), indicator__formula="", indicator__frequency=PeriodKind.MONTH)
    return {FeedKind(row.kind): row.indicator for row in rows.select_related("indicator").order_by("kind")}


def _record(indicator: Indicator, figures: Sequence[Fed], reason: str, actor: User | None, now: datetime, today: date) -> None:
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in={fed.unit_id for fed in figures})}
    locked = locked_years(units.keys())
    by_source: dict[Origin, list[Entry]] = defaultdict(list)
    for fed in figures:
        if (fed.unit_id, fed.month.year) not in locked:
            by_source[fed.origin, fed.source].append(_entry(indicator, units[fed.unit_id], fed))
    for (origin, name), entries in by_source.items():
        source = Source(origin=origin, name=name[:200], checks_versions=False, asks_reason=False)
        check = check_values(entries=entries, source=source, today=today)
        refused = {refusal.entry for refusal in check.refusals}
        wanted = [
            replace(entry, reason=reason if check.standing[place] else "") for place, entry in enumerate(entries) if place not in refused
        ]
        record_values(entries=wanted, actor=actor, source=source, now=now, today=today)


def _entry(indicator: Indicator, unit: Unit, fed: Fed) -> Entry:
    return Entry(
        indicator,
        unit,
        Period.month(fed.month.year, fed.month.month),
        numerator=fed.numerator,
        denominator=fed.denominator,
        quality=fed.quality,
        note=fed.note,
        source_place=fed.place,
    )


def _take_away(indicator: Indicator, month: date, unit_ids: Collection[int], reason: str, actor: User | None, now: datetime) -> None:
    """What came from a file or a report, and no longer stands in any."""
    locked = locked_years(unit_ids)
    rows = Measurement.objects.filter(
        indicator=indicator,
        unit_id__in=[unit_id for unit_id in unit_ids if (unit_id, month.year) not in locked],
        period_start=month,
        period_kind=PeriodKind.MONTH,
        origin__in=[Measurement.Origin.FILE, Measurement.Origin.REPORT],
    )
    remove_values(rows=list(rows), reason=reason, actor=actor, now=now)
