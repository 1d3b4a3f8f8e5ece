"""Files that were taken in, kept as they came below the data folder."""

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from imports.models import Batch

_BLOCK = 1 << 20
_LONGEST_ENDING = 10


class TooLarge(Exception):
    """The file is larger than the installation takes. Nothing of it is kept."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"over {limit} bytes")
        self.limit = limit


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that now lies below the data folder."""

    stored_as: str
    sha256: str
    size: int


def keep(data: BinaryIO, file_name: str, limit: int) -> KeptFile:
    """Copies the file under a name of its own, block by block. Raises TooLarge."""
    folder = settings.IMPORT_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    name = uuid.uuid4().hex + _ending(file_name)
    digest, size, path = hashlib.sha256(), 0, folder / name
    try:
        with path.open("xb") as target:
            for block in _blocks(data):
                size += len(block)
                if size > limit:
                    raise TooLarge(limit)
                digest.update(block)
                target.write(block)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return KeptFile(str(path.relative_to(settings.DATA_DIR)), digest.hexdigest(), size)


def path_of(batch: Batch) -> Path:
    """Where the kept file lies."""
    path: Path = settings.DATA_DIR / batch.stored_as
    return path


def forget(stored_as: str) -> None:
    """Removes a kept file: it must not be read, or nothing came of it."""
    if stored_as:
        (settings.DATA_DIR / stored_as).unlink(missing_ok=True)


def _blocks(data: BinaryIO) -> Iterator[bytes]:
    while block := data.read(_BLOCK):
        yield block


def _ending(file_name: str) -> str:
    ending = Path(file_name).suffix.lower()
    plain = ending[1:].isascii() and ending[1:].isalnum()
    return ending if plain and len(ending) <= _LONGEST_ENDING else ""
