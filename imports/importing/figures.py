"""Indicators by unit and period, published results of surveys, and figures of other areas."""

from decimal import Decimal

from common.numbers import Mark, ParsedNumber
from imports.importing.records import BadCell, RecordReader
from imports.rules.findings import WARNING
from imports.rules.qualities import QUALITIES
from imports.rules.rows import BenchmarkRow, FigureRow, Row, SurveyRow


class FigureReader(RecordReader):
    """One figure per row: a value, or numerator and denominator, or a reason why there is none."""

    keys = ("code", "indicator")

    def row(self, cells: dict[str, str]) -> Row | None:
        """One unit, indicator and period."""
        period = self.period(cells)
        code, indicator = self.table.padded("code", cells["code"]), cells["indicator"]
        unit_id = self.unit(code, cells.get("name", ""), period)
        if self.context.indicators is not None and indicator not in self.context.indicators:
            self.count_unknown(indicator, "", "indicator")
        self.once((code, indicator, period))
        value, numerator, denominator = (self.parsed(name, cells) for name in ("value", "numerator", "denominator"))
        if (numerator.value is None) != (denominator.value is None):
            raise BadCell("half_a_fraction", "numerator" if numerator.value is None else "denominator")
        if denominator.value == 0:
            raise BadCell("denominator_is_zero", "denominator", cells.get("denominator", ""))
        quality = self._quality(cells, value)
        if value.value is None and numerator.value is None and quality not in {"missing", "not_measured", "not_relevant"}:
            raise BadCell("figure_missing", "value")
        return FigureRow(self.number, indicator, code, unit_id, period, value.value, numerator.value, denominator.value, quality)

    def _quality(self, cells: dict[str, str], value: ParsedNumber) -> str:
        text = cells.get("quality", "").casefold()
        if text not in QUALITIES:
            raise BadCell("quality_not_known", "quality", cells["quality"])
        if not text and value.mark in {Mark.ESTIMATE, Mark.MISSING}:
            return "estimate" if value.mark is Mark.ESTIMATE else "missing"
        return QUALITIES[text]


class SurveyReader(RecordReader):
    """Published results. Without the number of answers a result is shown by itself, and never added to others."""

    keys = ("code", "theme")

    def row(self, cells: dict[str, str]) -> Row | None:
        """One unit's result for one group of questions."""
        period = self.period(cells)
        unit_id = self.unit(cells["code"], cells["code"], period)
        self.once((cells.get("survey"), period, cells["code"], cells["theme"]))
        answers = self.whole("answers", cells)
        mean, country, highest, lowest = (self.figure(name, cells) for name in ("mean", "country", "highest", "lowest"))
        if mean is None:
            raise BadCell("figure_missing", "mean")
        if highest is not None and lowest is not None and lowest > highest:
            raise BadCell("lowest_above_highest", "lowest", cells.get("lowest", ""))
        if answers is None and not any(each.code == "answers_unknown" for each in self.findings.warnings):
            self.findings.add("answers_unknown", severity=WARNING)
        survey = cells.get("survey", "")
        return SurveyRow(self.number, survey, period.year, cells["code"], unit_id, cells["theme"], mean, answers, country, highest, lowest)


class BenchmarkReader(RecordReader):
    """Figures of other areas. A rate is a sum through a sum, so numerator and denominator are kept where the file has them."""

    keys = ("area", "indicator")

    def read(self) -> None:
        """As other tables; a source that repeats its last figures has stopped counting."""
        self.same: dict[object, int] = {}
        super().read()

    def row(self, cells: dict[str, str]) -> Row | None:
        """One area and period."""
        period = self.period(cells)
        self.once((cells["area"], cells["indicator"], period))
        value, numerator, denominator = (self.figure(name, cells) for name in ("value", "numerator", "denominator"))
        if value is None and (numerator is None or not denominator):
            raise BadCell("figure_missing", "value")
        figures = (cells["area"], cells["indicator"], value, numerator, denominator)
        if self.same.setdefault(figures, self.number) != self.number and numerator is not None:
            self.findings.add("same_as_earlier", severity=WARNING, row=self.number, first=self.same[figures])
        for name, figure in (("numerator", numerator), ("denominator", denominator)):
            self.findings.totals[name] = self.findings.totals.get(name, Decimal(0)) + (figure or 0)
        return BenchmarkRow(self.number, cells["indicator"], cells["area"], period, value, numerator, denominator)
