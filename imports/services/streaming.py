"""The reader gives rows, the database takes them: a thread reads, and the transaction stays where it began."""

from collections.abc import Callable, Iterator
from queue import SimpleQueue
from threading import Event, Semaphore, Thread

from django.db import connections

from imports.rules.findings import Findings
from imports.rules.rows import Rows, Sink


class _Stopped(Exception):
    """Nobody takes the rows any more."""


class RowStream:
    """Blocks of rows while a file is read; afterwards `findings`. What stops the reading is raised where the rows are taken.

    The two take turns: the next block is read when it is asked for. So memory does not grow with the file, and neither waits for the
    interpreter while the other works; on PostgreSQL the server has the last block to chew on meanwhile. With `ahead` so many blocks
    are read before they are asked for: of use where the database works in this very process.
    """

    def __init__(self, produce: Callable[[Sink], Findings], *, ahead: int = 0) -> None:
        self._produce = produce
        self._blocks: SimpleQueue[Rows | None] = SimpleQueue()
        self._wanted, self._stop = Semaphore(ahead), Event()
        self._error: BaseException | None = None
        self._findings: Findings | None = None

    @property
    def findings(self) -> Findings:
        if self._findings is None:
            raise RuntimeError("the file has not been read to its end")
        return self._findings

    @property
    def was_read(self) -> bool:
        """Whether anybody has asked for the rows."""
        return self._findings is not None

    def __iter__(self) -> Iterator[Rows]:
        thread = Thread(target=self._run, name="reader", daemon=True)
        thread.start()
        try:
            while (block := self._blocks.get()) is not None:
                yield block
                self._wanted.release()
        finally:
            self._stop.set()
            self._wanted.release()
            thread.join()
        if self._error is not None:
            raise self._error

    def write_many(self, rows: Rows, /) -> None:
        """The reader's side: gives a block and waits until the next is wanted."""
        self._blocks.put(rows)
        self._wanted.acquire()
        if self._stop.is_set():
            raise _Stopped

    def _run(self) -> None:
        try:
            self._findings = self._produce(self)
        except _Stopped:
            pass
        except BaseException as error:  # noqa: BLE001 - it is raised again on the other side
            self._error = error
        finally:
            connections.close_all()
            self._blocks.put(None)
