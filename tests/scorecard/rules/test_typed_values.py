"""What fields mean when they are taken together."""

from decimal import Decimal

import pytest

from common.numbers import parse_number
from scorecard.rules.statuses import Quality
from scorecard.rules.typed_values import Contradiction, Meant, Slip, Written, is_far, meaning

FINAL, ESTIMATE, MISSING = Quality.FINAL, Quality.ESTIMATE, Quality.MISSING


def written(value="", numerator="", denominator="", **facts):
    return Written(parse_number(value), parse_number(numerator), parse_number(denominator), **facts)


def meant(value, numerator, denominator, quality):
    return Meant(*(None if text is None else Decimal(text) for text in (value, numerator, denominator)), quality)


MEANT = [
    (written("10,5"), meant("10.5", None, None, FINAL)),
    (written("10,5", quality=Quality.PRELIMINARY), meant("10.5", None, None, Quality.PRELIMINARY)),
    (written("ca. 97"), meant("97", None, None, ESTIMATE)),
    (written("ca. 97", quality=FINAL), meant("97", None, None, ESTIMATE)),
    (written("??"), meant(None, None, None, MISSING)),
    (written("??", quality=FINAL), meant(None, None, None, MISSING)),
    (written("??", quality=Quality.NOT_RELEVANT), meant(None, None, None, Quality.NOT_RELEVANT)),
    (written("??", stands=True), meant(None, None, None, MISSING)),
    (written(""), meant(None, None, None, FINAL)),
    (written("-"), meant(None, None, None, FINAL)),
    (written("0"), meant("0", None, None, FINAL)),
    (written("4,5", denominator="120"), meant("4.5", None, "120", FINAL)),
    (written("4,5", denominator="??"), meant("4.5", None, None, FINAL)),
    (written("4,5", denominator="ca 120"), meant("4.5", None, "120", ESTIMATE)),
    (written(numerator="116", denominator="1 000", is_ratio=True), meant(None, "116", "1000", FINAL)),
    (written(numerator="ca 116", denominator="1 000", is_ratio=True), meant(None, "116", "1000", ESTIMATE)),
    (written(numerator="??", denominator="??", is_ratio=True), meant(None, None, None, MISSING)),
    (written(numerator="??", is_ratio=True), meant(None, None, None, MISSING)),
    (written(numerator="116", is_ratio=True), meant(None, "116", None, FINAL)),
    (written("85", is_ratio=True), meant("85", None, None, FINAL)),
    (written("10,5", quality=MISSING, touched=False, stands=True), meant(None, None, None, MISSING)),
    (written("", quality=FINAL, touched=False, stands=True), meant(None, None, None, FINAL)),
]


@pytest.mark.parametrize("fields, expected", MEANT)
def test_fields_that_agree_have_one_meaning(fields, expected):
    assert meaning(fields) == expected


CONTRADICTIONS = [
    (written("10,5", quality=MISSING), Slip.FIGURE_WITHOUT_QUALITY),
    (written("10,5", quality=Quality.NOT_RELEVANT, stands=True), Slip.FIGURE_WITHOUT_QUALITY),
    (written(numerator="116", quality=MISSING, is_ratio=True), Slip.FIGURE_WITHOUT_QUALITY),
    (written(denominator="5", quality=MISSING), Slip.FIGURE_WITHOUT_QUALITY),
    (written("", stands=True), Slip.FIGURE_EMPTIED),
    (written("-", stands=True), Slip.FIGURE_EMPTIED),
    (written(denominator="120", stands=True), Slip.FIGURE_EMPTIED),
    (written(is_ratio=True, stands=True), Slip.FIGURE_EMPTIED),
    (written(numerator="116", denominator="??", is_ratio=True), Slip.HALF_MISSING),
    (written(numerator="??", denominator="1000", is_ratio=True), Slip.HALF_MISSING),
]


@pytest.mark.parametrize("fields, slip", CONTRADICTIONS)
def test_fields_that_do_not_agree_are_asked_about(fields, slip):
    with pytest.raises(Contradiction) as caught:
        meaning(fields)

    assert caught.value.slip is slip


FAR = [
    ("150", "100", False),
    ("150.1", "100", True),
    ("50", "100", False),
    ("49.9", "100", True),
    ("0", "100", True),
    ("-100", "100", True),
    ("-150", "-100", False),
    ("-151", "-100", True),
    ("5", "0", False),
    (None, "100", False),
    ("5", None, False),
]


@pytest.mark.parametrize("value, last, far", FAR)
def test_a_figure_more_than_half_away_from_the_last_is_worth_a_second_look(value, last, far):
    assert is_far(*(None if text is None else Decimal(text) for text in (value, last))) is far
