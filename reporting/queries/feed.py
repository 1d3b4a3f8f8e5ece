"""The month's figures as they would be measured: the forecast of the year, what is spent to date, and sick leave."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from organisation.models import Unit
from organisation.queries import tree
from reporting.models import Balance, Delivery, MonthlyReport, SickLeaveMonth
from reporting.queries import owners
from reporting.queries.delivered import as_delivered
from reporting.queries.economy import amounts_of
from reporting.rules.economy import NOTHING, Amounts
from reporting.rules.kinds import DeliveryKind, FeedKind
from reporting.rules.ledger import DECEMBER, last_day_of
from reporting.rules.states import HANDED_IN, SETTLED
from scorecard.models import Measurement
from scorecard.rules.statuses import Quality

# The indicators of economy are written in 1000 kr.
THOUSAND = Decimal(1000)


@dataclass(frozen=True)
class Fed:
    """One unit's figure in a month, and where it was read. Without parts there is none, and the quality says so."""

    unit_id: int
    month: date
    numerator: Decimal | None
    denominator: Decimal | None
    quality: Quality
    origin: str
    source: str
    place: str = ""
    note: str = ""


def report_name() -> str:
    """What a figure from a report has as its source."""
    return _("Månedsrapport")


def not_in_file() -> str:
    """The note of a unit that the file has a row but no days for."""
    return _("Filen har ikke tall for enheten denne måneden.")


def units_of(district_id: int, month: date) -> set[int]:
    """The district and everything that stands below it at the end of the month."""
    return set(tree.history().on(last_day_of(month.year, month.month)).subtree(district_id))


def figures_of(kind: FeedKind, month: date, unit_ids: Collection[int], district: Unit | int) -> list[Fed]:
    """What the current deliveries and reports come to. A fixed number of SQL statements."""
    match kind:
        case FeedKind.SPENT_TO_DATE:
            return _spent(month, unit_ids, _file_of(district, month))
        case FeedKind.FORECAST_RESULT:
            return _forecasts(month, unit_ids, _file_of(district, month))
        case FeedKind.SICK_LEAVE:
            return _sick_leave([month], unit_ids)
    raise ValueError(kind)


def settled_sick_leave(month: date, unit_ids: Collection[int], indicator_id: int) -> list[Fed]:
    """Earlier months whose figures no longer are the newest, or are so again: their quality is another now."""
    newest = SickLeaveMonth.objects.filter(delivery__is_current=True, unit_id__in=unit_ids).order_by("-month").values_list("month")[:1]
    waiting = Measurement.objects.filter(
        indicator_id=indicator_id,
        unit_id__in=unit_ids,
        origin=Measurement.Origin.FILE,
        quality=Quality.PRELIMINARY,
        period_start__lt=month,
    )
    months = {each for (each,) in newest} | set(waiting.order_by().values_list("period_start", flat=True).distinct())
    return _sick_leave(sorted(months - {month}), unit_ids)


def _file_of(district: Unit | int, month: date) -> Delivery | None:
    """The newest file that the month's ledger rests on."""
    found = Delivery.objects.filter(kind=DeliveryKind.ECONOMY, district=district, is_current=True, year=month.year)
    within = found if month.month == DECEMBER else found.filter(number__lte=month.month)
    return within.order_by("-number").first()


def _ordinary(month: date, unit_ids: Collection[int]) -> dict[int, Amounts]:
    """Each unit's ledger without what is earmarked. A unit that reports has what stands below it in its own, budget and spending alike;
    above those units figures are added up, so what stands there alone is no figure of a district."""
    at = owners.tree_of(month)
    counting = {unit_id: owners.owned_by(at, unit_id) for unit_id in unit_ids if owners.owner_of(at, unit_id) is not None}
    wanted = frozenset[int]().union(*counting.values())
    own: dict[int, Amounts] = {}
    for row in Balance.objects.filter(unit_id__in=wanted, month=month, earmarked=False):
        if row.unit_id is not None:
            own[row.unit_id] = own.get(row.unit_id, NOTHING) + amounts_of(row)
    together = {unit_id: [own[each] for each in below if each in own] for unit_id, below in counting.items()}
    return {unit_id: sum(found, NOTHING) for unit_id, found in together.items() if found}


def _spent(month: date, unit_ids: Collection[int], file: Delivery | None) -> list[Fed]:
    name = file.file_name if file else ""
    return [
        Fed(unit_id, month, amounts.actual / THOUSAND, amounts.budget / THOUSAND, Quality.FINAL, Measurement.Origin.FILE, name)
        for unit_id, amounts in _ordinary(month, unit_ids).items()
        if amounts.actual is not None and amounts.budget is not None and amounts.budget > 0
    ]


def _forecasts(month: date, unit_ids: Collection[int], file: Delivery | None) -> list[Fed]:
    """The forecast over the revised budget; when the year is over, what was spent."""
    ledger = {unit_id: amounts for unit_id, amounts in _ordinary(month, unit_ids).items() if amounts.revised and amounts.revised > 0}
    told = _told(month, ledger)
    found = []
    for unit_id, amounts in ledger.items():
        fed = told.get(unit_id)
        if month.month == DECEMBER and file is not None and amounts.actual is not None:
            is_settled = file.number > DECEMBER or (fed is not None and fed.quality is Quality.FINAL)
            quality = Quality.FINAL if is_settled else Quality.PRELIMINARY
            fed = Fed(unit_id, month, amounts.actual / THOUSAND, None, quality, Measurement.Origin.FILE, file.file_name)
        if fed is not None and amounts.revised is not None:
            found.append(replace(fed, denominator=amounts.revised / THOUSAND))
    return found


def _told(month: date, unit_ids: Iterable[int]) -> dict[int, Fed]:
    """The last forecast of the year that was handed in. Final when it is this month's, approved, and somebody stands behind it."""
    rows = MonthlyReport.objects.filter(
        unit_id__in=list(unit_ids),
        month__gte=month.replace(month=1),
        month__lte=month,
        state__in=HANDED_IN,
        forecast__isnull=False,
    )
    found = {}
    for report in as_delivered(rows.order_by("month").only("unit", "month", "state", "forecast", "is_unconfirmed")):
        is_final = report.month == month and report.state in SETTLED and not report.is_unconfirmed
        quality = Quality.FINAL if is_final else Quality.PRELIMINARY
        place = f"{report.month:%Y-%m}"
        if report.forecast is not None:
            found[report.unit_id] = Fed(
                report.unit_id, month, report.forecast / THOUSAND, None, quality, Measurement.Origin.REPORT, report_name(), place
            )
    return found


def _sick_leave(months: Collection[date], unit_ids: Collection[int]) -> list[Fed]:
    """Lost days of contracted days. The newest month may still change: late sick notes come with the next file."""
    current = SickLeaveMonth.objects.filter(delivery__is_current=True, unit_id__in=unit_ids)
    newest = current.order_by("-month").values_list("month", flat=True).first()
    rows = current.filter(month__in=months).order_by("unit_id", "month", "delivery__delivered_at").select_related("delivery")
    found: Mapping[tuple[int, date], Fed] = {(row.unit_id, row.month): _of_row(row, row.month == newest) for row in rows}
    return list(found.values())


def _of_row(row: SickLeaveMonth, is_newest: bool) -> Fed:
    place = f"rad {row.row}"
    file = row.delivery.file_name
    if row.lost is None or not row.contracted:
        return Fed(row.unit_id, row.month, None, None, Quality.MISSING, Measurement.Origin.FILE, file, place, not_in_file())
    quality = Quality.PRELIMINARY if is_newest else Quality.FINAL
    return Fed(row.unit_id, row.month, row.lost, row.contracted, quality, Measurement.Origin.FILE, file, place)
