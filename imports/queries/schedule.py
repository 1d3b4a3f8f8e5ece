"""Which files are expected for the newest month, and which of them have come."""

from dataclasses import dataclass
from datetime import date

from imports.models import Batch, Source
from imports.rules.schedule import Expected, expected_file
from imports.rules.states import BatchState

# A file in one of these states stands for the month; the others came to nothing.
COUNTING = (BatchState.SAVED, BatchState.SAME)


@dataclass(frozen=True)
class Expectation:
    """A source and its file for the month: `saved` is the batch that left figures, `newest` whatever came last."""

    source: Source
    expected: Expected
    saved: Batch | None
    newest: Batch | None

    def is_late(self, today: date) -> bool:
        return self.saved is None and self.expected.is_late(today)


def expectations(today: date, district_id: int | None = None) -> list[Expectation]:
    """Every source in use with a working day, the late ones first. Two SQL statements."""
    sources = Source.objects.filter(is_active=True, expected_workday__isnull=False).select_related("district", "profile")
    if district_id is not None:
        sources = sources.filter(district_id=district_id)
    expected = {source.pk: expected_file(source.expected_workday or 1, today) for source in sources}
    months = {(each.month.year, each.month.month) for each in expected.values()}
    by_source: dict[int, list[Batch]] = {}
    for batch in Batch.objects.filter(source__in=sources, year__in={year for year, _ in months}).order_by("-received_at", "-pk"):
        month = expected[batch.source_id].month
        if (batch.year, batch.number) == (month.year, month.month):
            by_source.setdefault(batch.source_id, []).append(batch)
    found = [_expectation(source, expected[source.pk], by_source.get(source.pk, [])) for source in sources]
    return sorted(found, key=lambda each: (not each.is_late(today), each.expected.on, each.source.name))


def _expectation(source: Source, expected: Expected, batches: list[Batch]) -> Expectation:
    saved = next((batch for batch in batches if batch.state in COUNTING), None)
    return Expectation(source, expected, saved, batches[0] if batches else None)
