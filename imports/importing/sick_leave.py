"""Sick leave by unit and month: one row each, or (long format) one row for each type of absence."""

from decimal import Decimal

from common.periods import Period
from imports.importing.records import BadCell, RecordReader
from imports.rules.context import Refused
from imports.rules.findings import WARNING, ControlSum
from imports.rules.profile import plain
from imports.rules.rows import Row, SickLeaveRow
from imports.rules.sick_leave_rows import faults, percent_differs, together

_DAYS = ("fte", "contracted", "lost", "self_certified", "certified", "short", "long")
_TENTH = Decimal("0.05")


class SickLeaveReader(RecordReader):
    """Rows whose identities do not hold are told about; the printed sum is compared with what was read."""

    keys = ("code",)

    def read(self) -> None:
        """As other tables, with the parts of a unit gathered first in the long format."""
        self.sums = dict.fromkeys(_DAYS, Decimal(0))
        self.printed: list[tuple[int, dict[str, Decimal | None]]] = []
        self.types = {plain(text): name for name, texts in self.profile.types.items() for text in texts}
        self.long: dict[tuple[str, Period], dict[str, Decimal | None]] = {}
        self.long_rows: dict[tuple[str, Period], int] = {}
        if self.types and "type" not in self.table.places:
            raise Refused("no_header", missing="type")
        super().read()

    def row(self, cells: dict[str, str]) -> Row | None:
        """One unit and period."""
        period = self.period(cells)
        code = self.table.padded("code", cells["code"])
        unit_id = self.unit(code, cells.get("name", ""), period)
        if self.types:
            self._gather(code, period, cells)
            return None
        self.once((code, period))
        days = {name: self.figure(name, cells) for name in _DAYS}
        self._check_percent(days, cells)
        return self._typed(self.number, code, unit_id, period, days, self.whole("persons_absent", cells))

    def finish(self) -> None:
        """The gathered units, then the printed sums."""
        for (code, period), days in self.long.items():
            self.number = self.long_rows[code, period]
            try:
                self.take(self._typed(self.number, code, self.units.get((code, period)), period, days, None))
            except BadCell as bad:
                self.findings.add(bad.code, row=self.number, column=bad.column, text=bad.text, **bad.params)
        self.give()
        self.findings.totals = {name: value for name, value in self.sums.items() if name in self.table.places or self.types}
        for number, printed in self.printed[-1:]:
            for name, in_file in printed.items():
                if in_file is not None:
                    difference, tolerance = in_file - self.sums[name], max(_TENTH, _TENTH * self.findings.rows)
                    ok = abs(difference) <= tolerance
                    self.findings.sums.append(ControlSum(name, in_file, self.sums[name], difference, tolerance, ok, row=number))

    def sum_row(self, text: str, cells: dict[str, str]) -> None:
        """Keep the printed sum; the last one is the file's."""
        try:
            self.printed.append((self.number, {name: self.figure(name, cells) for name in _DAYS}))
        except BadCell:
            self.findings.add("sum_not_read", row=self.number, severity=WARNING, text=text)

    def _gather(self, code: str, period: Period, cells: dict[str, str]) -> None:
        name = self.types.get(plain(cells["type"]))
        if name is None:
            raise BadCell("type_not_known", "type", cells["type"])
        self.once((code, period, name))
        days = self.long.setdefault((code, period), dict.fromkeys(_DAYS))
        self.long_rows.setdefault((code, period), self.number)
        days[name] = self.figure("days", cells)
        for other in ("contracted", "fte"):
            value = self.figure(other, cells)
            if value is not None and days[other] is not None and days[other] != value:
                raise BadCell("contracted_differs", other, cells.get(other, ""))
            days[other] = value if value is not None else days[other]

    def _typed(
        self, number: int, code: str, unit_id: int | None, period: Period, days: dict[str, Decimal | None], persons: int | None
    ) -> SickLeaveRow:
        contracted = days["contracted"]
        if contracted is None:
            raise BadCell("figure_missing", "contracted")
        for name, value in days.items():
            if value is not None and value < 0:
                raise BadCell("negative", name, str(value))
        if days["lost"] is None:
            days["lost"] = together(days["self_certified"], days["certified"]) or together(days["short"], days["long"])
        lost = days["lost"]
        if lost is not None and lost > contracted:
            raise BadCell("more_than_contracted", "lost", str(lost), contracted=contracted)
        parts = {name: days[name] for name in ("lost", "self_certified", "certified", "short", "long")}
        for fault, should_be, comes_to in faults(**parts, tolerance=self.context.tolerance):
            self.findings.add(fault, row=number, severity=WARNING, text=str(comes_to), total=should_be)
        for name, value in days.items():
            self.sums[name] += value or 0
        return SickLeaveRow(number, code, unit_id, period, contracted, persons_absent=persons, fte=days["fte"], **parts)

    def _check_percent(self, days: dict[str, Decimal | None], cells: dict[str, str]) -> None:
        printed = self.figure("percent", cells)
        should_be = percent_differs(printed, days["lost"], days["contracted"]) if printed is not None else None
        if should_be is not None:
            heading = self.findings.columns.get("percent", "")
            self.findings.add(
                "percent_differs", row=self.number, severity=WARNING, column=heading, text=cells["percent"], worked_out=should_be
            )
