"""What is known outside a file before it is read: codes, the chosen period, and what the month before came to."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.models import Q, QuerySet

from imports.models import Batch, Source
from imports.queries.codes import UnitCodes, fillable_indicators
from imports.rules.context import Context, Earlier
from imports.rules.states import SourceKind
from organisation.models import Unit
from reporting.models import Balance, Delivery, LedgerLine
from reporting.models.sums import KronerSum
from reporting.queries.sick_leave import shield_on
from reporting.rules.kinds import DeliveryKind

# A district's net budget of a year, in kroner, where nothing was delivered before.
PLAUSIBLE = (Decimal(500_000_000), Decimal(3_000_000_000))
WAGES = ("10", "0")
DECEMBER = 12

YearNumber = tuple[int, int]


def context_for(batch: Batch, *, period: YearNumber | None, is_settled: bool) -> Context:
    """The reader's context. `period` is the one the file is about, as far as it is known; only a chosen one is forced on the file.

    Unless that is settled, what the file is compared with is asked for when it has been read: by the reader, in its thread.
    """
    source = batch.source
    economy = source.kind == SourceKind.ECONOMY
    context = Context(
        unit_of=UnitCodes(source.district_id, kind=source.kind),
        indicators=set(fillable_indicators()) if source.kind == SourceKind.FIGURES else None,
        period=chosen_period(batch),
        earlier=(lambda found: earlier(source.district, found or period)) if economy else None,
        tolerance=_tolerance(batch, period),
        max_bytes=settings.IMPORT_MAX_BYTES,
    )
    return replace(context.knowing(period), earlier=None) if is_settled else context


def earlier(district: Unit, period: YearNumber | None) -> Earlier:
    """What a ledger of this period is compared with."""
    before = previous_figures(district, period) if period else {}
    return Earlier(
        before={unit_id: amount for unit_id, amount in before.items() if unit_id is not None},
        wages_before=wages_before(district, period) if period else None,
        plausible=plausible(district, period),
    )


def _tolerance(batch: Batch, period: YearNumber | None) -> Decimal:
    """What counts for the file's month, or where it is not known yet when the file came. No SQL for other kinds."""
    if batch.source.kind != SourceKind.SICK_LEAVE:
        return Context.tolerance
    return shield_on(date(period[0], min(period[1], DECEMBER), 1) if period else batch.received_at.date()).tolerance


def chosen_period(batch: Batch) -> YearNumber | None:
    """The period a person chose when the file came; a period that the file itself gave is not one."""
    return (batch.year, batch.number) if batch.period_chosen and batch.year is not None and batch.number is not None else None


def expected_period(source: Source) -> YearNumber | None:
    """The ledger period that is most likely next: the one after the newest."""
    newest = _deliveries(source.district).order_by("-year", "-number").values_list("year", "number").first()
    if newest is None:
        return None
    year, number = newest
    return (year, number + 1) if number < DECEMBER else (year + 1, 1)


def previous_figures(district: Unit, period: YearNumber) -> dict[int | None, Decimal]:
    """Actual from January to the end of the month before, by unit; empty in January and where nothing was delivered."""
    month = _month_before(period)
    if month is None:
        return {}
    rows = Balance.objects.filter(district=district, month=month, actual__isnull=False).order_by().values_list("unit_id")
    return {unit_id: Decimal(str(amount)) for unit_id, amount in rows.annotate(amount=KronerSum("actual"))}


def wages_before(district: Unit, period: YearNumber) -> Decimal | None:
    """Wages from January to the end of the month before, from the file that says so."""
    month = _month_before(period)
    if month is None:
        return None
    delivery = _deliveries(district).filter(year=month.year, number=month.month, cumulative=True).first()
    wages = Q(account__startswith=WAGES[0]) | Q(account__startswith=WAGES[1])
    amount = LedgerLine.objects.filter(wages, delivery=delivery).aggregate(amount=KronerSum("actual"))["amount"] if delivery else None
    return None if amount is None else Decimal(str(amount))


def plausible(district: Unit, period: YearNumber | None) -> tuple[Decimal, Decimal]:
    """Between which amounts the year's budget most likely lies: a third and three times of what it was."""
    month = _month_before(period) if period else None
    amount = Balance.objects.filter(district=district, month=month).aggregate(amount=KronerSum("revised"))["amount"] if month else None
    if not amount or amount <= 0:
        return PLAUSIBLE
    known = Decimal(str(amount))
    return known / 3, known * 3


def _deliveries(district: Unit) -> QuerySet[Delivery]:
    return Delivery.objects.filter(kind=DeliveryKind.ECONOMY, district=district, is_current=True)


def _month_before(period: YearNumber) -> date | None:
    year, number = period
    return date(year, min(number, DECEMBER) - 1, 1) if number > 1 else None
