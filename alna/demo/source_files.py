"""The files themselves, as the systems write them: the ledger in cp1252 with sums per unit, sick leave and production in UTF-8."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from alna.demo import economy, production, sick_leave
from alna.demo.data_files import rows
from alna.demo.ledger import FUNCTION_NAMES, LedgerRow, ledger
from alna.demo.plan import Plan
from common.numbers import round_half_up
from common.periods import Period

# Title lines, an empty one and the headings stand above the first account.
FIRST_ROW = 6
HEADINGS = (
    "Ansvar;Ansvar(T);Konto;Konto(T);Funksjon;Funksjon(T);Prosjekt;Periode;"
    "Oppr. budsjett;Rev. budsjett;Budsjett HiÅ;Regnskap HiÅ;Avvik;Forbruk %"
)
SICK_HEADINGS = (
    "Enhetskode;Enhet;Periode;Årsverk;Avtalte dagsverk;Egenmeldt;Legemeldt;Sum fravær;1-16 dager;Over 16 dager;Fravær %;Personer med fravær"
)
FIGURE_HEADINGS = "Enhetskode;Indikator;Periode;Teller;Nevner;Verdi;Kvalitet"
AMOUNTS = ("original", "revised", "budget", "actual")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file with its name."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def numbered(entries: Sequence[LedgerRow]) -> list[tuple[int, LedgerRow]]:
    """Each account with its row in the file; a row of sums follows every unit."""
    found, number = [], FIRST_ROW
    for _unit, group in groupby(entries, lambda entry: entry.cost_centre):
        for entry in group:
            found.append((number, entry))
            number += 1
        number += 1
    return found


def economy_file(plan: Plan, period: Period, entries: Sequence[LedgerRow] | None = None, name: str = "") -> SourceFile:
    """As ordered: every account of every unit, the sum below each unit, and all at the end."""
    entries = list(ledger(plan, period)) if entries is None else entries
    printed = plan.ready(period).date()
    lines = [
        f"Budsjettoppfølging per ansvar{';' * 13}",
        f"Firma: Bydel Alna;Periode: {period.year}{period.number:02}{';' * 12}",
        f"Skrevet ut {printed:%d.%m.%Y} 07:12{';' * 13}",
        ";" * 13,
        HEADINGS,
        *_ledger_lines(entries, period),
        ";" * 13,
        _sum_line("Totalt", "", entries),
    ]
    return SourceFile(name or economy.economy_name(period), ("\r\n".join(lines) + "\r\n").encode("cp1252"))


def _ledger_lines(entries: Iterable[LedgerRow], period: Period) -> Iterator[str]:
    names = {row["code"]: row["name"] for row in rows("units")}
    for cost_centre, group in groupby(entries, lambda entry: entry.cost_centre):
        of_unit = list(group)
        name = names.get(of_unit[0].unit, "")
        for entry in of_unit:
            function = f"{entry.function};{FUNCTION_NAMES.get(entry.function, '')}"
            place = f"{cost_centre};{name};{entry.account};{entry.name};{function};{entry.project};{period.year}{period.number:02}"
            yield f"{place};{_amounts([entry])}"
        yield _sum_line(f"Sum {cost_centre}", name, of_unit)


def _sum_line(title: str, name: str, entries: Sequence[LedgerRow]) -> str:
    return f"{title};{name};;;;;;;{_amounts(entries)}"


def _amounts(entries: Sequence[LedgerRow]) -> str:
    original, revised, budget, actual = (sum((getattr(entry, name) for entry in entries), Decimal(0)) for name in AMOUNTS)
    percent = _plain(actual / budget * 100, 1) if budget else ""
    return ";".join([*(_kroner(amount) for amount in (original, revised, budget, actual, budget - actual)), percent])


def _kroner(amount: Decimal) -> str:
    """46 000 000,00, and a minus behind as the system writes it."""
    text = f"{abs(round_half_up(amount, 2)):,.2f}".replace(",", " ").replace(".", ",")
    return f"{text}-" if amount < 0 else text


def _plain(amount: Decimal | None, places: int) -> str:
    return "" if amount is None else str(round_half_up(amount, places)).replace(".", ",")


def sick_leave_file(plan: Plan, period: Period, *, first: bool = True) -> SourceFile:
    """One row per unit, and the sum of all."""
    names = {row["code"]: row["name"] for row in rows("units")}
    all_days = sick_leave.days_of(plan, period, first=first)
    units = (f"{days.unit};{names[days.unit]};{period.code};{_days([days])};{days.persons or ''}" for days in all_days)
    lines = [SICK_HEADINGS, *units, f";Sum;;{_days(all_days)};"]
    return SourceFile(sick_leave.file_name(period), ("\r\n".join(lines) + "\r\n").encode("utf-8-sig"))


def _days(all_days: Sequence[sick_leave.Days]) -> str:
    """Empty where there are no days, and they count as none in a sum."""
    known = [days for days in all_days if days.lost is not None]
    fte, contracted = (sum((getattr(days, name) for days in all_days), Decimal(0)) for name in ("fte", "contracted"))
    if not known:
        return f"{_plain(fte, 1)};{_plain(contracted, 1)};;;;;;"
    names = ("self_certified", "certified", "lost", "short", "long")
    parts = [sum((getattr(days, name) for days in known), Decimal(0)) for name in names]
    rate = parts[2] / contracted * 100
    return ";".join(_plain(part, 1) for part in (fte, contracted, *parts, rate))


def production_file(plan: Plan, period: Period) -> SourceFile:
    """Every figure of the month with its parts."""
    lines = [FIGURE_HEADINGS]
    for figure in production.of_month(plan, period):
        parts = f"{_number(figure.numerator)};{_number(figure.denominator)};{_number(figure.value)}"
        lines.append(f"{figure.unit};{figure.indicator};{period.code};{parts};endelig")
    return SourceFile(production.file_name(period), ("\r\n".join(lines) + "\r\n").encode("utf-8-sig"))


def _number(amount: Decimal | None) -> str:
    return "" if amount is None else format(amount.normalize(), "f").replace(".", ",")
