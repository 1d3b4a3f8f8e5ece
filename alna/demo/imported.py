"""The newest month comes in as files do: read, checked and saved by the house's own services. One more file waits for a person's
control, and one lies in a folder that the worker sweeps."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from django.conf import settings

import imports
from alna.demo.ledger import LedgerRow, ledger
from alna.demo.people import CONTROLLER
from alna.demo.plan import Plan, moment
from alna.demo.source_files import SourceFile, economy_file, production_file, sick_leave_file
from alna.demo.world import World, add_missing
from imports.importing.reading import read
from imports.models import Batch, Profile, Source
from imports.rules.states import BatchState, SourceKind, Way
from imports.services.batches import check, needed_for_saving, receive, save
from imports.services.telling import tell_leaders
from organisation.models import User
from reporting.models import Delivery, ReportingMonth
from reporting.services.printed import keep_printed

PROFILES = Path(imports.__file__).parent / "profiles"
WORKER = "demonstration"
# Code, name, kind, profile, working day on which the file is expected, saved without a person when all is well.
SOURCES = (
    ("ubw", "UBW budsjettoppfølging", SourceKind.ECONOMY, "ubw", 5, True),
    ("hr", "Lønns- og personalsystemet", SourceKind.SICK_LEAVE, "sick_leave_hr", 6, True),
    ("fagsystemer", "Fagsystemene", SourceKind.FIGURES, "figures", 6, False),
    ("undersokelser", "Publiserte undersøkelser", SourceKind.SURVEYS, "survey_published", None, False),
    ("sammenlikning", "Sammenlikningstall", SourceKind.BENCHMARKS, "benchmarks_csv", None, False),
)
# What a corrected file brings: two cost centres nobody knows, each with its rows and amount in kroner, and a sum that is wrong.
UNKNOWN = (("402150", "Hjemmetjenesten natt", 14, Decimal(412_000)), ("405310", "Prosjekt Lindeberg", 6, Decimal(186_500)))
WRONG_BY = Decimal(42_000)
CORRECTED = "budsjettoppfolging_{year}{month:02}_ny.csv"


def fill(world: World) -> None:
    """Profiles and sources, then the files of the newest month if they have not been read."""
    _profiles(world)
    add_missing(world, list(_sources(world)), "code")
    period = world.plan.last_closed
    if not Delivery.objects.filter(year=period.year, number=period.number).exists():
        now = world.plan.ready(period)
        for code, file in _files(world.plan):
            batch = _read(world, code, file, now)
            save(batch=batch, acknowledged=needed_for_saving(batch), actor=_controller(world), now=now, today=world.plan.today, read=read)
            world.count("batch", 1)
        if ReportingMonth.objects.filter(district=world.district, month=period.start, locked_at__isnull=False).exists():
            keep_printed(district=world.district, months=[period.start])


def tell(world: World) -> None:
    """Leaders hear that the figures are ready; each once."""
    period = world.plan.last_closed
    batch = Batch.objects.filter(source__code="hr", state=BatchState.SAVED, year=period.year, number=period.number).first()
    if batch is not None and batch.leaders_told_at is None:
        tell_leaders(batch=batch, actor=_controller(world), now=world.plan.ready(period).replace(hour=8), today=world.plan.today)


def wait(world: World) -> None:
    """While the month's reports are written, a corrected file waits for control and another lies in its folder."""
    plan, period = world.plan, world.plan.last_closed
    if not plan.is_in_progress(period) or not plan.has_begun(period):
        return
    name = CORRECTED.format(year=period.year, month=period.number)
    if not Batch.objects.filter(file_name=name).exists():
        _read(world, "ubw", _corrected(plan, name), moment(plan.today, 7, 12))
        world.count("batch", 1)
    folder = Path(settings.INBOX) / "fagsystemer"
    file = production_file(plan, period)
    path = folder / f"ny_{file.name}"
    if not path.exists() and not Batch.objects.filter(file_name=path.name).exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data.replace(b";endelig", b";forel\xc3\xb8pig", 1))


def _profiles(world: World) -> None:
    """Every built-in profile as a row."""
    rows = []
    for path in sorted(PROFILES.glob("*.json")):
        definition = json.loads(path.read_text(encoding="utf-8"))
        rows.append(Profile(code=definition["code"], name=definition["name"], kind=definition["kind"], definition=definition))
    add_missing(world, rows, "code")


def _sources(world: World) -> Iterator[Source]:
    profiles = {profile.code: profile for profile in Profile.objects.all()}
    for code, name, kind, profile, workday, by_itself in SOURCES:
        yield Source(
            code=code,
            name=name,
            kind=kind,
            district=world.district,
            profile=profiles[profile],
            folder=code,
            expected_workday=workday,
            saves_by_itself=by_itself,
        )


def _files(plan: Plan) -> Iterator[tuple[str, SourceFile]]:
    period = plan.last_closed
    yield "ubw", economy_file(plan, period)
    yield "hr", sick_leave_file(plan, period)
    yield "fagsystemer", production_file(plan, period)


def _read(world: World, code: str, file: SourceFile, now: datetime) -> Batch:
    source = Source.objects.select_related("district", "profile").get(code=code)
    actor = _controller(world)
    batch = receive(source=source, data=BytesIO(file.data), file_name=file.name, way=Way.BROWSER, actor=actor, now=now)
    return check(batch=batch, worker=WORKER, now=now, today=world.plan.today, read=read)


def _controller(world: World) -> User:
    return world.people[CONTROLLER]


def _corrected(plan: Plan, name: str) -> SourceFile:
    """The month's file once more, with what was booked on new cost centres, and a variance that somebody typed."""
    period = plan.last_closed
    entries = [*ledger(plan, period), *_unknown()]
    file = economy_file(plan, period, entries, name)
    head, total = file.data.decode("cp1252").rstrip("\r\n").rsplit("\r\n", 1)
    fields = total.split(";")
    variance = sum((entry.budget - entry.actual for entry in entries), Decimal(0)) + WRONG_BY
    fields[-2] = f"{abs(variance):,.2f}".replace(",", " ").replace(".", ",") + ("-" if variance < 0 else "")
    return replace(file, data=f"{head}\r\n{';'.join(fields)}\r\n".encode("cp1252"))


def _unknown() -> Iterator[LedgerRow]:
    for code, _name, count, amount in UNKNOWN:
        each = (amount / count).quantize(Decimal("0.01"))
        for number in range(count):
            actual = amount - each * (count - 1) if number == 0 else each
            account = f"1{['010', '020', '109', '115', '120', '117'][number % 6]}{number // 6 + 1}"
            zero = Decimal(0)
            yield LedgerRow(code[:3], account, "Ny konto", "254", "", zero, zero, zero, actual, code)
