"""Files that are expected by a day, among the deadlines of all apps."""

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import F, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from common import formats
from common.deadlines import Deadline, Lane
from common.oslo import OSLO
from common.periods import Period
from imports.models import Batch, Source
from imports.queries.schedule import COUNTING
from imports.rules.reach import AMOUNTS, SEES_EVERY_KIND
from imports.rules.schedule import Expected, expected_file, is_awaited
from organisation.rules.access import Permission
from reporting.models import ReportingMonth

# A file may say it is of any year.
YEARS = (1900, 2200)
NUMBERS = (1, 12)


def deadlines(*, unit_ids: Collection[int], first: date, last: date) -> list[Deadline]:
    """One for every month's file that came or is expected of a source in use that has a day. Three SQL statements."""
    in_use = Source.objects.filter(district_id__in=unit_ids, is_active=True, expected_workday__isnull=False).order_by("pk")
    counted = Q(batches__state__in=COUNTING, batches__year__range=YEARS, batches__number__range=NUMBERS)
    sources = list(in_use.annotate(first_came=Min(F("batches__year") * 12 + F("batches__number"), filter=counted)))
    since = {source.pk: _since(source.first_month, source.first_came) for source in sources}
    came = _came(list(since), first, last)
    locked = _locked({source.district_id for source in sources}, first, last)
    found = []
    for source in sources:
        for begins in _firsts(first, last):
            expected = expected_file(source.expected_workday or 1, begins)
            done_on = came.get((source.pk, expected.month))
            if first <= expected.on <= last and (done_on is not None or is_awaited(expected, since[source.pk], locked[source.district_id])):
                found.append(_deadline(source, expected, done_on))
    return found


def _came(source_ids: list[int], first: date, last: date) -> dict[tuple[int, date], date]:
    """By source and month, the day on which the first file that counts came. Of the months whose files are asked for between two days."""
    saved = Batch.objects.filter(source_id__in=source_ids, state__in=COUNTING, year__range=YEARS, number__range=NUMBERS)
    # The file of a month is asked for in the next.
    asked_for = saved.alias(place=F("year") * 12 + F("number")).filter(place__range=(_place(first) - 1, _place(last) - 1))
    rows = asked_for.order_by("-received_at").values_list("source_id", "year", "number", "received_at")
    return {(pk, date(year or 1, number or 1, 1)): received_at.astimezone(OSLO).date() for pk, year, number, received_at in rows}


def _place(month: date) -> int:
    """A month's place among all months, as databases count it too."""
    return month.year * 12 + month.month


def _since(first_month: date | None, first_came: int | None) -> date | None:
    """From its first file on; older ones that are brought in later do not ask for all that lie between. `first_came`: a month's place."""
    came = None if first_came is None else date((first_came - 1) // 12, (first_came - 1) % 12 + 1, 1)
    return max((month for month in (first_month, came) if month is not None), default=None)


def _locked(district_ids: Collection[int], first: date, last: date) -> dict[int, set[date]]:
    """Months whose reports are locked: no file is asked for there any more."""
    rows = ReportingMonth.objects.filter(
        district_id__in=district_ids, month__range=(date(first.year - 1, 12, 1), last), locked_at__isnull=False
    )
    found: dict[int, set[date]] = {district_id: set() for district_id in district_ids}
    for district_id, month in rows.values_list("district_id", "month"):
        found[district_id].add(month)
    return found


def _deadline(source: Source, expected: Expected, done_on: date | None) -> Deadline:
    """Seen and brought in by those the imports themselves show the source to, and let bring in its files."""
    month = Period.month(expected.month.year, expected.month.month)
    title = _("Fil fra %(source)s for %(month)s") % {"source": source.name, "month": formats.period_label(month)}
    return Deadline(
        key=f"imports.file:{source.pk}:{month.code}",
        group=f"file:{month.code}",
        title=title,
        public_title=title,
        unit_id=source.district_id,
        due_on=expected.on,
        url=reverse("imports:index"),
        lane=Lane.REPORT,
        seen_with=Permission.SEE_IMPORTS,
        and_one_of=(AMOUNTS[source.kind], SEES_EVERY_KIND),
        permission=Permission.IMPORT_FILES,
        needs=AMOUNTS[source.kind],
        done_on=done_on,
        reminds_itself=True,
    )


def _firsts(first: date, last: date) -> Iterator[date]:
    """The first day of every month from one day to another."""
    period = Period.month(first.year, first.month)
    while period.start <= last:
        yield period.start
        period = period.next()
