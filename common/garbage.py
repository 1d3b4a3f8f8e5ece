"""Work that makes many objects and no circles among them is done without the search for such circles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_pauses = 0
_was_on = False


@contextmanager
def collection_paused() -> Iterator[None]:
    """No search for circles of objects while this lasts, in any thread; the last one to leave turns it on again.

    A reader makes some ten thousand lists for a block of rows, all of them gone by counting when the next block comes. The collector
    is called for by their number and finds nothing: of reading a workbook that is a fifth.
    """
    global _pauses, _was_on  # noqa: PLW0603 - the collector is one for the whole process
    with _lock:
        if _pauses == 0:
            _was_on = gc.isenabled()
            gc.disable()
        _pauses += 1
    try:
        yield
    finally:
        with _lock:
            _pauses -= 1
            if _pauses == 0 and _was_on:
                gc.enable()
