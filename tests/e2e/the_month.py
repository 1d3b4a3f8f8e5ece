"""October of the demonstration: the month's files where other systems put them, and what beat does with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from pytest_django.fixtures import Settings

from alna.demo import initiatives
from alna.demo.ledger import LedgerRow, ledger
from alna.demo.plan import Plan
from alna.demo.source_files import SourceFile, economy_file, production_file, sick_leave_file
from alna.due import run_all
from common.oslo import OSLO
from common.periods import Period
from organisation.models import Unit
from reporting.queries.economy import economies
from reporting.rules.kinds import ForecastMethod
from reporting.services import reports
from tests.e2e.demonstration import YEAR, named

OCTOBER = Period.month(YEAR, 10)
# The sixth working day of November: both of the month's files are expected by then.
TENTH = date(YEAR, 11, 10)
MORNING = datetime(YEAR, 11, 10, 8, 5, tzinfo=OSLO)
RED, TEMPORARY_STAFF, TOO_MUCH = "101", "10201", Decimal(900_000)
MONTH = f"{YEAR}-10"
LIST = f"/rapportering/godkjenning/alna/{MONTH}/"


def put_files(inbox: Path) -> None:
    """The ledger, in which one unit has spent far too much on temporary staff, sick leave, and production figures."""
    plan = Plan(TENTH, YEAR)
    entries = [_dearer(entry) for entry in ledger(plan, OCTOBER)]
    files = {
        "ubw": economy_file(plan, OCTOBER, entries),
        "hr": sick_leave_file(plan, OCTOBER),
        "fagsystemer": _with_initiatives(production_file(plan, OCTOBER), plan),
    }
    for folder, file in files.items():
        (inbox / folder).mkdir(parents=True)
        (inbox / folder / file.name).write_bytes(file.data)


def _dearer(entry: LedgerRow) -> LedgerRow:
    if (entry.unit, entry.account) == (RED, TEMPORARY_STAFF):
        return replace(entry, actual=entry.actual + TOO_MUCH)
    return entry


def _with_initiatives(file: SourceFile, plan: Plan) -> SourceFile:
    """All units but one have counted their initiatives elsewhere; that one is asked in its report."""
    rows = [
        f"{figure.unit};{figure.indicator};{OCTOBER.code};{figure.numerator};{figure.denominator};;endelig\r\n"
        for figure in initiatives.figures(plan)
        if figure.period == OCTOBER and figure.unit != RED
    ]
    return replace(file, data=file.data + "".join(rows).encode())


def beat() -> dict[str, int]:
    """What beat asks for until the morning is over: how many things each job did."""
    return dict(run_all(MORNING, TENTH))


def october_begins(settings: Settings, inbox: Path) -> None:
    """It is the tenth of November, and the files lie in their folders."""
    settings.ALNA_TODAY = TENTH
    settings.INBOX = inbox
    put_files(inbox)


def deliver(code: str, leader: str, *, forecast: Decimal | None = None, **texts: object) -> None:
    """A unit's report, sent by its leader: as budgeted, or with a forecast in kroner and what it says of it."""
    unit, actor = Unit.objects.get(code=code), named(leader)
    given = {"actor": actor, "now": MORNING}
    report = reports.open_report(unit=unit, month=OCTOBER.start, today=TENTH, **given)
    method = ForecastMethod.BUDGET if forecast is None else ForecastMethod.OWN
    amount = forecast if forecast is not None else _budget(unit)
    fields = {"method": method.value, "forecast": amount, **texts}
    report = reports.save_fields(report=report, fields=fields, version=None, **given)
    reports.submit_report(report=report, today=TENTH, **given)


def _budget(unit: Unit) -> Decimal:
    amount = economies(unit_ids=[unit.pk], month=OCTOBER.start)[unit.pk].ordinary.revised
    assert amount is not None
    return amount
