"""A whole target in one cell, read and written."""

from decimal import Decimal as D

import pytest

from scorecard.rules.compact_targets import NoYellowLimit, Written, figure, take_apart, written, yellow_at_same_distance
from scorecard.rules.statuses import Direction
from scorecard.rules.target_texts import parse_target_text
from scorecard.rules.targets import Comparison, TargetKind

READ = [
    ("4,5", "4,5", None, False),
    ("4,5 / 4,2", "4,5", D("4.2"), True),
    ("4,5/4,2", "4,5", D("4.2"), True),
    ("minst 4,5 gul 4,2", "minst 4,5", D("4.2"), True),
    ("minst 4,5, gulgrense 4,2", "minst 4,5", D("4.2"), True),
    ("4,5 / ingen", "4,5", None, True),
    ("4,5 / -", "4,5", None, True),
    ("85–90 / 5", "85–90", D(5), True),
    ("høyst 9,9 % / 10,9 %", "høyst 9,9 %", D("10.9"), True),
]


@pytest.mark.parametrize("text, main, yellow, has_yellow", READ)
def test_target_and_yellow_limit_stand_in_one_cell(text, main, yellow, has_yellow):
    cell = take_apart(text)

    assert (cell.main, cell.yellow, cell.has_yellow) == (main, yellow, has_yellow)


@pytest.mark.parametrize("text", ["4,5 / litt lavere", "4,5 / ??", "4,5 / 1.234"])
def test_a_yellow_limit_that_is_no_figure_is_refused(text):
    with pytest.raises(NoYellowLimit):
        take_apart(text)


@pytest.mark.parametrize(
    "text, group",
    [
        ("10 % bedre enn Oslo", "oslo"),
        ("10 % bedre enn snitt for Norge", "norway"),
        ("bedre enn andre bydeler", "peers"),
        ("10 poeng bedre enn høyest kommune", "highest"),
        ("5 % bedre enn 2025", ""),
    ],
)
def test_whom_a_target_compares_with(text, group):
    assert take_apart(text).group == group


def test_relatively_says_percent_of_the_value():
    cell = take_apart("10 % relativt bedre enn Oslo")

    assert (cell.main, cell.comparison) == ("10 % bedre enn Oslo", Comparison.PERCENT)


def facts(**given):
    return Written(
        **{
            "kind": TargetKind.ABSOLUTE,
            "value": None,
            "yellow_limit": None,
            "low": None,
            "high": None,
            "tolerance": None,
            "amount": None,
            "comparison": None,
            "base_year": None,
            "group": "",
            **given,
        }
    )


WRITTEN = [
    (facts(value=D("4.500000"), yellow_limit=D("4.200000")), "4,5 / 4,2"),
    (facts(value=D(100)), "100"),
    (facts(low=D(85), high=D(90), tolerance=D(5)), "85–90 / 5"),
    (facts(value=D("-0.5")), "-0,5"),
    (
        facts(kind=TargetKind.BENCHMARK, value=D("84.7"), amount=D(10), comparison=Comparison.PERCENT, group="oslo", yellow_limit=D(80)),
        "10 % relativt bedre enn Oslo / 80",
    ),
    (
        facts(kind=TargetKind.BASELINE, value=D(82), amount=D(5), comparison=Comparison.POINTS, base_year=2025),
        "5 prosentpoeng bedre enn 2025",
    ),
]


@pytest.mark.parametrize("target, text", WRITTEN)
def test_a_stored_target_is_written_as_it_is_typed(target, text):
    assert written(target, in_percent=True) == text


@pytest.mark.parametrize("target, text", WRITTEN)
def test_what_is_written_reads_back_as_the_same_target(target, text):
    cell = take_apart(text)
    parsed = parse_target_text(cell.main)

    assert cell.yellow == (target.tolerance if target.low is not None else target.yellow_limit)
    assert parsed.value == (target.low if target.low is not None else target.value if target.amount is None else target.amount)
    assert (parsed.kind or TargetKind.ABSOLUTE) == target.kind
    assert (cell.comparison or parsed.comparison) == target.comparison
    assert parsed.base_year == target.base_year


@pytest.mark.parametrize(
    "value, before, limit, direction, expected",
    [
        (D("4.6"), D("4.5"), D("4.2"), Direction.HIGHER, D("4.3")),
        (D("9.5"), D("9.9"), D("10.9"), Direction.LOWER, D("10.5")),
        (D("4.6"), D("4.5"), None, Direction.HIGHER, None),
    ],
)
def test_the_yellow_limit_keeps_its_distance(value, before, limit, direction, expected):
    assert yellow_at_same_distance(value, before, limit, direction) == expected


@pytest.mark.parametrize("value, text", [(D(1000000), "1000000"), (D("0E-6"), "0"), (D("4.50"), "4,5"), (None, "")])
def test_a_figure_has_nothing_between_thousands(value, text):
    assert figure(value) == text
