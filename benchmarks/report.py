"""The figures as a table: ratios first, since only they count; milliseconds of this machine beside them."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path

from benchmarks.sizes import Size


@dataclass(frozen=True)
class Measured:
    """Milliseconds: the median, the fifth and the ninety-fifth percentile, of how many."""

    median: float
    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Table:
    """One database's run. `statements`: SQL statements per page; `memory`: MiB of the measured process."""

    title: str
    size: Size
    measured: dict[str, Measured]
    statements: dict[str, int]
    memory: float
    worlds: list[str]

    def ratio(self, above: str, below: str) -> float:
        return self.measured[above].median / self.measured[below].median


@dataclass(frozen=True)
class Goal:
    """What is divided by what, and what the quotient should at most be."""

    text: str
    above: str
    below: str
    most: float | None


GOALS = [
    Goal("director's overview, a figure has just changed / trivial page", "overview fresh", "trivial", 2.5),
    Goal("director's overview, nothing new (304) / trivial page", "overview unchanged", "trivial", 1.0),
    Goal("director's overview, kept fragment / trivial page", "overview kept", "trivial", None),
    Goal("målekart of a unit, a figure has just changed / trivial page", "card fresh", "trivial", 2.5),
    Goal("målekart of a unit, nothing new (304) / trivial page", "card unchanged", "trivial", 1.0),
    Goal("målekart of a unit, kept fragment / trivial page", "card kept", "trivial", None),
    Goal("«Hjem» of the director, a figure has just changed / trivial page", "home of the director", "trivial", 2.5),
    Goal("«Hjem» of a leader, a figure has just changed / trivial page", "home of a leader", "trivial", 2.5),
    Goal("search over everything / trivial page", "search", "trivial", None),
    Goal("«Hjem» of the director: all months / 12 months", "home of the director", "home of the director 12 months", 1.1),
    Goal("report of a unit, a figure has just changed / trivial page", "report fresh", "trivial", 2.5),
    Goal("report of a unit, a field has just been saved / trivial page", "report saved", "trivial", 2.5),
    Goal("report of a unit, nothing new / trivial page", "report kept", "trivial", 1.3),
    Goal("director's list, a report has just changed / trivial page", "list fresh", "trivial", 2.5),
    Goal("director's list, nothing new (304) / trivial page", "list unchanged", "trivial", 1.0),
    Goal("director's list of all units / of one unit", "list fresh", "list of one unit fresh", 1.2),
    Goal("report: all months / 12 months", "report fresh", "report fresh 12 months", 1.1),
    Goal("director's list: all months / 12 months", "list fresh", "list fresh 12 months", 1.1),
    Goal("overview of the top node / of one district", "top overview fresh", "overview fresh", 1.2),
    Goal("målekart of the district / of one unit", "district card fresh", "card fresh", 1.2),
    Goal("overview: all months / 12 months", "overview fresh", "overview fresh 12 months", 1.1),
    Goal("målekart: all months / 12 months", "card fresh", "card fresh 12 months", 1.1),
    Goal("overview: all districts / 1 district", "overview fresh", "overview fresh 1 district", 1.1),
    Goal("målekart: all districts / 1 district", "card fresh", "card fresh 1 district", 1.1),
    Goal("saving a figure with everything that follows / summing its ancestors again", "save", "resum", None),
    Goal("saving a figure: all districts / 1 district", "save", "save 1 district", 1.5),
    Goal("saving a figure: all months / 12 months", "save", "save 12 months", 1.1),
]


def print_report(tables: list[Table], about_files: list[str], path: Path) -> None:
    """Prints the tables and writes the same as Markdown."""
    lines = [f"Machine: {_machine()}.", ""]
    for table in tables:
        lines += _section(table)
    lines += about_files
    text = "\n".join(lines)
    path.write_text(text, encoding="utf-8")
    print(text)


def _section(table: Table) -> list[str]:
    size = table.size
    about = (
        f"{size.districts} districts x {size.units} units x {size.departments} departments x {size.indicators} indicators "
        f"x {size.months} months = {size.figures:,} figures"
    ).replace(",", " ")
    rows = [f"### {table.title}", "", about, "", "| what | ratio | aim | |", "|---|---|---|---|"]
    for goal in GOALS:
        if goal.above in table.measured and goal.below in table.measured:
            ratio = table.ratio(goal.above, goal.below)
            aim = "" if goal.most is None else f"≤ {goal.most}"
            verdict = "" if goal.most is None else "reached" if ratio <= goal.most else "missed"
            rows.append(f"| {goal.text} | {ratio:.2f} | {aim} | {verdict} |")
    rows += ["", "| page or work | median ms | 5–95 % | samples |", "|---|---|---|---|"]
    rows += [f"| {name} | {m.median:.1f} | {m.low:.1f}–{m.high:.1f} | {m.count} |" for name, m in table.measured.items()]
    rows += ["", "SQL statements made anew: " + ", ".join(f"{name} {count}" for name, count in table.statements.items()) + "."]
    return [*rows, f"Largest memory of the measured process: {table.memory:.0f} MiB.", ""]


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
