"""What somebody wrote for one figure, taken together: text that parses is not yet a figure that was meant. Pure.

«-» and an empty field mean that there is no entry, never zero and never «remove what stands there». «??» means that the figure is
missing, «ca. 97» that it is an estimate. Where the fields contradict each other, a person is asked.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from common.numbers import Mark, ParsedNumber
from scorecard.rules.statuses import Quality

EMPTY = ParsedNumber(None, Mark.EMPTY)
# A figure more than half as large again as the last one, or less than half of it, is worth a second look.
FAR = Decimal("0.5")


class Slip(StrEnum):
    """What the fields of one figure contradict each other in."""

    FIGURE_WITHOUT_QUALITY = "figure_without_quality"
    FIGURE_EMPTIED = "figure_emptied"
    HALF_MISSING = "half_missing"


class Contradiction(ValueError):
    """The fields cannot be taken together; `slip` says why."""

    def __init__(self, slip: Slip) -> None:
        super().__init__(slip)
        self.slip = slip


@dataclass(frozen=True)
class Written:
    """The fields of one figure as they were read. A rate has numerator and denominator; others have a value, and perhaps how many
    answers or how much weight stands behind it (denominator).

    `quality` is what was chosen, None where nobody chose. `stands`: a figure stands there already. `touched`: a figure's field was
    changed, so what is in it is meant.
    """

    value: ParsedNumber = EMPTY
    numerator: ParsedNumber = EMPTY
    denominator: ParsedNumber = EMPTY
    quality: Quality | None = None
    is_ratio: bool = False
    stands: bool = False
    touched: bool = True


@dataclass(frozen=True)
class Meant:
    """The figure that was meant. Without one, `quality` says why, or the fields were left empty."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    quality: Quality

    @property
    def has_figure(self) -> bool:
        return self.value is not None or self.numerator is not None or self.denominator is not None


def meaning(written: Written) -> Meant:
    """Raises Contradiction where the fields do not agree."""
    figures = [field.value for field in _main(written)]
    marks = {field.mark for field in _main(written)}
    quality = written.quality or Quality.FINAL
    if Mark.MISSING in marks:
        if any(figure is not None for figure in figures) and written.touched:
            raise Contradiction(Slip.HALF_MISSING)
        quality = quality if written.quality and not quality.has_figure else Quality.MISSING
        return Meant(None, None, None, quality)
    typed = any(field.value is not None for field in (written.value, written.numerator, written.denominator))
    if not quality.has_figure:
        if typed and written.touched:
            raise Contradiction(Slip.FIGURE_WITHOUT_QUALITY)
        return Meant(None, None, None, quality)
    if written.stands and written.touched and not any(figure is not None for figure in figures):
        raise Contradiction(Slip.FIGURE_EMPTIED)
    if Mark.ESTIMATE in {*marks, written.denominator.mark}:
        quality = Quality.ESTIMATE
    return Meant(written.value.value, written.numerator.value, written.denominator.value, quality)


def _main(written: Written) -> list[ParsedNumber]:
    """The fields without which there is no figure."""
    if written.is_ratio and not (written.value.value is not None and _is_blank(written.numerator) and _is_blank(written.denominator)):
        return [written.numerator, written.denominator]
    return [written.value]


def _is_blank(field: ParsedNumber) -> bool:
    return field.mark is Mark.EMPTY


def is_far(value: Decimal | None, last: Decimal | None) -> bool:
    """Whether a figure lies so far from the last one that somebody should say it is right. Nothing is far from nothing, or from 0."""
    if value is None or not last:
        return False
    return abs(value - last) > FAR * abs(last)
