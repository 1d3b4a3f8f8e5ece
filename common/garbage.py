"""Work that makes many objects and no circles among them is done without the search for such circles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class _Pauses:
    """The collector is one for the whole process, and so are those who pause it."""

    def __init__(self) -> None:
        self.lock, self.number, self.was_on = Lock(), 0, False


_pauses = _Pauses()


@contextmanager
def collection_paused() -> Iterator[None]:
    """No search for circles of objects while this lasts, in any thread; the last one to leave turns it on again.

    A reader makes some ten thousand lists for a block of rows, all of them gone by counting when the next block comes. The collector
    is called for by their number and finds nothing: of reading a workbook that is a fifth.
    """
    with _pauses.lock:
        if _pauses.number == 0:
            _pauses.was_on = gc.isenabled()
            gc.disable()
        _pauses.number += 1
    try:
        yield
    finally:
        with _pauses.lock:
            _pauses.number -= 1
            if _pauses.number == 0 and _pauses.was_on:
                gc.enable()
