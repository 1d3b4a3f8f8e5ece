"""JSON-stat 2 as benchmark rows: a cube whose dimensions are area, time, what is measured, and others."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

from common.periods import InvalidPeriod, Period, parse_period_text
from common.uploads import UnreadableFile
from imports.rules.context import Refused
from imports.rules.findings import Findings
from imports.rules.profile import Profile, plain
from imports.rules.rows import BenchmarkRow, Row, Sink

_MAX_BYTES = 20_000_000
_MAX_VALUES = 500_000
_ROLES = {"area": "geo", "period": "time", "indicator": "metric"}


@dataclass(frozen=True)
class Dimension:
    """One side of the cube: its name and its codes in order."""

    name: str
    codes: tuple[str, ...]


def read_jsonstat(path: Path, profile: Profile, findings: Findings, sink: Sink | None) -> None:
    """Give every cell of the cube that has a value. Raises UnreadableFile: too_large, damaged, too_deep, wrong_format; Refused."""
    data = _loaded(path)
    dimensions = _dimensions(data)
    values = data.get("value")
    roles = _roles(data, dimensions, profile)
    if "period" not in roles:
        raise Refused("no_header", missing="period")
    count = prod(len(dimension.codes) for dimension in dimensions)
    if count > _MAX_VALUES:
        raise Refused("too_many_rows", limit=_MAX_VALUES)
    if not isinstance(values, (list, dict)) or (isinstance(values, list) and len(values) != count):
        raise UnreadableFile("damaged", "the values do not fill the cube")
    rows: list[Row] = []
    for place, codes in enumerate(product(*(dimension.codes for dimension in dimensions))):
        findings.lines += 1
        value = values[place] if isinstance(values, list) else values.get(str(place))
        row = _row(place + 1, dict(zip((each.name for each in dimensions), codes, strict=True)), value, roles, profile, findings)
        if row is not None:
            rows.append(row)
    findings.rows = len(rows)
    findings.columns = dict(roles)
    findings.first_rows = [[dimension.name for dimension in dimensions]]
    if sink is not None and rows:
        sink.write_many(rows)


def _row(place: int, codes: dict[str, str], value: object, roles: dict[str, str], profile: Profile, findings: Findings) -> Row | None:
    if value is None:
        findings.skip("blank", place)
        return None
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        findings.add("not_an_amount", row=place, text=str(value))
        return None
    period = _period(codes[roles["period"]])
    if period is None:
        findings.add("period_not_read", row=place, text=codes[roles["period"]])
        return None
    area = codes.get(roles.get("area", ""), profile.constants.get("area", ""))
    rest = [code for name, code in codes.items() if name not in {roles.get("area"), roles["period"]}]
    indicator = profile.constants.get("indicator") or ":".join(rest)
    return BenchmarkRow(place, indicator, area, period, Decimal(value), None, None)


def _period(code: str) -> Period | None:
    try:
        return parse_period_text(code.replace("M", "-") if code[4:5] == "M" else code)
    except InvalidPeriod:
        return None


def _loaded(path: Path) -> dict[str, Any]:
    if path.stat().st_size > _MAX_BYTES:
        raise UnreadableFile("too_large", f"{path.stat().st_size} bytes")
    try:
        data = json.loads(path.read_bytes(), parse_float=Decimal, parse_constant=_no_constant)
    except RecursionError as error:
        raise UnreadableFile("too_deep") from error
    except ValueError as error:
        raise UnreadableFile("damaged", str(error)) from error
    if isinstance(data, dict) and isinstance(data.get("dataset"), dict):
        data = data["dataset"]
    if not isinstance(data, dict) or not isinstance(data.get("dimension"), dict):
        raise UnreadableFile("wrong_format", "no JSON-stat")
    return data


def _dimensions(data: Mapping[str, Any]) -> list[Dimension]:
    about = data["dimension"]
    names = data.get("id", about.get("id"))
    if not isinstance(names, list) or not all(isinstance(name, str) and isinstance(about.get(name), dict) for name in names):
        raise UnreadableFile("damaged", "dimensions without names")
    return [Dimension(name, _codes(about[name])) for name in names]


def _codes(dimension: Mapping[str, Any]) -> tuple[str, ...]:
    category = dimension.get("category", {})
    index = category.get("index") if isinstance(category, dict) else None
    if isinstance(index, dict) and all(type(place) is int for place in index.values()):
        return tuple(sorted(index, key=lambda code: index[code]))
    if isinstance(index, list):
        return tuple(map(str, index))
    labels = category.get("label") if isinstance(category, dict) else None
    if isinstance(labels, dict) and len(labels) == 1:
        return tuple(labels)
    raise UnreadableFile("damaged", "a dimension without codes")


def _roles(data: Mapping[str, Any], dimensions: list[Dimension], profile: Profile) -> dict[str, str]:
    """Field -> dimension: by the role the file gives it, else by one of the profile's names."""
    given = data.get("role", data["dimension"].get("role"))
    given = given if isinstance(given, dict) else {}
    names = {plain(dimension.name): dimension.name for dimension in dimensions}
    found: dict[str, str] = {}
    for field, role in _ROLES.items():
        column = profile.column(field)
        said = given.get(role)
        if isinstance(said, list) and said and said[0] in names.values():
            found[field] = said[0]
        elif column is not None:
            name = next((names[plain(alias)] for alias in column.aliases if plain(alias) in names), None)
            if name is not None:
                found[field] = name
    return found


def _no_constant(text: str) -> None:
    raise ValueError(f"{text} is no figure")
