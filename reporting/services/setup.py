"""Causes, areas, account groups, earmarked projects and feeds. What a ledger is added up by changes from this year on."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TypeVar

from django.db import IntegrityError, models, transaction

from organisation.models import Unit, User
from organisation.services import audit
from reporting.models import AccountGroup, Cause, EarmarkedProject, FigureFeed, FunctionArea, FunctionCode
from reporting.queries.setup import months_with_balances, prefixes_of, stored_values, token
from reporting.rules.kinds import FeedKind
from reporting.rules.setup import may_fill
from reporting.services.balances import rebuild_balances
from reporting.services.setup_dated import StaleRow
from scorecard.models import Indicator

Row = TypeVar("Row", AccountGroup, Cause, EarmarkedProject, FigureFeed, FunctionArea)


class CodeTaken(Exception):
    """Another row has the code."""


class PrefixTaken(Exception):
    """Another area or group begins with the same digits."""

    def __init__(self, prefix: str, name: str) -> None:
        super().__init__(f"{prefix}: {name}")
        self.prefix = prefix
        self.name = name


class YearsPassed(Exception):
    """Years that are over keep how they were added up."""


class NotShielded(Exception):
    """The figure may betray persons, and the indicator would show it to other units."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@transaction.atomic
def save_cause(*, cause: Cause | None, fields: Mapping[str, object], seen: str, actor: User | None) -> Cause:
    """A new cause, or another wording or order of one. Raises CodeTaken, StaleRow."""
    row = _stored(cause or Cause(), fields, seen)
    audit.record(actor=actor, action="rules.cause_saved", target=row, details={"name": row.label})
    return row


@transaction.atomic
def save_group(*, group: AccountGroup | None, fields: Mapping[str, object], seen: str, actor: User | None, today: date) -> AccountGroup:
    """An account group; the ledgers of the year are added up anew. Raises CodeTaken, PrefixTaken, StaleRow."""
    others = AccountGroup.objects.exclude(pk=group.pk) if group else AccountGroup.objects.all()
    wanted = str(fields["prefixes"]).split(",")
    for other in others:
        for prefix in set(wanted) & {each.strip() for each in other.prefixes.split(",")}:
            raise PrefixTaken(prefix, other.name)
    row = _stored(group or AccountGroup(), fields, seen)
    audit.record(actor=actor, action="rules.group_saved", target=row, details={"name": row.name, "prefixes": row.prefixes})
    _add_up_again(today.year)
    return row


@transaction.atomic
def save_project(
    *, project: EarmarkedProject | None, fields: Mapping[str, object], seen: str, actor: User | None, today: date
) -> EarmarkedProject:
    """An earmarked project. Raises CodeTaken, StaleRow, YearsPassed."""
    _check_years(project, fields, today)
    row = _stored(project or EarmarkedProject(), fields, seen)
    audit.record(actor=actor, action="rules.project_saved", target=row, details={"name": row.name, "prefixes": row.prefix})
    _add_up_again(today.year)
    return row


def _check_years(project: EarmarkedProject | None, fields: Mapping[str, object], today: date) -> None:
    """What counted in years that are over stays: neither first nor last year moves in them."""
    before: tuple[int, int | None] | None = (project.first_year, project.last_year) if project else None
    first, last = fields["first_year"], fields["last_year"]
    moved_first = before is None or before[0] != first
    if moved_first and isinstance(first, int) and first < today.year:
        raise YearsPassed
    moved_last = before is None or before[1] != last
    if moved_last and isinstance(last, int) and last < today.year - 1:
        raise YearsPassed


@transaction.atomic
def save_area(
    *,
    area: FunctionArea | None,
    fields: Mapping[str, object],
    prefixes: Collection[str],
    from_year: int,
    seen: str,
    actor: User | None,
    today: date,
) -> FunctionArea:
    """A function area from a year on; the years before keep theirs.

    Raises CodeTaken, PrefixTaken, StaleRow, YearsPassed.
    """
    if from_year < today.year:
        raise YearsPassed
    _check_prefixes(area, prefixes, from_year)
    if area is not None and token(area) != seen:
        raise StaleRow
    if area is not None and area.first_year < from_year:
        if not FunctionArea.objects.filter(pk=area.pk, last_year=area.last_year).update(last_year=from_year - 1):
            raise StaleRow
        row = _stored(FunctionArea(first_year=from_year, last_year=area.last_year), fields, "")
    else:
        row = _stored(area or FunctionArea(first_year=from_year), fields, seen)
    if set(prefixes_of(row)) != set(prefixes):
        FunctionCode.objects.filter(area=row).delete()
        FunctionCode.objects.bulk_create(FunctionCode(area=row, prefix=prefix) for prefix in sorted(set(prefixes)))
    details = {"name": row.name, "prefixes": ", ".join(sorted(prefixes)), "year": from_year}
    audit.record(actor=actor, action="rules.area_saved", target=row, details=details)
    _add_up_again(from_year)
    return row


def _check_prefixes(area: FunctionArea | None, prefixes: Collection[str], from_year: int) -> None:
    in_force = models.Q(area__last_year__isnull=True) | models.Q(area__last_year__gte=from_year)
    taken = FunctionCode.objects.filter(in_force, prefix__in=prefixes).select_related("area").order_by("prefix")
    for code in taken:
        if area is None or code.area_id != area.pk:
            raise PrefixTaken(code.prefix, str(code.area))


@transaction.atomic
def save_feed(*, kind: str, indicator: Indicator | None, seen: str, actor: User | None) -> None:
    """Which indicator a figure of the month fills from now on; none takes the feed away. Raises NotShielded, StaleRow."""
    if indicator is not None and not may_fill(FeedKind(kind), is_shielded=indicator.restricted):
        raise NotShielded(indicator.name)
    row = FigureFeed.objects.filter(kind=kind).first()
    if token(row) != seen:
        raise StaleRow
    if (row.indicator_id if row else None) == (indicator.pk if indicator else None):
        return
    if indicator is None and row is not None:
        audit.record(actor=actor, action="rules.feed_removed", target=row, details={"indicator": row.indicator.code})
        row.delete()
    elif indicator is not None:
        saved = _stored(row or FigureFeed(kind=kind), {"indicator_id": indicator.pk}, seen if row else "")
        audit.record(actor=actor, action="rules.feed_saved", target=saved, details={"indicator": indicator.code})


def _stored(row: Row, fields: Mapping[str, object], seen: str) -> Row:
    """Writes the row if it still stands as it was seen; a new one if nothing was seen. Raises StaleRow, CodeTaken."""
    model, before = type(row), stored_values(row)
    for name, value in fields.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            if row.pk is None:
                row.save()
            elif token(model(**before)) != seen or not model.objects.filter(**before).update(**fields):
                raise StaleRow
    except IntegrityError as error:
        raise CodeTaken from error
    return row


def _add_up_again(year: int) -> None:
    for district_id, months in months_with_balances(year).items():
        rebuild_balances(district=Unit.objects.get(pk=district_id), months=months)
