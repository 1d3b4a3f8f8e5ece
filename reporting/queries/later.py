"""What has come since a report was locked: what a correction can take in."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from common import formats
from organisation.models import Unit
from reporting.models import MonthlyReport
from reporting.queries.known import Known, figures_known, known_in
from reporting.queries.report_sick_leave import came_since, sick_leave
from reporting.rules.kinds import ReportState


@dataclass(frozen=True)
class Newer:
    """One figure that is another now, as text. `is_restricted`: only for those who see restricted figures of the unit."""

    name: str
    before: str
    now: str
    is_restricted: bool = False

    @property
    def told(self) -> str:
        """«Saker innen fristen: 85 %, nå 87 %.»"""
        return _("%(name)s: %(before)s, nå %(now)s.") % {"name": self.name, "before": self.before, "now": self.now}


@dataclass(frozen=True)
class Later:
    """`has_ledger`: a file has changed the amounts. `production` and `sick_leave` are figures that are others now."""

    has_ledger: bool = False
    production: tuple[Newer, ...] = ()
    sick_leave: tuple[Newer, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.has_ledger or self.production or self.sick_leave)

    @property
    def figures(self) -> tuple[Newer, ...]:
        return self.production + self.sick_leave

    def told(self, *, whole: bool, sees_restricted: bool) -> list[str]:
        """A sentence for each figure the reader may see; sick leave stands in whole reports alone."""
        seen = [each for each in self.production if sees_restricted or not each.is_restricted]
        return [each.told for each in (*seen, *(self.sick_leave if whole else ()))]


def later_than_lock(report: MonthlyReport, unit: Unit) -> Later:
    """Nothing for a report of an open month. A fixed number of SQL statements."""
    if report.state != ReportState.LOCKED:
        return Later()
    return replace(later_figures(unit.pk, report.month), has_ledger=report.figures_changed_at is not None)


def later_figures(unit_id: int, month: date) -> Later:
    """Figures of the unit that are others than when the month was locked; nothing in an open month. A fixed number of SQL statements."""
    known = known_in(unit_id, month)
    if known is None:
        return Later()
    found = figures_known(unit_ids=[unit_id], month=month, known=known).get(unit_id, [])
    production = tuple(
        Newer(each.indicator.name, each.shown_text, each.now_text, each.indicator.restricted) for each in found if each.is_changed
    )
    return Later(production=production, sick_leave=_sick_leave(unit_id, month, known))


def _sick_leave(unit_id: int, month: date, known: Known) -> tuple[Newer, ...]:
    """The month's own rate and that of twelve months, where they are others."""
    if not came_since(unit_id, known):
        return ()
    then = sick_leave(unit_id=unit_id, month=month, indicator=None, known=known)
    now = sick_leave(unit_id=unit_id, month=month, indicator=None)
    pairs: tuple[tuple[str, Decimal | None, Decimal | None], ...] = (
        (_("Sykefravær i måneden"), then.month_rate, now.month_rate),
        (_("Sykefravær siste 12 måneder"), then.rate, now.rate),
    )
    told = ((name, formats.percent(before), formats.percent(after)) for name, before, after in pairs)
    return tuple(Newer(name, before, after) for name, before, after in told if before != after)
