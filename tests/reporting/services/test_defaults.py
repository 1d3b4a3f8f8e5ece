"""The rows a district begins with."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from organisation.models import AuditEntry
from reporting.models import AccountGroup, Cause, DeadlineRule, FigureFeed, FunctionCode, ReportingRule
from reporting.queries.due_steps import due_rules
from reporting.rules.deadlines import deadlines
from reporting.rules.kinds import CausePart, Demand, FeedKind, RuleKind, Step
from reporting.rules.setup import in_order
from reporting.services.defaults import install_defaults
from tests.factories.scorecard import IndicatorFactory, SickLeaveFactory

TODAY = date(2026, 10, 9)
NOW = datetime(2026, 10, 9, 9, tzinfo=ZoneInfo("Europe/Oslo"))

pytestmark = pytest.mark.django_db


def install() -> int:
    return install_defaults(actor=None, now=NOW, today=TODAY)


def test_everything_is_there_and_a_second_run_adds_nothing() -> None:
    assert install() > 40
    assert {row.kind for row in ReportingRule.objects.all()} == set(RuleKind)
    assert {row.step for row in DeadlineRule.objects.filter(month=None)} == set(Step)
    assert Cause.objects.filter(part=CausePart.ECONOMY).count() == 9
    assert FunctionCode.objects.get(prefix="281").area.code == "FO4"
    assert AuditEntry.objects.filter(action="rules.defaults_installed").count() == 1
    assert install() == 0
    assert AuditEntry.objects.filter(action="rules.defaults_installed").count() == 1


def test_the_limits_are_those_of_the_handbook() -> None:
    install()
    rule = ReportingRule.objects.get(kind=RuleKind.VARIANCE_TO_DATE)
    assert (rule.limit_percent, rule.limit_amount, rule.needs_both) == (Decimal(2), Decimal(100_000), True)
    rule = ReportingRule.objects.get(kind=RuleKind.FORECAST_OVERSPEND)
    assert (rule.limit_percent, rule.limit_amount, rule.needs_both) == (Decimal("0.5"), Decimal(100_000), False)
    assert rule.demand == Demand.COMMENT_AND_ACTION


def test_what_somebody_decided_is_left() -> None:
    ReportingRule.objects.create(kind=RuleKind.UNDERSPEND, limit_percent=Decimal(9), valid_from=date(2026, 1, 1))
    AccountGroup.objects.create(code="vikarer", name="Vikarer og ekstrahjelp", prefixes="102,103")
    install()
    assert ReportingRule.objects.get(kind=RuleKind.UNDERSPEND).limit_percent == Decimal(9)
    assert AccountGroup.objects.get(code="vikarer").prefixes == "102,103"


def test_feeds_come_when_their_indicators_do() -> None:
    install()
    assert not FigureFeed.objects.exists()
    IndicatorFactory(code="forbruk_hittil")
    SickLeaveFactory(code="sykefravaer")
    assert install() == 2
    assert {feed.kind: feed.indicator.code for feed in FigureFeed.objects.all()} == {
        FeedKind.SPENT_TO_DATE: "forbruk_hittil",
        FeedKind.SICK_LEAVE: "sykefravaer",
    }


def test_sick_leave_fills_no_indicator_that_others_may_read() -> None:
    IndicatorFactory(code="sykefravaer", restricted=False)
    install()
    assert not FigureFeed.objects.exists()


def test_the_steps_of_every_month_are_in_order_for_thirty_years() -> None:
    install()
    rules = due_rules()
    found = {date(year, month, 1): deadlines(rules, date(year, month, 1)) for year in range(2015, 2046) for month in range(1, 13)}
    assert [month for month, steps in found.items() if not in_order(steps) or set(steps) != set(Step)] == []


def test_december_is_preliminary_in_january_and_locked_after_period_13() -> None:
    """Domain handbook 2.9, also where the sixth working day comes after the tenth."""
    install()
    found = deadlines(due_rules(), date(2026, 12, 1))
    assert [f"{found[step].at:%d.%m}" for step in Step] == ["06.01", "07.01", "08.01", "20.01", "25.01"]
    assert not any(step.is_moved for step in found.values())
