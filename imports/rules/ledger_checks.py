"""What is said about a ledger file when all of it has been read: sums, signs, units of amounts, unknown codes, changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from common.numbers import round_half_up
from imports.rules.amounts import kroner, rounding
from imports.rules.context import Context, Refused
from imports.rules.control_sums import AMOUNTS, INCOME, INVESTMENT, OTHER, WAGES, Bucket, SumCheck, as_control_sum
from imports.rules.findings import MAX_UNKNOWN, WARNING, Change, ControlSum, Findings, UnknownCode
from imports.rules.profile import UNITS, Profile

_MAX_PART_SUMS = 100
_MAX_CHANGES = 10
_LAST_MONTH = 12


@dataclass
class LedgerRead:
    """What the reader knows when it has come to the end."""

    buckets: Sequence[Bucket]
    sums: SumCheck
    periods: set[tuple[int, int]]
    decimals: int
    given: tuple[int, int] | None = None
    no_budget: set[str] = field(default_factory=set)

    @property
    def totals(self) -> list[int]:
        """Rows, and the five amounts in øre."""
        return added(self.buckets)


def added(buckets: Iterable[Bucket]) -> list[int]:
    """The sums of several buckets."""
    sums = [0] * 6
    for bucket in buckets:
        sums = [one + other for one, other in zip(sums, bucket.sums, strict=True)]
    return sums


def finish_ledger(findings: Findings, read: LedgerRead, profile: Profile, context: Context) -> None:
    """Fill in the findings. Raises Refused: mixed_years, two_periods, other_period."""
    settle_period(findings, read, profile, context)
    context = context.knowing(None if findings.year is None or findings.number is None else (findings.year, findings.number))
    present = [name for name in AMOUNTS if name in findings.columns]
    findings.totals = {name: kroner(amount) for name, amount in zip(AMOUNTS, read.totals[1:], strict=True) if name in present}
    _split_totals(findings, read)
    _compare_sums(findings, read, profile)
    _check_signs(findings, read, profile)
    _check_unit(findings, read, profile, context)
    _list_unknown(findings, read)
    _compare_with_before(findings, read, context)
    if read.no_budget and {"budget", "revised"} & set(present):
        findings.add("accounts_without_budget", severity=WARNING, count=len(read.no_budget))


def settle_period(findings: Findings, read: LedgerRead, profile: Profile, context: Context) -> None:
    """One year, one period of amounts from January, and the one that was chosen."""
    years = {year for year, _number in read.periods}
    numbers = {number for _year, number in read.periods}
    if len(years) > 1:
        raise Refused("mixed_years", years=", ".join(map(str, sorted(years))))
    if profile.cumulative and len(numbers) > 1:
        raise Refused("two_periods", numbers=", ".join(f"{number:02}" for number in sorted(numbers)))
    found = max(read.periods, default=read.given)
    if found and context.period and found != context.period:
        raise Refused("other_period", file=f"{found[0]}{found[1]:02}", chosen=f"{context.period[0]}{context.period[1]:02}")
    if found:
        findings.year, findings.number = found
        if found[1] > _LAST_MONTH:
            findings.add("closing_period", severity=WARNING, number=found[1])


def _split_totals(findings: Findings, read: LedgerRead) -> None:
    """Expense and income apart, of what the file is about: actual where it has any, else the year's budget."""
    place = 4 if any(bucket.sums[4] for bucket in read.buckets) else 2
    sorts = {"expense": (WAGES, OTHER), "income": (INCOME,), "investment": (INVESTMENT,)}
    for name, chosen in sorts.items():
        sums = added(bucket for bucket in read.buckets if bucket.sort in chosen)
        if sums[0] or name != "investment":
            findings.totals[name] = kroner(sums[place])


def _compare_sums(findings: Findings, read: LedgerRead, profile: Profile) -> None:
    sign = 1 if profile.variance == "budget_minus_actual" else -1
    whole: list[ControlSum] = []
    parts: list[ControlSum] = []
    for scope, row, printed, sums in read.sums.found:
        # What the variance should be follows from the two others, whatever its column says.
        worked_out = [*sums[1:5], (sums[3] - sums[4]) * sign]
        tolerance = rounding(profile.unit, read.decimals, sums[0])
        for name, value, total in zip(AMOUNTS, printed, worked_out, strict=True):
            if value is not None and name in findings.columns:
                (parts if scope else whole).append(as_control_sum(name, value, total, tolerance=tolerance, scope=scope, row=row))
    if not whole and "variance" in findings.columns and "budget" in findings.columns:
        totals = read.totals
        tolerance = rounding(profile.unit, read.decimals, totals[0])
        whole.append(as_control_sum("variance", totals[5], (totals[3] - totals[4]) * sign, tolerance=tolerance))
    parts.sort(key=lambda each: each.ok)
    findings.sums = whole[-_MAX_PART_SUMS:] + parts[:_MAX_PART_SUMS]


def _check_signs(findings: Findings, read: LedgerRead, profile: Profile) -> None:
    totals = read.totals
    sign = 1 if profile.variance == "budget_minus_actual" else -1
    worked_out, printed = totals[3] - totals[4], totals[5] * sign
    tolerance = rounding(profile.unit, read.decimals, totals[0])
    if "budget" in findings.columns and printed and abs(worked_out - printed) > tolerance >= abs(worked_out + printed):
        findings.add("switch_sign", severity=WARNING)
    if profile.income == "negative":
        income, rest = (
            added(each for each in read.buckets if each.sort == INCOME),
            added(each for each in read.buckets if each.sort != INCOME),
        )
        if any(one > 0 and other > 0 and one * 50 > other for one, other in zip(income[1:5], rest[1:5], strict=True)):
            findings.add("income_is_positive", severity=WARNING)


def _check_unit(findings: Findings, read: LedgerRead, profile: Profile, context: Context) -> None:
    """Kroner that are thousands of kroner show in the year's budget: it is a thousandth of what a district has."""
    if context.plausible is None:
        return
    totals = read.totals
    low, high = context.plausible
    amount = kroner(abs(totals[2] or totals[3] or totals[4]))
    if not amount or low <= amount <= high:
        return
    likely = [unit for unit in UNITS if unit != profile.unit and low <= amount * unit / profile.unit <= high]
    findings.add("unit_doubtful", severity=WARNING, amount=amount, unit=profile.unit, likely=likely[0] if likely else "")


def _list_unknown(findings: Findings, read: LedgerRead) -> None:
    place = 4 if any(bucket.sums[4] for bucket in read.buckets) else 2
    unknown: dict[str, UnknownCode] = {}
    unmapped = everything = 0
    units: dict[str, int] = {}
    for bucket in read.buckets:
        amount = bucket.sums[place]
        everything += abs(amount)
        key = "" if bucket.unit_id is None else str(bucket.unit_id)
        units[key] = units.get(key, 0) + amount
        if bucket.unit_id is None and bucket.sums[0]:
            unmapped += abs(amount)
            code = unknown.setdefault(bucket.cost_centre, UnknownCode(bucket.cost_centre, bucket.name, amount=Decimal(0)))
            code.rows += bucket.sums[0]
            code.amount = (code.amount or Decimal(0)) + kroner(amount)
    findings.by_unit = {key: kroner(amount) for key, amount in units.items()}
    findings.unknown_count = len(unknown)
    findings.unknown = sorted(unknown.values(), key=lambda code: abs(code.amount or Decimal(0)), reverse=True)[:MAX_UNKNOWN]
    findings.unmapped = kroner(units.get("", 0))
    if everything:
        findings.unmapped_percent = round_half_up(Decimal(unmapped) * 100 / everything, 4)


def _compare_with_before(findings: Findings, read: LedgerRead, context: Context) -> None:
    number = min(findings.number or 1, _LAST_MONTH)
    if not context.before or number < 2:
        return
    for key, total in findings.by_unit.items():
        before = context.before.get(int(key)) if key else None
        if before is not None:
            now = total - before if findings.cumulative else total
            usual = round_half_up(before / (number - 1), 2)
            findings.changes.append(Change(int(key), now, usual, now - usual))
    findings.changes = sorted(findings.changes, key=lambda change: -abs(change.difference))[:_MAX_CHANGES]
    if not findings.cumulative or context.wages_before is None:
        return
    wages = kroner(added(bucket for bucket in read.buckets if bucket.sort == WAGES)[4])
    if wages < context.wages_before:
        # Wages from January only grow; a month's own wages are about one part of so many.
        looks_like_month = wages * 2 < context.wages_before or (number == 2 and wages <= context.wages_before)
        findings.add("looks_like_month" if looks_like_month else "wages_fell", severity=WARNING, now=wages, before=context.wages_before)
