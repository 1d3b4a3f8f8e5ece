"""The front page of files: every source with its next file, and the files that came."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from imports.models import Batch, Source
from imports.queries.reach import Reach
from imports.queries.schedule import Expectation, expectations
from imports.rules.states import BatchState

WAITING = (BatchState.RECEIVED, BatchState.READING, BatchState.CHECKED, BatchState.SAVING)
ENDED = (BatchState.SAVED, BatchState.SAME)
NOT_IN = (BatchState.REFUSED, BatchState.REJECTED, BatchState.ROLLED_BACK)
GROUPS: dict[str, tuple[BatchState, ...]] = {"venter": WAITING, "lagret": ENDED, "ikke-lagret": NOT_IN}


@dataclass(frozen=True)
class SourceRow:
    """A source, the file that is expected of it, and the last one that came."""

    source: Source
    expectation: Expectation | None
    last: Batch | None

    def is_late(self, today: date) -> bool:
        return self.expectation is not None and self.expectation.is_late(today)


def source_rows(reach: Reach, today: date) -> list[SourceRow]:
    """The late ones first. Four SQL statements."""
    sources = list(reach.sources())
    expected = {each.source.pk: each for each in expectations(today)}
    newest = Batch.objects.filter(source__in=sources).order_by().values("source_id").annotate(newest=Max("pk")).values("newest")
    last = {batch.source_id: batch for batch in Batch.objects.filter(pk__in=newest)}
    rows = [SourceRow(source, expected.get(source.pk), last.get(source.pk)) for source in sources]
    return sorted(rows, key=lambda row: (not row.source.is_active, not row.is_late(today), row.source.kind, row.source.name))
