"""Files that are expected by a day, among the deadlines of all apps."""

from collections.abc import Collection, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from common import formats
from common.deadlines import Deadline, Lane
from common.oslo import OSLO
from common.periods import Period
from imports.models import Batch, Source
from imports.queries.schedule import COUNTING
from imports.rules.schedule import expected_file
from organisation.rules.access import Permission


def deadlines(*, unit_ids: Collection[int], first: date, last: date, today: date) -> list[Deadline]:
    """One for every month's file of a source in use that has a day. Two SQL statements."""
    sources = list(
        Source.objects.filter(district_id__in=unit_ids, is_active=True, expected_workday__isnull=False)
        .order_by("pk")
        .values_list("pk", "name", "district_id", "expected_workday")
    )
    came: dict[tuple[int, int | None, int | None], date] = {}
    saved = Batch.objects.filter(source_id__in=[row[0] for row in sources], state__in=COUNTING, year__range=(first.year - 1, last.year))
    for source_id, year, number, received_at in saved.order_by("-received_at").values_list("source_id", "year", "number", "received_at"):
        came[source_id, year, number] = received_at.astimezone(OSLO).date()
    found = []
    for pk, name, district_id, workday in sources:
        for begins in _firsts(first, last):
            expected = expected_file(workday or 1, begins)
            month = Period.month(expected.month.year, expected.month.month)
            if not first <= expected.on <= last:
                continue
            title = _("%(file)s for %(month)s er kommet") % {"file": name, "month": formats.period_label(month)}
            found.append(
                Deadline(
                    key=f"imports.file:{pk}:{month.code}",
                    group=f"file:{month.code}",
                    title=title,
                    public_title=title,
                    unit_id=district_id,
                    due_on=expected.on,
                    url=reverse("imports:index"),
                    lane=Lane.REPORT,
                    seen_with=Permission.SEE_IMPORTS,
                    permission=Permission.IMPORT_FILES,
                    done_on=came.get((pk, expected.month.year, expected.month.month)),
                    reminds_itself=True,
                )
            )
    return found


def _firsts(first: date, last: date) -> Iterator[date]:
    """The first day of every month from one day to another."""
    period = Period.month(first.year, first.month)
    while period.start <= last:
        yield period.start
        period = period.next()
