"""From a figure that follows from the ledger to the lines it was added up from."""

from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.queries.access import Access
from organisation.queries.reach import ever_reached
from organisation.queries.tree import history
from organisation.rules.access import Permission
from reporting.models import FigureFeed
from reporting.rules.kinds import FeedKind
from scorecard.models import Measurement

FROM_LEDGER = (FeedKind.SPENT_TO_DATE, FeedKind.FORECAST_RESULT)


def links_of_measurement(access: Access, row: Measurement) -> list[tuple[str, str]]:
    """(words, address) of the unit's lines of the month, for those who see its ledger. At most one SQL statement."""
    if row.unit_id not in ever_reached(access, Permission.SEE_LEDGER):
        return []
    kinds = [kind.value for kind in FROM_LEDGER]
    if not FigureFeed.objects.filter(indicator_id=row.indicator_id, kind__in=kinds).exists():
        return []
    unit = history().by_id[row.unit_id]
    return [(_("Se linjene i regnskapet"), reverse("reporting:economy", args=[unit.code, row.period.months[-1].first_day]))]
