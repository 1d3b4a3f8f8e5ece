"""A district in September 2026, with ledgers and reports: what the director looks at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from organisation.models import Unit, User
from organisation.rules.access import Role
from reporting.models import MonthlyReport
from reporting.rules.kinds import ReportState as S
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.reporting import BalanceFactory, FunctionAreaFactory, MonthlyReportFactory

SEPTEMBER, AUGUST = date(2026, 9, 1), date(2026, 8, 1)
DAY = date(2026, 10, 12)

# Code, area, and in 1000 kr: budget of the year, budget to date, actual to date, expected variance. Domain handbook, 5.2.
ALNA = [
    ("101", "FO2A", 29000, 21605, 21735, -150),
    ("102", "FO2A", 28200, 21009, 21303, -400),
    ("103", "FO2A", 27400, 20413, 20331, 0),
    ("104", "FO2A", 28600, 21307, 21073, 200),
    ("105", "FO2A", 29800, 22201, 22245, 0),
    ("106", "FO2A", 27800, 20711, 20525, 150),
    ("107", "FO2A", 21700, 16166, 15810, 400),
    ("201", "FO2A", 27500, 20625, 20316, 300),
    ("202", "FO2B", 112000, 84000, 87864, -6500),
    ("203", "FO2B", 31500, 23468, 22670, 900),
    ("204", "FO2B", 19500, 14430, 14315, 100),
    ("301", "FO4", 96000, 72000, 73944, -3000),
    ("302", "FO1", 16500, 12375, 12140, 300),
    ("401", "FO3", 236000, 177000, 178593, -2200),
    ("402", "FO3", 68000, 50660, 52130, -1500),
    ("403", "FO3", 21000, 15645, 15551, 100),
    ("404", "FO3", 46500, 34642, 35266, -700),
    ("405", "FO3", 63000, 46935, 47123, 0),
    ("406", "FO3", 29500, 21978, 21714, 250),
    ("407", "FO3", 11500, 8568, 8225, 350),
    ("501", "FO1", 14500, 10585, 10045, 500),
    ("502", "FO1", 9000, 6750, 6797, 0),
    ("900", "FO1", 25500, 18998, 17858, 1200),
]


@dataclass(frozen=True)
class World:
    """A district with its units by code, and the people who read and decide."""

    district: Unit
    units: Mapping[str, Unit]
    director: User
    controller: User

    def report(self, code: str, month: date = SEPTEMBER) -> MonthlyReport:
        return MonthlyReport.objects.get(unit=self.units[code], month=month)

    def leader(self, code: str) -> User:
        return person(Role.UNIT_LEADER, self.units[code])


def a_district(codes: Iterable[str] = ("401", "402", "403", "404"), states: Mapping[str, S] | None = None) -> World:
    """These units of Alna with their ledgers, and delivered reports where `states` says nothing else."""
    district = DistrictFactory()
    units: dict[str, Unit] = {}
    for code, area, revised, budget, actual, variance in ALNA:
        if code not in set(codes):
            continue
        FunctionAreaFactory(code=area, first_year=2004)
        kind = Unit.Kind.STAFF_UNIT if code == "900" else Unit.Kind.RESULT_UNIT
        units[code] = UnitFactory(code=f"{district.code}-{code}", name=f"Enhet {code}", kind=kind, parent=district)
        amounts = {"original": revised, "revised": revised, "budget": budget, "actual": actual}
        kroner = {name: Decimal(1000 * amount) for name, amount in amounts.items()}
        BalanceFactory(unit=units[code], district=district, area=area, month=SEPTEMBER, **kroner)
        state = (states or {}).get(code, S.DELIVERED)
        if state != S.NOT_STARTED:
            MonthlyReportFactory(unit=units[code], month=SEPTEMBER, state=state, forecast=Decimal(1000 * (revised - variance)))
    return World(district, units, person(Role.DIRECTOR, district), person(Role.CONTROLLER, district))
