"""Bydel Alna: 22 result units and the staff, kindergartens, former departments and old names."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from alna.demo.data_files import rows
from alna.demo.world import World, add_missing
from organisation.models import CostCentre, ParentLink, ServiceSite, Staffing, Unit, UnitName
from organisation.queries.tree import mark_changed

FOUNDED = date(2004, 1, 1)
DISTRICT = "alna"


def fill(world: World) -> None:
    """Units first, then everything that hangs on them."""
    before = sum(world.added.values())
    add_missing(world, _units(), "code")
    world.units = {unit.code: unit for unit in Unit.objects.all()}
    add_missing(world, _names(world), "unit_id", "valid_from")
    add_missing(world, _links(world), "unit_id", "valid_from")
    add_missing(world, _sites(world), "unit_id", "name", "valid_from")
    add_missing(world, _cost_centres(world), "code", "valid_from")
    add_missing(world, _staffing(world), "unit_id", "valid_from")
    if sum(world.added.values()) != before:
        mark_changed()


def _units() -> Iterator[Unit]:
    yield Unit(code=DISTRICT, name="Bydel Alna", kind=Unit.Kind.DISTRICT, valid_from=FOUNDED)
    for row in rows("units"):
        yield Unit(code=row["code"], name=row["name"], kind=row["kind"], valid_from=FOUNDED)
    for row in rows("former_units"):
        yield Unit(
            code=row["code"], name=row["name"], kind=Unit.Kind.SUB_UNIT, valid_from=_day(row["valid_from"]), valid_to=_day(row["valid_to"])
        )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _names(world: World) -> Iterator[UnitName]:
    named = {row["code"] for row in rows("unit_names")}
    for row in rows("unit_names"):
        ends = _day(row["valid_to"]) if row["valid_to"] else None
        yield UnitName(unit=world.units[row["code"]], name=row["name"], valid_from=_day(row["valid_from"]), valid_to=ends)
    for code in _codes():
        if code not in named:
            unit = world.units[code]
            yield UnitName(unit=unit, name=unit.name, valid_from=unit.valid_from, valid_to=unit.valid_to)


def _codes() -> list[str]:
    """The demonstration's own units; an administrator may have added others."""
    return [DISTRICT, *(row["code"] for row in rows("units")), *(row["code"] for row in rows("former_units"))]


def _links(world: World) -> Iterator[ParentLink]:
    parents = {row["code"]: row["parent"] for row in rows("former_units")}
    for code in _codes():
        if code != DISTRICT:
            unit = world.units[code]
            parent = world.units[parents.get(code, DISTRICT)]
            yield ParentLink(unit=unit, parent=parent, valid_from=unit.valid_from, valid_to=unit.valid_to)


def _sites(world: World) -> Iterator[ServiceSite]:
    for row in rows("sites"):
        unit = world.units[row["unit"]]
        yield ServiceSite(unit=unit, name=row["name"], valid_from=FOUNDED)


def _cost_centres(world: World) -> Iterator[CostCentre]:
    for row in rows("units"):
        unit = world.units[row["code"]]
        yield CostCentre(code=f"{unit.code}100", unit=unit, valid_from=FOUNDED)
    for row in rows("cost_centres"):
        yield CostCentre(code=row["code"], unit=world.units[row["unit"]], valid_from=FOUNDED)


def _staffing(world: World) -> Iterator[Staffing]:
    for row in rows("units"):
        yield Staffing(unit=world.units[row["code"]], fte=Decimal(row["fte"]), valid_from=FOUNDED)
