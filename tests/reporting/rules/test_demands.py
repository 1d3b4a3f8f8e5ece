"""Which rules strike, and what is missing because of them."""

from datetime import date
from decimal import Decimal as D

import pytest

from reporting.rules.completeness import Figure, Written, missing
from reporting.rules.demands import Facts, OverdueAction, RedIndicator, Rule, demands
from reporting.rules.economy import Amounts
from reporting.rules.kinds import Demand, Duty, RuleKind

VARIANCE = Rule(RuleKind.VARIANCE_TO_DATE, D(2), D(100_000), needs_both=True)
OVERSPEND = Rule(RuleKind.FORECAST_OVERSPEND, D("0.5"), D(100_000), demand=Demand.COMMENT_AND_ACTION)
CHANGED = Rule(RuleKind.FORECAST_CHANGED, D(1), D(250_000))
OFF_PACE = Rule(RuleKind.FORECAST_OFF_PACE, D(2))
UNDERSPEND = Rule(RuleKind.UNDERSPEND, D(3))
SICK = Rule(RuleKind.SICK_LEAVE, D(1), periods=2)
RED = Rule(RuleKind.RED_INDICATOR, periods=2, demand=Demand.ACTION)
OVERDUE = Rule(RuleKind.OVERDUE_ACTION, demand=Demand.STATUS_LINE)
BUDGET = Amounts(revised=D(68_000_000))


def ledger(budget: int, actual: int) -> Facts:
    return Facts(amounts=Amounts(budget=D(budget), actual=D(actual)))


@pytest.mark.parametrize(
    "rule, facts, struck",
    [
        (VARIANCE, ledger(50_660_000, 52_130_000), True),
        (VARIANCE, ledger(50_660_000, 49_000_000), True),  # also what is left over is asked about
        (VARIANCE, ledger(5_000_000, 5_100_000), False),  # just at both limits
        (VARIANCE, ledger(5_000_000, 5_100_001), True),
        (VARIANCE, ledger(50_000_000, 50_900_000), False),  # much money, few percent
        (VARIANCE, ledger(1_000_000, 1_090_000), False),  # many percent, little money
        (VARIANCE, ledger(0, 500_000), True),
        (VARIANCE, Facts(), False),
        (OVERSPEND, Facts(amounts=BUDGET, forecast=D(69_500_000)), True),
        (OVERSPEND, Facts(amounts=BUDGET, forecast=D(68_100_000)), False),
        (OVERSPEND, Facts(amounts=BUDGET, forecast=D(68_100_001)), True),
        (OVERSPEND, Facts(amounts=Amounts(revised=D(1_000_000)), forecast=D(1_005_001)), True),
        (OVERSPEND, Facts(amounts=BUDGET, forecast=D(60_000_000)), False),
        (OVERSPEND, Facts(amounts=BUDGET), False),
        (CHANGED, Facts(forecast=D(69_973_000), forecast_before=D(69_300_000)), True),
        (CHANGED, Facts(forecast=D(69_500_000), forecast_before=D(69_300_000)), False),
        (CHANGED, Facts(forecast=D(69_500_000)), False),
        (OFF_PACE, Facts(forecast=D(68_000_000), same_pace=D(69_973_000)), True),
        (OFF_PACE, Facts(forecast=D(69_500_000), same_pace=D(69_973_000)), False),
        (UNDERSPEND, Facts(amounts=BUDGET, forecast=D(65_000_000)), True),
        (UNDERSPEND, Facts(amounts=BUDGET, forecast=D(65_960_000)), False),
        (SICK, Facts(sick_leave_over=(D("3.9"), D("3.8"))), True),
        (SICK, Facts(sick_leave_over=(D("3.9"), D("1.0"))), False),
        (SICK, Facts(sick_leave_over=(D("3.9"), None)), False),
        (SICK, Facts(sick_leave_over=(D("3.9"),)), False),
        (RED, Facts(red=(RedIndicator("a", "A", 2),)), True),
        (RED, Facts(red=(RedIndicator("a", "A", 1),)), False),
        (RED, Facts(red=(RedIndicator("a", "A", 5, answered=True),)), False),
        (OVERDUE, Facts(overdue=(OverdueAction(7, "Ruter", date(2026, 9, 15)),)), True),
    ],
)
def test_a_rule_strikes_past_its_limits(rule, facts, struck):
    assert bool(demands([rule], facts)) is struck


def codes(written: Written, rules: list[Rule], facts: Facts, duty: Duty = Duty.FULL, figures=()) -> list[tuple[str, str, str]]:
    return [(each.part, each.field, each.code) for each in missing(written, demands(rules, facts), duty, figures)]


HOME_CARE = Facts(
    amounts=Amounts(revised=D(68_000_000), budget=D(50_660_000), actual=D(52_130_000)),
    forecast=D(69_973_000),
    forecast_before=D(69_300_000),
    same_pace=D(69_973_000),
    sick_leave_over=(D("3.9"), D("3.8")),
    red=(RedIndicator("svartid", "Svartid", 3),),
    overdue=(OverdueAction(7, "Ruter", date(2026, 9, 15)),),
)
ALL = [VARIANCE, OVERSPEND, CHANGED, OFF_PACE, UNDERSPEND, SICK, RED, OVERDUE]


def test_everything_that_is_missing_is_told_at_once():
    assert codes(Written(forecast=HOME_CARE.forecast), ALL, HOME_CARE, figures=[Figure("brukere", "Brukere i alt")]) == [
        ("forecast", "change_text", "short"),
        ("explanation", "causes", "choose"),
        ("explanation", "explanation", "short"),
        ("actions", "new_action", "priced_action"),
        ("actions", "indicator_svartid", "indicator_action"),
        ("actions", "action_line_7", "line"),
        ("sick_leave", "sick_text", "short"),
        ("production", "figure_brukere", "figure"),
    ]


def test_a_whole_report_lacks_nothing():
    text = "To stillinger er ledige til november."
    written = Written(HOME_CARE.forecast, text, ("vikar",), text, sick_text=text, action_lines={"7": "Ny frist."}, priced_actions=1)
    facts = Facts(**{name: getattr(HOME_CARE, name) for name in HOME_CARE.__slots__} | {"red": ()})
    assert codes(written, ALL, facts) == []


def test_a_green_unit_says_its_forecast_and_nothing_more():
    facts = Facts(amounts=Amounts(revised=D(27_400_000), budget=D(20_413_000), actual=D(20_331_000)), forecast_before=D(27_400_000))
    assert codes(Written(), ALL, facts) == [("forecast", "method", "choose")]
    assert codes(Written(forecast=D(27_400_000)), ALL, facts) == []


def test_nineteen_letters_are_too_few_and_blanks_do_not_count():
    facts = Facts(sick_leave_over=(D(2), D(2)))
    for text, found in (("x" * 19, 1), ("x" * 19 + "   ", 1), ("x" * 20, 0)):
        assert len(codes(Written(forecast=D(1), sick_text=text), [SICK], facts)) == found


def test_timing_must_be_explained():
    assert codes(Written(forecast=D(1), timing=D(200_000)), [], Facts()) == [("explanation", "timing_text", "what")]


def test_july_asks_for_figures_alone():
    figures = [Figure("brukere", "Brukere i alt")]
    assert codes(Written(), ALL, HOME_CARE, Duty.FIGURES, figures) == [("production", "figure_brukere", "figure")]
