"""From a figure or a delivery to the file it was read from, for those who may see files."""

from django.urls import reverse
from django.utils.translation import gettext as _

from imports.models import Batch, RecordedFigure
from imports.queries.reach import Reach
from imports.rules.states import BatchState
from organisation.queries.access import Access
from organisation.rules.access import Permission
from scorecard.models import Measurement

LEFT_FIGURES = (BatchState.SAVED, BatchState.ROLLED_BACK)


def batch_of_delivery(access: Access, delivery_id: int) -> Batch | None:
    """One SQL statement."""
    return Reach(access).batches().filter(delivery_id=delivery_id, state__in=LEFT_FIGURES).first()


def batch_of_measurement(access: Access, row: Measurement) -> Batch | None:
    """By what a file recorded, else by the file's name for figures that follow from a ledger. At most two SQL statements."""
    batches = Reach(access).batches().filter(state=BatchState.SAVED)
    place = {"indicator_id": row.indicator_id, "unit_id": row.unit_id, "period_kind": row.period_kind, "period_start": row.period_start}
    found = batches.filter(figures__in=RecordedFigure.objects.filter(**place)).first()
    if found is None and row.source_name:
        found = batches.filter(file_name=row.source_name, year=row.period_start.year).first()
    return found


def links_of_measurement(access: Access, row: Measurement) -> list[tuple[str, str]]:
    """(words, address) of the page of the figure's file; nothing where there is none that the person may see."""
    if not row.source_name or not access.may(Permission.SEE_IMPORTS):
        return []
    found = batch_of_measurement(access, row)
    return [(_("Se hele filen og hvordan den ble lest inn"), reverse("imports:batch", args=[found.pk]))] if found else []
