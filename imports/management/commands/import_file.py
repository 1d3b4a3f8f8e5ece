"""`manage.py import_file SOURCE PATH`: the way a file takes in the browser, for scripts. Without --commit nothing is kept."""

import json
import re
from argparse import ArgumentTypeError
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from common.clock import today
from imports.importing.reading import read
from imports.models import Batch, Profile, Source
from imports.rules.profile import ProfileError, load_profile
from imports.rules.states import BatchState, Way
from imports.services.batches import FindingsChanged, NotAccepted, NotSaveable, TooLarge, check, needed_for_saving, receive, save
from imports.services.documents import document_of, lines_of
from imports.services.files import forget

REFUSED, WRONG_ARGUMENT = 1, 2
BUILT_IN = Path(__file__).resolve().parent.parent.parent / "profiles"
WORKER = "import_file"
GOOD = (BatchState.CHECKED, BatchState.SAVED, BatchState.SAME)


def period_of(text: str) -> tuple[int, int]:
    """2026-09, or 2026-13 for the closing of the year."""
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
    if not found or not 1 <= int(found[2]) <= 15:
        raise ArgumentTypeError(f"{text!r} is not a period; write it as 2026-09")
    return int(found[1]), int(found[2])


class Command(BaseCommand):
    help = "Reads a file and says what is in it; with --commit it is saved, all of it or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", help="code of the source, as below «Import»")
        parser.add_argument("path", type=Path)
        parser.add_argument("--profile", help="code of a profile, or a profile file; otherwise the source's own")
        parser.add_argument("--period", type=period_of, metavar="2026-09", help="the period, where the file does not say it")
        parser.add_argument("--commit", action="store_true", help="save it")
        parser.add_argument("--accept", action="store_true", help="also where control sums differ or amounts have no unit")
        parser.add_argument("--json", action="store_true", help="as JSON instead of lines of text")

    def handle(self, *args: Any, **options: Any) -> None:
        source = Source.objects.select_related("district", "profile").filter(code=options["source"]).first()
        if source is None:
            known = ", ".join(Source.objects.values_list("code", flat=True)) or "none"
            raise CommandError(f"There is no source {options['source']!r}. Known: {known}.", returncode=WRONG_ARGUMENT)
        if not options["path"].is_file():
            raise CommandError(f"There is no file {options['path']}.", returncode=WRONG_ARGUMENT)
        definition = _definition(options["profile"]) if options["profile"] else None
        batch = _way(source, definition, options)
        document = document_of(batch, needed=needed_for_saving(batch) if batch.findings else ())
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) if options["json"] else lines_of(document))
        if not _is_good(batch, document, commit=options["commit"]):
            raise CommandError("The file was not saved." if options["commit"] else "The file cannot be saved as it is.", returncode=REFUSED)


def _definition(wanted: str) -> Mapping[str, Any]:
    """A profile of the database, a built-in one, or a file. Every fault of a file is named."""
    row = Profile.objects.filter(code=wanted).first()
    if row is not None:
        definition: Mapping[str, Any] = row.definition
        return definition
    path = BUILT_IN / f"{wanted}.json" if re.fullmatch(r"[a-z0-9_]+", wanted) else Path(wanted)
    try:
        definition = json.loads(path.read_text(encoding="utf-8"))
        load_profile(definition)
    except OSError as error:
        raise CommandError(f"There is no profile {wanted!r}, and no such file.", returncode=WRONG_ARGUMENT) from error
    except ValueError as error:
        raise CommandError(f"{path} is not JSON: {error}.", returncode=WRONG_ARGUMENT) from error
    except ProfileError as error:
        faults = "\n".join(f"  {place or 'profile'}: {code} {text}".rstrip() for place, code, text in error.faults)
        raise CommandError(f"{path} cannot be used:\n{faults}", returncode=WRONG_ARGUMENT) from error
    return definition


def _way(source: Source, definition: Mapping[str, Any] | None, options: Mapping[str, Any]) -> Batch:
    if options["commit"]:
        return _saved(_checked(source, definition, options), accept=options["accept"])
    with transaction.atomic():
        batch = _checked(source, definition, options)
        forget(batch.stored_as)
        transaction.set_rollback(True)
    return batch


def _checked(source: Source, definition: Mapping[str, Any] | None, options: Mapping[str, Any]) -> Batch:
    path, now = options["path"], timezone.now()
    try:
        batch = receive(
            source=source,
            data=path,
            file_name=path.name,
            way=Way.COMMAND,
            actor=None,
            now=now,
            period=options["period"],
            definition=definition,
        )
    except TooLarge as error:
        raise CommandError(f"{path} is larger than {error.limit // 1_000_000} MB.", returncode=REFUSED) from error
    return check(batch=batch, worker=WORKER, now=now, today=today(), read=read)


def _saved(batch: Batch, *, accept: bool) -> Batch:
    if batch.state != BatchState.CHECKED:
        return batch
    accepted = needed_for_saving(batch) if accept else ()
    try:
        return save(batch=batch, acknowledged=accepted, actor=None, now=timezone.now(), today=today(), read=read, worker=WORKER)
    except (NotSaveable, NotAccepted, FindingsChanged):
        batch.refresh_from_db()
        return batch


def _is_good(batch: Batch, document: Mapping[str, Any], *, commit: bool) -> bool:
    if batch.state not in GOOD or document["errors"]:
        return False
    return not commit or batch.state in (BatchState.SAVED, BatchState.SAME)
