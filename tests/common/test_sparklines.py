"""The geometry of the small line charts."""

from decimal import Decimal

import pytest

from common.sparklines import sparkline, sparkline_svg


def decimals(*texts):
    return [Decimal(text) if text else None for text in texts]


@pytest.mark.parametrize("values", [[], ["4"], ["", "4", ""], ["", ""]])
def test_one_known_value_is_no_development(values):
    assert sparkline(decimals(*values)) is None


def test_higher_is_further_up_and_the_line_stays_inside():
    line = sparkline(decimals("1", "3", "2"))

    assert line.lines == ("6.0,29.0 60.0,3.0 114.0,16.0",)


def test_a_missing_value_breaks_the_line():
    line = sparkline(decimals("1", "2", "", "2", "3"))

    assert [len(run.split()) for run in line.lines] == [2, 2]


def test_a_lone_value_between_gaps_is_a_dot():
    line = sparkline(decimals("1", "2", "", "3"))

    assert len(line.lines) == 1
    assert len(line.dots) == 3


def test_a_flat_series_lies_in_the_middle():
    assert sparkline(decimals("4", "4")).lines == ("6.0,16.0 114.0,16.0",)


def test_the_goal_is_inside_the_picture():
    line = sparkline(decimals("1", "2"), Decimal(5), height=40)

    assert line.goal == "3.0"
    assert line.lines == ("6.0,37.0 114.0,28.5",)


def test_a_long_series_marks_only_the_last_value():
    assert sparkline(decimals(*"123456789")).dots == (("117.0", "3.0"),)


def test_the_words_are_escaped():
    assert 'aria-label="&lt;b&gt; &amp; &quot;"' in sparkline_svg(sparkline(decimals("1", "2")), '<b> & "')


def test_nothing_is_drawn_for_nothing():
    assert sparkline_svg(None, "Utvikling") == ""
