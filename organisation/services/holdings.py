"""What a unit has for a time: service sites, cost centre codes, full-time equivalents."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from organisation.models import CostCentre, ServiceSite, Staffing, Unit, User
from organisation.rules.refusals import NothingChanges, UnitOutsideLife
from organisation.rules.validity import is_valid, overlaps
from organisation.services import audit
from organisation.services.versions import begin, claim_unit


@dataclass(eq=False)
class CodeHeldByOther(Exception):
    """A cost centre belongs to one unit at a time."""

    code: str
    unit: str
    unit_id: int
    valid_from: date
    valid_to: date | None


@dataclass(eq=False)
class SiteAlreadyThere(Exception):
    """The unit has a site of this name in the period."""

    name: str


@dataclass(eq=False)
class EndsBeforeStart(Exception):
    """The last day comes before the first."""

    valid_from: date


@transaction.atomic
def add_site(*, unit: Unit, name: str, valid_from: date, valid_to: date | None, version: int, actor: User | None) -> ServiceSite:
    """A place where the unit gives its service. Raises StaleVersion, UnitOutsideLife, SiteAlreadyThere."""
    claim_unit(unit, version)
    _within_life(unit, valid_from, valid_to)
    same = ServiceSite.objects.filter(unit=unit, name=name)
    if any(overlaps((valid_from, valid_to), (row.valid_from, row.valid_to)) for row in same):
        raise SiteAlreadyThere(name)
    site = ServiceSite.objects.create(unit=unit, name=name, valid_from=valid_from, valid_to=valid_to or unit.valid_to)
    audit.record(actor=actor, action="site.added", target=site, unit=unit, details={"from": valid_from, "to": valid_to})
    return site


@transaction.atomic
def end_site(*, site: ServiceSite, last_day: date, version: int, actor: User | None) -> None:
    """The site has its last day. Raises StaleVersion, EndsBeforeStart, UnitOutsideLife, NothingChanges (no earlier than before)."""
    claim_unit(site.unit, version)
    _end(site, last_day)
    audit.record(actor=actor, action="site.ended", target=site, unit=site.unit, details={"to": last_day})


@transaction.atomic
def add_cost_centre(*, unit: Unit, code: str, valid_from: date, valid_to: date | None, version: int, actor: User | None) -> CostCentre:
    """The unit answers for this code. Raises StaleVersion, UnitOutsideLife, CodeHeldByOther (by whom and when)."""
    begin()  # codes are one list for all units
    claim_unit(unit, version)
    _within_life(unit, valid_from, valid_to)
    for row in CostCentre.objects.filter(code=code).select_related("unit"):
        if overlaps((valid_from, valid_to), (row.valid_from, row.valid_to)):
            raise CodeHeldByOther(code, str(row.unit), row.unit_id, row.valid_from, row.valid_to)
    centre = CostCentre.objects.create(unit=unit, code=code, valid_from=valid_from, valid_to=valid_to or unit.valid_to)
    audit.record(actor=actor, action="cost_centre.added", target=centre, unit=unit, details={"from": valid_from, "to": valid_to})
    return centre


@transaction.atomic
def end_cost_centre(*, centre: CostCentre, last_day: date, version: int, actor: User | None) -> None:
    """The unit answers for the code until that day. Raises as `end_site`."""
    claim_unit(centre.unit, version)
    _end(centre, last_day)
    audit.record(actor=actor, action="cost_centre.ended", target=centre, unit=centre.unit, details={"to": last_day})


@transaction.atomic
def set_staffing(*, unit: Unit, fte: Decimal, valid_from: date, version: int, actor: User | None) -> Staffing:
    """Full-time equivalents from that day on. Raises StaleVersion, UnitOutsideLife, NothingChanges."""
    claim_unit(unit, version)
    _within_life(unit, valid_from, None)
    before = Staffing.objects.filter(unit=unit, valid_from__lte=valid_from).order_by("-valid_from").first()
    if before is not None and before.fte == fte:
        raise NothingChanges
    row, _made = Staffing.objects.update_or_create(unit=unit, valid_from=valid_from, defaults={"fte": fte})
    details = {"before": before.fte if before else None, "after": fte, "from": valid_from}
    audit.record(actor=actor, action="staffing.set", target=unit, unit=unit, details=details)
    return row


def _within_life(unit: Unit, first: date, last: date | None) -> None:
    for day in (first, last or first):
        if not is_valid(day, unit.valid_from, unit.valid_to):
            raise UnitOutsideLife(str(unit), day, unit.valid_from, unit.valid_to)


def _end(row: ServiceSite | CostCentre, last_day: date) -> None:
    if last_day < row.valid_from:
        raise EndsBeforeStart(row.valid_from)
    if row.valid_to is not None and last_day >= row.valid_to:
        raise NothingChanges
    _within_life(row.unit, last_day, None)
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
