"""Files that other systems put into folders: each is taken once, and ends in `done` or `rejected` with a report beside it."""

import os
import time
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from imports.models import Batch, Source
from imports.rules.states import BatchState, Way
from imports.services.batches import TooLarge, receive
from imports.services.folder_reports import report_of, too_large_report

DONE, REJECTED = "done", "rejected"
# Files on their way; a name that begins with a point is looked at by nobody else.
TAKEN = ".taken"
_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart", "~")
# In bytes. A folder takes 255, and what is put around a name needs some of them.
_LONGEST_NAME = 180
_LEFT_AFTER = timedelta(minutes=5)
_ENDED = {
    **dict.fromkeys((BatchState.SAVED, BatchState.SAME, BatchState.CHECKED, BatchState.ROLLED_BACK), DONE),
    **dict.fromkeys((BatchState.REFUSED, BatchState.REJECTED), REJECTED),
}


def sweep_folders(*, now: datetime) -> int:
    """Takes in what lies ready in the folders of all sources in use; how many files.

    Whoever renames a file first has it, so two sweeps never take the same. A file somebody took and then was stopped is taken again.
    """
    sources = list(Source.objects.filter(is_active=True).select_related("district", "profile").order_by("pk"))
    for source in sources:
        _make(_folder(source))
    ready = [(source, path) for source in sources for path in _waiting(_folder(source))]
    taken = sum(_take_in(source, path, now) for source, path in _settled(ready))
    return taken + sum(_take_in(source, path, now) for source in sources for path in _left(_folder(source)))


def tidy_folders(*, now: datetime) -> int:
    """Moves files whose way is at its end to `done` or `rejected`; how many. A file waiting for a person's control is done here."""
    moved = 0
    for batch in Batch.objects.filter(way=Way.FOLDER).exclude(folder_name="").select_related("source"):
        where = _ENDED.get(BatchState(batch.state))
        if where is not None:
            folder = _folder(batch.source)
            _put_away(folder / TAKEN / batch.folder_name, folder / where, batch.file_name, report_of(batch), now)
            Batch.objects.filter(pk=batch.pk).update(folder_name="")
            moved += 1
    return moved


def _folder(source: Source) -> Path:
    inbox: Path = settings.INBOX
    return inbox / Path(source.folder).name


def _make(folder: Path) -> None:
    for name in (DONE, REJECTED, TAKEN):
        (folder / name).mkdir(parents=True, exist_ok=True)


def _waiting(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        name = path.name.lower()
        if path.is_file() and not path.is_symlink() and not name.startswith((".", "~")) and not name.endswith(_UNFINISHED):
            yield path


def _settled(ready: list[tuple[Source, Path]]) -> list[tuple[Source, Path]]:
    """Those whose size and time stand still: another system may still be writing."""
    first = {path: _look(path) for _source, path in ready}
    if ready:
        time.sleep(settings.INBOX_SETTLE_SECONDS)
    return [(source, path) for source, path in ready if first[path] is not None and first[path] == _look(path)]


def _look(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return (found.st_size, found.st_mtime_ns) if found.st_size else None


def _left(folder: Path) -> Iterator[Path]:
    """Files that somebody took and never wrote down, since it was stopped between the two."""
    known = set(Batch.objects.filter(way=Way.FOLDER).exclude(folder_name="").values_list("folder_name", flat=True))
    oldest = time.time() - _LEFT_AFTER.total_seconds()
    for path in sorted((folder / TAKEN).iterdir()):
        if path.name not in known and path.is_file() and path.stat().st_ctime < oldest:
            yield path


def _take_in(source: Source, path: Path, now: datetime) -> int:
    """1 where the file became a batch, 0 where somebody else was first or it is too large."""
    folder = _folder(source)
    name = _plain(path.name.split("__", 1)[-1] if path.parent.name == TAKEN else path.name)
    taken = folder / TAKEN / f"{uuid.uuid4().hex}__{name}"
    try:
        path.rename(taken)
    except FileNotFoundError:
        return 0
    os.utime(taken)
    try:
        receive(source=source, data=taken, file_name=name, way=Way.FOLDER, actor=None, now=now, folder_name=taken.name)
    except TooLarge as error:
        _put_away(taken, folder / REJECTED, name, too_large_report(name, error.limit), now)
        return 0
    return 1


def _plain(name: str) -> str:
    """A name that leaves room for what is put around it, and that a database takes: one odd file must not stop all the others."""
    text = name.encode("utf-8", "replace").decode()
    if len(text.encode()) <= _LONGEST_NAME:
        return text
    ending = Path(text).suffix[-10:].encode()
    return text.encode()[: _LONGEST_NAME - len(ending)].decode("utf-8", "ignore") + ending.decode("utf-8", "ignore")


def _put_away(path: Path, folder: Path, name: str, report: str, now: datetime) -> None:
    """The file under its own name with the time before it; the report beside it says what became of it."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{now:%Y%m%d-%H%M%S}-{name}"
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{now:%Y%m%d-%H%M%S}-{number}-{name}"
    target.with_name(target.name + ".txt").write_text(report, encoding="utf-8")
    if path.exists():
        path.rename(target)
