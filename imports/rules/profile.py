"""A profile says how a system's files are read. It is data: another municipality's export is another profile, not more code.

The form is described in docs/recipes/add-an-import-profile.md; the built-in ones lie in imports/profiles/.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from imports.rules.states import SourceKind

FORMATS = ("delimited", "workbook", "fixed_width", "saft", "jsonstat")
ENCODINGS = ("auto", "utf-8", "utf-16", "cp1252", "cp865")
DELIMITERS = ("auto", ";", "\t", ",", "|")
ESCAPES = ("", "\\")
UNITS = (1, 1000, 1_000_000)
# Headings and codes are no longer; only these are remembered as they are compared.
_SHORT = 80
VARIANCES = ("budget_minus_actual", "actual_minus_budget")
INCOMES = ("negative", "positive")
DUPLICATES = ("sum", "error")
EXTRA_CELLS = ("error", "ignore")
PERIOD_SOURCES = ("column", "title", "name", "given")
PERIOD_KINDS = ("month", "quarter", "tertial", "year")

# What a file of each kind may hold. A column that is none of these is not read, and not kept.
FIELDS: dict[str, tuple[str, ...]] = {
    SourceKind.ECONOMY: (
        *(
            "cost_centre",
            "cost_centre_name",
            "account",
            "account_name",
            "function",
            "function_name",
            "project",
            "period",
            "year",
            "quarter",
        ),
        *("ledger_class", "original", "revised", "budget", "actual", "variance", "percent"),
    ),
    SourceKind.SICK_LEAVE: (
        *("code", "name", "period", "year", "quarter", "type", "days", "fte", "contracted", "lost", "self_certified", "certified"),
        *("short", "long", "percent", "persons_absent"),
    ),
    SourceKind.FIGURES: ("code", "name", "indicator", "period", "year", "quarter", "numerator", "denominator", "value", "quality"),
    SourceKind.SURVEYS: ("survey", "year", "code", "theme", "mean", "answers", "country", "highest", "lowest"),
    SourceKind.BENCHMARKS: ("indicator", "area", "period", "year", "quarter", "value", "numerator", "denominator"),
}
AMOUNTS = ("original", "revised", "budget", "actual", "variance")
FIGURES = frozenset(
    {*AMOUNTS, "percent", "fte", "contracted", "lost", "self_certified", "certified", "short", "long", "days", "numerator"}
    | {"denominator", "value", "mean", "country", "highest", "lowest"}
)


class ProfileError(Exception):
    """The definition cannot be used. ``faults`` are (place, code, what stands there), every one of them."""

    def __init__(self, faults: list[tuple[str, str, str]]) -> None:
        super().__init__("; ".join(f"{place}: {code} {text}".strip() for place, code, text in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Column:
    """Where a field stands: under one of the names, or (fixed width) from one position to another, counted from 1."""

    name: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    # a code is filled with zeros from the left to so many signs
    pad: int = 0
    at: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """One system's files. Every attribute but the first four has a default."""

    code: str
    name: str
    kind: SourceKind
    format: str
    columns: tuple[Column, ...] = ()
    encoding: str = "auto"
    delimiter: str = "auto"
    # the sign before a quotation mark inside a text, where the system does not double it
    escape: str = ""
    # name of the sheet; empty is the first visible one with content
    sheet: str = ""
    header: bool = True
    # amounts are in so many kroner
    unit: int = 1
    variance: str = "budget_minus_actual"
    income: str = "negative"
    # from January to the period, or the period's own
    cumulative: bool = True
    decimal_point: bool | None = None
    duplicates: str = "error"
    # cells after the last heading: a sign that a text holds the separator, unless the system always writes some
    extra_cells: str = "error"
    # the beginning of a text that makes its row a sum; «*» in the code does so too
    sum_words: tuple[str, ...] = ("sum", "totalt", "total", "delsum")
    # rows of which columns are not kept: field -> the only values that are
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    period: tuple[str, ...] = ("column", "title", "name", "given")
    period_kinds: tuple[str, ...] = PERIOD_KINDS
    # long format of sick leave: field -> texts in the column «type»
    types: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # fields with the same text in every row
    constants: Mapping[str, str] = field(default_factory=dict)
    # a ledger class that is not operating, and what is put before its accounts so that they are never counted as such
    class_marks: Mapping[str, str] = field(default_factory=dict)
    # SAF-T: field -> analysis type that holds it
    analysis: Mapping[str, str] = field(default_factory=dict)
    # only accounts that begin with one of these; empty is all
    accounts: tuple[str, ...] = ()
    tolerance: Decimal | None = None

    def column(self, name: str) -> Column | None:
        """The column of a field, if the profile has it."""
        return next((column for column in self.columns if column.name == name), None)


def load_profile(definition: Mapping[str, Any]) -> Profile:
    """The profile of a definition, which is the content of a profile file. Raises ProfileError with every fault."""
    return _Loader(definition).load()


class _Loader:
    """Reads a definition place by place and collects what is wrong."""

    def __init__(self, definition: Mapping[str, Any]) -> None:
        self.definition = definition
        self.faults: list[tuple[str, str, str]] = []
        self.known: set[str] = {"about"}

    def load(self) -> Profile:
        if not isinstance(self.definition, Mapping):
            raise ProfileError([("", "not_an_object", type(self.definition).__name__)])
        kind = self.choice("kind", tuple(SourceKind), None)
        values: dict[str, Any] = {
            "code": self.text("code", needed=True),
            "name": self.text("name", needed=True),
            "format": self.choice("format", FORMATS, None),
            "encoding": self.choice("encoding", ENCODINGS, "auto"),
            "delimiter": self.choice("delimiter", DELIMITERS, "auto"),
            "escape": self.choice("escape", ESCAPES, ""),
            "sheet": self.text("sheet"),
            "header": self.flag("header", unset=True),
            "unit": self.choice("unit", UNITS, 1),
            "variance": self.choice("variance", VARIANCES, VARIANCES[0]),
            "income": self.choice("income", INCOMES, INCOMES[0]),
            "cumulative": self.flag("cumulative", unset=True),
            "decimal_point": self.flag("decimal_point", unset=None),
            "extra_cells": self.choice("extra_cells", EXTRA_CELLS, "error"),
            "duplicates": self.choice("duplicates", DUPLICATES, "error"),
            "sum_words": self.words("sum_words", ("sum", "totalt", "total", "delsum")),
            "period": self.words("period", PERIOD_SOURCES, PERIOD_SOURCES),
            "period_kinds": self.words("period_kinds", PERIOD_KINDS, PERIOD_KINDS),
            "accounts": self.words("accounts", ()),
            "only": self.lists("only", kind),
            "types": self.lists("types", kind),
            "constants": self.pairs("constants", kind),
            "analysis": self.pairs("analysis", kind),
            "class_marks": self.pairs("class_marks", None),
            "columns": self.columns(kind),
            "tolerance": self.figure("tolerance"),
        }
        for name in self.definition.keys() - self.known:
            self.fault(str(name), "not_known")
        if self.faults:
            raise ProfileError(self.faults)
        return Profile(kind=SourceKind(kind), **values)

    def fault(self, place: str, code: str, text: object = "") -> None:
        self.faults.append((place, code, str(text)[:80]))

    def take(self, name: str, unset: Any = None) -> Any:
        self.known.add(name)
        return self.definition.get(name, unset)

    def text(self, name: str, *, needed: bool = False) -> str:
        value = self.take(name, "")
        if not isinstance(value, str) or (needed and not value.strip()):
            self.fault(name, "text_needed", value)
            return ""
        return value.strip()

    def choice(self, name: str, allowed: tuple[Any, ...], unset: Any) -> Any:
        value = self.take(name, unset)
        if isinstance(value, bool) or value not in allowed:
            self.fault(name, "not_a_choice", value)
            return unset
        return value

    def flag(self, name: str, *, unset: bool | None) -> bool | None:
        value = self.take(name, unset)
        if value is not None and not isinstance(value, bool):
            self.fault(name, "true_or_false", value)
        return value if isinstance(value, bool) else unset

    def figure(self, name: str) -> Decimal | None:
        value = self.take(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.fault(name, "whole_number_needed", value)
            return None
        return Decimal(value)

    def words(self, name: str, unset: tuple[str, ...], allowed: tuple[str, ...] | None = None) -> tuple[str, ...]:
        value = self.take(name, list(unset))
        if not _is_words(value):
            self.fault(name, "list_of_texts", value)
            return unset
        for word in value:
            if allowed is not None and word not in allowed:
                self.fault(name, "not_a_choice", word)
        return tuple(value)

    def lists(self, name: str, kind: str | None) -> dict[str, tuple[str, ...]]:
        content = self.mapping(name, kind)
        for key in [key for key, value in content.items() if not _is_words(value)]:
            self.fault(f"{name}.{key}", "list_of_texts", content.pop(key))
        return {key: tuple(value) for key, value in content.items()}

    def pairs(self, name: str, kind: str | None) -> dict[str, str]:
        content = self.mapping(name, kind)
        for key in [key for key, value in content.items() if not isinstance(value, str)]:
            self.fault(f"{name}.{key}", "text_needed", content.pop(key))
        return content

    def mapping(self, name: str, kind: str | None) -> dict[str, Any]:
        value = self.take(name, {})
        if not isinstance(value, Mapping):
            self.fault(name, "object_needed", value)
            return {}
        for key in value:
            if kind is not None and key not in FIELDS[kind]:
                self.fault(f"{name}.{key}", "no_such_field")
        return dict(value)

    def columns(self, kind: str | None) -> tuple[Column, ...]:
        content = self.mapping("columns", kind)
        seen: dict[str, str] = {}
        return tuple(self.one_column(name, value, seen) for name, value in content.items())

    def one_column(self, name: str, value: Any, seen: dict[str, str]) -> Column:
        place = f"columns.{name}"
        value = {"aliases": value} if isinstance(value, list) else value
        if not isinstance(value, Mapping) or value.keys() - {"aliases", "required", "pad", "at"}:
            self.fault(place, "column_not_understood", value)
            return Column(name)
        aliases, at, pad = value.get("aliases", []), value.get("at"), value.get("pad", 0)
        if not _is_words(aliases) or (not aliases and at is None):
            self.fault(place, "list_of_texts", aliases)
            aliases = []
        for alias in aliases:
            if seen.setdefault(plain(alias), name) != name:
                self.fault(place, "name_used_twice", alias)
        if at is not None and not _is_place(at):
            self.fault(place, "place_not_understood", at)
            at = None
        if isinstance(pad, bool) or not isinstance(pad, int) or not 0 <= pad <= 20:
            self.fault(place, "whole_number_needed", pad)
            pad = 0
        return Column(name, tuple(aliases), bool(value.get("required", False)), pad, tuple(at) if at else None)


def plain(heading: str) -> str:
    """A heading as it is compared: no spaces, points, line breaks or capitals, so that «Rev.  budsjett» is «rev budsjett»."""
    return _plain(heading) if len(heading) < _SHORT else _plain.__wrapped__(heading)


@lru_cache(maxsize=2000)
def _plain(heading: str) -> str:
    return "".join(character for character in heading.casefold() if character.isalnum() or character in "()%-+<>")


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word.strip() for word in value)


def _is_place(value: object) -> bool:
    if not isinstance(value, list) or len(value) != 2 or not all(type(each) is int for each in value):
        return False
    return 1 <= value[0] <= value[1] <= 10_000
