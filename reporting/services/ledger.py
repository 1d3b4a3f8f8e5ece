"""What other systems deliver for a month: stored as versions, taken back whole, and followed by everything that rests on it."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from organisation.models import CostCentre, Unit, User
from organisation.queries import tree
from organisation.queries.validity import valid_on
from organisation.services import audit
from reporting.models import Delivery, LedgerLine, ReportingMonth, SickLeaveMonth
from reporting.rules.kinds import DeliveryKind, FeedKind
from reporting.rules.ledger import last_day_of, months_touched
from reporting.services.balances import KnownSums, classes_of, current_deliveries, rebuild_balances, unit_totals
from reporting.services.ledger_copy import Line, Lines, store_lines
from reporting.services.ledger_followers import Change, follow
from reporting.services.ledger_tally import Tally

__all__ = ["Line", "SickLeaveRow", "rebuild_balances", "remap", "roll_back", "store_economy", "store_sick_leave"]


@dataclass(frozen=True, slots=True)
class SickLeaveRow:
    """One unit's sick leave in one month as it was read, in person days."""

    row: int
    unit_id: int
    month: date
    contracted: Decimal
    fte: Decimal | None = None
    lost: Decimal | None = None
    self_certified: Decimal | None = None
    certified: Decimal | None = None
    short: Decimal | None = None
    long: Decimal | None = None
    persons_absent: int | None = None


class DeliveryChanged(Exception):
    """Somebody else delivered or took back the same period meanwhile."""


class NotCurrent(Exception):
    """Only the version that counts can be taken back."""


@dataclass(frozen=True, slots=True)
class _File:
    kind: DeliveryKind
    district: Unit
    year: int
    number: int
    cumulative: bool
    file_name: str
    sha256: str
    actor: User | None
    now: datetime


@transaction.atomic
def store_economy(
    *,
    district: Unit,
    year: int,
    number: int,
    cumulative: bool,
    file_name: str,
    sha256: str,
    lines: Lines,
    actor: User | None,
    now: datetime,
    today: date,
) -> Delivery:
    """A new version where one counts already; the very same file changes nothing. Raises DeliveryChanged."""
    file = _File(DeliveryKind.ECONOMY, district, year, number, cumulative, file_name, sha256, actor, now)
    if same := _same(file):
        return same
    tally = Tally(classes_of(year))
    delivery = _new_version(file, lambda delivery: store_lines(delivery.pk, tally.through(lines)))
    known = {delivery.pk: list(tally.totals())} if tally.is_whole else {}
    _economy_followed(delivery, actor=actor, now=now, today=today, known=known)
    return delivery


@transaction.atomic
def store_sick_leave(
    *,
    district: Unit,
    year: int,
    number: int,
    file_name: str,
    sha256: str,
    rows: Iterable[SickLeaveRow],
    actor: User | None,
    now: datetime,
    today: date,
) -> Delivery:
    """As `store_economy`, for the sick leave of one month or more."""
    file = _File(DeliveryKind.SICK_LEAVE, district, year, number, False, file_name, sha256, actor, now)
    if same := _same(file):
        return same
    rows = list(rows)
    delivery = _new_version(file, lambda delivery: len(SickLeaveMonth.objects.bulk_create(_sick_leave(delivery, rows), batch_size=500)))
    _sick_leave_followed(delivery, {row.month for row in rows} | _months_of(delivery.replaces), actor=actor, now=now, today=today)
    return delivery


@transaction.atomic
def roll_back(*, delivery: Delivery, actor: User | None, now: datetime, today: date) -> None:
    """The delivery no longer counts, and the version before it does again. Raises NotCurrent."""
    if not Delivery.objects.filter(pk=delivery.pk, is_current=True).update(is_current=False, rolled_back_at=now):
        raise NotCurrent
    delivery.refresh_from_db()
    earlier = _standing_versions(delivery).filter(version__lt=delivery.version).order_by("-version").first()
    if earlier is not None:
        Delivery.objects.filter(pk=earlier.pk).update(is_current=True)
    details = {"version": delivery.version, "now_version": earlier.version if earlier else None}
    audit.record(actor=actor, action="delivery.rolled_back", target=delivery, unit=delivery.district_id, details=details)
    if delivery.kind == DeliveryKind.SICK_LEAVE:
        months = _months_of(delivery) | _months_of(earlier)
        _sick_leave_followed(earlier or delivery, months, actor=actor, now=now, today=today)
        return
    if earlier is not None:
        # Cost centres may have got a unit while it did not count.
        _point_lines(earlier)
    _economy_followed(earlier or delivery, actor=actor, now=now, today=today)


@transaction.atomic
def remap(*, district: Unit, codes: Collection[str], actor: User | None, now: datetime, today: date) -> None:
    """Cost centres have got another unit: the lines of what counts follow, and the balances."""
    deliveries = Delivery.objects.filter(kind=DeliveryKind.ECONOMY, district=district, is_current=True)
    holding = deliveries.filter(lines__cost_centre__in=codes).distinct().select_related("district").order_by("year", "number")
    for delivery in [one for one in holding if _point_lines(one, codes)]:
        _economy_followed(delivery, actor=actor, now=now, today=today)


def _same(file: _File) -> Delivery | None:
    current = _versions(file).filter(is_current=True).select_related("district").first()
    return current if current is not None and file.sha256 and current.sha256 == file.sha256 else None


def _versions(file: _File) -> QuerySet[Delivery]:
    return Delivery.objects.filter(kind=file.kind, district=file.district, year=file.year, number=file.number)


def _standing_versions(delivery: Delivery) -> QuerySet[Delivery]:
    same = Delivery.objects.filter(kind=delivery.kind, district_id=delivery.district_id, year=delivery.year, number=delivery.number)
    return same.filter(rolled_back_at__isnull=True)


def _new_version(file: _File, fill: Callable[[Delivery], int]) -> Delivery:
    versions = _versions(file)
    current = versions.filter(is_current=True).first()
    if current is not None and not Delivery.objects.filter(pk=current.pk, is_current=True).update(is_current=False):
        raise DeliveryChanged
    last = versions.aggregate(last=Max("version"))["last"] or 0
    try:
        with transaction.atomic():
            delivery = Delivery.objects.create(
                kind=file.kind,
                district=file.district,
                year=file.year,
                number=file.number,
                version=last + 1,
                replaces=current,
                cumulative=file.cumulative,
                file_name=file.file_name,
                sha256=file.sha256,
                delivered_at=file.now,
                delivered_by=file.actor,
            )
    except IntegrityError as error:
        raise DeliveryChanged from error
    delivery.rows = fill(delivery)
    delivery.save(update_fields=["rows"])
    details = {"file": file.file_name, "rows": delivery.rows, "version": delivery.version}
    audit.record(actor=file.actor, action="delivery.stored", target=delivery, unit=file.district, details=details)
    return delivery


def _point_lines(delivery: Delivery, codes: Collection[str] | None = None) -> int:
    """Gives the lines with these codes, or all, the unit that answers for them on the period's last day; how many were looked at anew.

    One SQL statement where every line has its unit already, and one for each code where one has not.
    """
    units = units_by_code(delivery.district_id, last_day_of(delivery.year, delivery.number))
    lines = LedgerLine.objects.filter(delivery=delivery).order_by()
    if codes is not None:
        lines = lines.filter(cost_centre__in=codes)
    wrong = {code for code, unit_id in lines.values_list("cost_centre", "unit_id").distinct() if units.get(code) != unit_id}
    return sum(lines.filter(cost_centre=code).update(unit_id=units.get(code)) for code in sorted(wrong))


def units_by_code(district_id: int, day: date) -> dict[str, int]:
    """Cost centre → the unit of the district that answers for it on that day."""
    below = set(tree.tree_on(day).subtree(district_id))
    rows = CostCentre.objects.filter(valid_on(day)).values_list("code", "unit_id")
    return {code: unit_id for code, unit_id in rows if unit_id in below}


def _economy_followed(delivery: Delivery, *, actor: User | None, now: datetime, today: date, known: KnownSums | None = None) -> None:
    """Balances, and whoever rests on them. Only the units whose sums have become others are told."""
    district = delivery.district
    touched = months_touched(current_deliveries(district, delivery.year), delivery.number)
    months = [date(delivery.year, month, 1) for month in touched]
    before = unit_totals(district=district, months=months)
    rebuild_balances(district=district, months=months, known=known)
    after = unit_totals(district=district, months=months)
    for month in months:
        old, new = before.get(month, {}), after.get(month, {})
        changed = {unit_id for unit_id in old.keys() | new.keys() if unit_id is not None and old.get(unit_id) != new.get(unit_id)}
        _figures_ready(district, month, is_there=bool(new), now=now)
        follow(
            Change(district, month, FeedKind.SPENT_TO_DATE, delivery if delivery.is_current else None, frozenset(changed)),
            actor=actor,
            now=now,
            today=today,
        )


def _figures_ready(district: Unit, month: date, *, is_there: bool, now: datetime) -> None:
    """The month is ready for its reports from the first ledger on, and no longer when that was taken back."""
    if is_there:
        ReportingMonth.objects.get_or_create(district=district, month=month)
        ReportingMonth.objects.filter(district=district, month=month, figures_ready_at__isnull=True).update(figures_ready_at=now)
    else:
        ReportingMonth.objects.filter(district=district, month=month).update(figures_ready_at=None)


def _sick_leave(delivery: Delivery, rows: Iterable[SickLeaveRow]) -> list[SickLeaveMonth]:
    return [SickLeaveMonth(delivery=delivery, **{each.name: getattr(row, each.name) for each in fields(row)}) for row in rows]


def _sick_leave_followed(delivery: Delivery, months: Collection[date], *, actor: User | None, now: datetime, today: date) -> None:
    rows = SickLeaveMonth.objects.filter(delivery__in=_with_earlier(delivery), month__in=months).order_by()
    units: dict[date, set[int]] = {}
    for month, unit_id in rows.values_list("month", "unit_id"):
        units.setdefault(month, set()).add(unit_id)
    current = Delivery.objects.filter(pk=delivery.pk, is_current=True).first()
    for month in sorted(months):
        change = Change(delivery.district, month, FeedKind.SICK_LEAVE, current, frozenset(units.get(month, ())))
        follow(change, actor=actor, now=now, today=today)


def _with_earlier(delivery: Delivery) -> list[int]:
    """This version and every other of the period: a unit that is in one of them alone has changed, too."""
    same = Delivery.objects.filter(kind=delivery.kind, district_id=delivery.district_id, year=delivery.year, number=delivery.number)
    return list(same.values_list("pk", flat=True))


def _months_of(delivery: Delivery | None) -> set[date]:
    return set() if delivery is None else set(delivery.sick_leave.order_by().values_list("month", flat=True).distinct())
