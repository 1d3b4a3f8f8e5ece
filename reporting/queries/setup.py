"""What an administrator has decided about the month, with what counts now and what is to come."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Generic, TypeVar

from django.db.models import Model

from common.periods import Period
from reporting.models import AccountGroup, Balance, DeadlineRule, EarmarkedProject, FigureFeed, FunctionArea, FunctionCode, ReportingRule
from reporting.rules.deadlines import DueRule
from reporting.rules.kinds import Duty, FeedKind, RuleKind, Step
from scorecard.models import Indicator


def first_open_month(today: date) -> date:
    """The month that is being reported: what is decided now counts from there at the earliest."""
    return Period.month(today.year, today.month).previous().first_day


def token(*rows: Model | None) -> str:
    """A mark of how rows stood when a page was made; another mark says that somebody has changed one of them."""
    told = [
        f"{row._meta.label_lower}|{'|'.join(f'{name}={value}' for name, value in sorted(stored_values(row).items()))}"
        for row in rows
        if row is not None
    ]
    return sha256("\n".join(told).encode()).hexdigest()[:20]


def stored_values(row: Model) -> dict[str, object]:
    """Every column of a row under its name."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


Row = TypeVar("Row", ReportingRule, DeadlineRule)


@dataclass(frozen=True)
class Dated(Generic[Row]):
    """The rows of one kind: what counts for the month being reported, what comes later, and what counted before."""

    now: Row | None
    coming: list[Row]
    earlier: list[Row]


def dated(rows: Iterable[Row], day: date) -> Dated[Row]:
    """Sorted by the day each begins."""
    ordered = sorted(rows, key=lambda row: row.valid_from)
    begun = [row for row in ordered if row.valid_from <= day]
    return Dated(begun[-1] if begun else None, [row for row in ordered if row.valid_from > day], begun[-2::-1])


def rows_of_rule(kind: str) -> list[ReportingRule]:
    return list(ReportingRule.objects.filter(kind=kind).order_by("valid_from"))


def rows_of_deadline(step: str, month: int | None) -> list[DeadlineRule]:
    return list(DeadlineRule.objects.filter(step=step, month=month).order_by("valid_from"))


def due_rules() -> list[DueRule]:
    """Every row as the calculation of deadlines takes it. One SQL statement."""
    return [
        DueRule(Step(row.step), row.time, row.month, row.workday, row.day, row.months_later, Duty(row.duty), row.valid_from)
        for row in DeadlineRule.objects.all()
    ]


def rules_by_kind(day: date) -> list[tuple[RuleKind, Dated[ReportingRule]]]:
    """Every kind in its order, also where it has no row. One SQL statement."""
    found: dict[str, list[ReportingRule]] = defaultdict(list)
    for row in ReportingRule.objects.all():
        found[row.kind].append(row)
    return [(kind, dated(found[kind], day)) for kind in RuleKind]


def deadlines_by_step(day: date) -> list[tuple[str, int | None, Dated[DeadlineRule]]]:
    """(step, number of the month or None, rows): first the general ones. One SQL statement.

    A deadline counts for a reported month when it has begun on the first day of the next.
    """
    found: dict[tuple[str, int | None], list[DeadlineRule]] = defaultdict(list)
    for row in DeadlineRule.objects.all():
        found[row.step, row.month].append(row)
    steps = [str(step) for step, _label in DeadlineRule.StepChoices]
    keys = sorted({*((step, None) for step in steps), *found}, key=lambda key: (key[1] or 0, steps.index(key[0])))
    return [(step, month, dated(found[step, month], day)) for step, month in keys]


@dataclass(frozen=True)
class AreaRow:
    """A function area in some years, and the functions that belong to it."""

    area: FunctionArea
    prefixes: list[str]


def areas() -> list[AreaRow]:
    """Two SQL statements."""
    prefixes: dict[int, list[str]] = defaultdict(list)
    for area_id, prefix in FunctionCode.objects.order_by("prefix").values_list("area_id", "prefix"):
        prefixes[area_id].append(prefix)
    return [AreaRow(area, prefixes[area.pk]) for area in FunctionArea.objects.order_by("order", "code", "first_year")]


def prefixes_of(area: FunctionArea) -> list[str]:
    return list(FunctionCode.objects.filter(area=area).order_by("prefix").values_list("prefix", flat=True))


def groups() -> list[AccountGroup]:
    return list(AccountGroup.objects.all())


def projects() -> list[EarmarkedProject]:
    return list(EarmarkedProject.objects.order_by("prefix", "first_year"))


def feeds() -> dict[FeedKind, FigureFeed]:
    """Which indicator each figure of the month fills. One SQL statement."""
    return {FeedKind(row.kind): row for row in FigureFeed.objects.select_related("indicator")}


def indicators_to_fill() -> list[Indicator]:
    """Indicators in use that are not worked out from others."""
    return list(Indicator.objects.filter(retired_on=None, formula="").order_by("name"))


def months_with_balances(year: int) -> dict[int, set[date]]:
    """Months from the year on that have a ledger, by district: what must be added up again when a grouping changes."""
    found: dict[int, set[date]] = defaultdict(set)
    for district_id, month in Balance.objects.filter(month__gte=date(year, 1, 1)).order_by().values_list("district_id", "month").distinct():
        found[district_id].add(month)
    return found
