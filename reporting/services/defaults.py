"""Puts the rows a district begins with where there are none. What somebody has decided already is left as it is."""

from datetime import date, datetime

from django.db import transaction
from django.utils import translation

from organisation.models import User
from organisation.services import audit
from reporting.models import AccountGroup, Cause, DeadlineRule, FigureFeed, FunctionArea, FunctionCode, ReportingRule
from reporting.rules.setup import may_fill
from reporting.services import default_rows as rows
from scorecard.models import Indicator


@transaction.atomic
def install_defaults(*, actor: User | None, now: datetime, today: date) -> int:
    """How many rows were added. A second run adds nothing; feeds are added for the indicators that exist."""
    # Rows are bokmål whatever the language of whoever asks for them.
    with translation.override("nb"):
        added = sum(step() for step in (_areas, _groups, _rules, _causes, _deadlines, _feeds))
    rule = ReportingRule.objects.first()
    if added and rule is not None:
        audit.record(actor=actor, action="rules.defaults_installed", target=rule, details={"count": added, "on": today, "at": now})
    return added


def _areas() -> int:
    known = set(FunctionArea.objects.values_list("code", flat=True))
    added = 0
    for order, area in enumerate(rows.AREAS, start=1):
        if area.code not in known:
            row = FunctionArea.objects.create(code=area.code, name=str(area.name), first_year=rows.FROM_YEAR, order=order)
            FunctionCode.objects.bulk_create(FunctionCode(area=row, prefix=prefix) for prefix in area.functions)
            added += 1
    return added


def _groups() -> int:
    known = set(AccountGroup.objects.values_list("code", flat=True))
    new = [
        AccountGroup(code=group.code, name=str(group.name), prefixes=group.prefixes, order=order)
        for order, group in enumerate(rows.GROUPS, start=1)
        if group.code not in known
    ]
    return len(AccountGroup.objects.bulk_create(new))


def _rules() -> int:
    known = set(ReportingRule.objects.values_list("kind", flat=True))
    new = [
        ReportingRule(
            kind=rule.kind,
            demand=rule.demand,
            limit_percent=rule.percent,
            limit_amount=rule.amount,
            needs_both=rule.needs_both,
            periods=rule.periods,
            valid_from=rows.FROM_DAY,
        )
        for rule in rows.RULES
        if rule.kind not in known
    ]
    return len(ReportingRule.objects.bulk_create(new))


def _causes() -> int:
    known = set(Cause.objects.values_list("code", flat=True))
    new = [
        Cause(code=code, label=str(label), part=part, order=order)
        for part, causes in rows.CAUSES.items()
        for order, (code, label) in enumerate(causes, start=1)
        if code not in known
    ]
    return len(Cause.objects.bulk_create(new))


def _deadlines() -> int:
    known = set(DeadlineRule.objects.values_list("step", "month"))
    new = [
        DeadlineRule(
            step=each.step,
            month=each.month,
            workday=each.workday,
            day=each.day,
            months_later=each.months_later,
            time=each.time,
            duty=each.duty,
            valid_from=rows.FROM_DAY,
        )
        for each in rows.DEADLINES
        if (each.step, each.month) not in known
    ]
    return len(DeadlineRule.objects.bulk_create(new))


def _feeds() -> int:
    known = set(FigureFeed.objects.values_list("kind", flat=True))
    indicators = {each.code: each for each in Indicator.objects.filter(code__in=rows.FEEDS.values())}
    new = [
        FigureFeed(kind=kind, indicator=indicators[code])
        for kind, code in rows.FEEDS.items()
        if kind not in known and code in indicators and may_fill(kind, is_shielded=indicators[code].restricted)
    ]
    return len(FigureFeed.objects.bulk_create(new))
