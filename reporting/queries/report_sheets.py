"""Units' reports of a month as sheets of paper: one unit's, or all of a district's, in the same number of SQL statements."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from actions.models import Action
from actions.queries.known import open_at, open_now
from common import formats
from organisation.queries.access import Access
from organisation.rules.access import Permission as P
from reporting.models import Cause, MonthlyReport
from reporting.queries.consolidated import DistrictMonth, UnitMonth, district_month
from reporting.queries.delivered import as_delivered
from reporting.queries.economy import whole_economies
from reporting.queries.known import Figure, figures_known, known_since
from reporting.queries.sick_leave import SickLeave, sick_leave_of
from reporting.queries.wording import changed_after_lock, figures_after_lock, listed, shared_budget, thousands, told_thousands
from reporting.rules.economy import Amounts, UnitEconomy, largest_groups, percent_of
from reporting.rules.kinds import ReportState
from reporting.rules.states import HANDED_IN, SETTLED, figures_changed_since

MOST_ACTIONS = 8


@dataclass(frozen=True)
class Fact:
    """One figure in large type. `tone` is «bad», «good» or nothing."""

    name: str
    value: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True)
class SheetRow:
    """A line of a table: its name and finished cells."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One unit's month. `history` are the forecasts of the year month by month; what the reader may not see is empty.

    `is_waiting`: handed in, and nobody has answered yet.
    """

    code: str
    name: str
    state: str
    is_waiting: bool
    delivered: str
    facts: tuple[Fact, ...]
    history: tuple[tuple[str, Decimal | None], ...]
    revised: Decimal | None
    groups: tuple[SheetRow, ...]
    shared_budget: str
    causes: str
    texts: tuple[tuple[str, str], ...]
    sick_leave: str
    sick_text: str
    figures: tuple[tuple[str, str], ...]
    actions: tuple[SheetRow, ...]
    more_actions: int
    note: str = ""


@dataclass(frozen=True)
class Pack:
    """All sheets, and what stands on the first page."""

    district: str
    code: str
    month: date
    period: str
    total: tuple[Fact, ...]
    sheets: tuple[Sheet, ...]
    missing: tuple[str, ...]


def readable_units(access: Access, nodes: Collection[int], reports: Mapping[int, MonthlyReport]) -> dict[int, bool]:
    """Which units' reports the person may read, and whether all of it: own ones always, handed in ones by right, approved in short."""
    found: dict[int, bool] = {}
    for unit_id in nodes:
        state = ReportState(reports[unit_id].state) if unit_id in reports else ReportState.NOT_STARTED
        own = access.may_in(P.WRITE_REPORT, unit_id) or access.may_in(P.SEE_REPORT, unit_id)
        if own or (state in HANDED_IN and access.may_in(P.SEE_DELIVERED_REPORT, unit_id)):
            found[unit_id] = True
        elif state in SETTLED and access.may_in(P.SEE_REPORT_SUMMARY, unit_id):
            found[unit_id] = False
    return found


def pack_of(*, access: Access, district_id: int, month: date, unit_id: int | None = None) -> Pack:
    """Sheets of the units the person may read, or of one of them. A fixed number of SQL statements, whatever the number of units."""
    found = district_month(district_id=district_id, month=month)
    units = [unit for unit in found.units if unit_id in (None, unit.node.id)]
    ids = [unit.node.id for unit in units]
    reports = {
        row.unit_id: row for row in as_delivered(MonthlyReport.objects.filter(unit_id__in=ids, month=month).select_related("submitted_by"))
    }
    readable = readable_units(access, ids, reports)
    ground = _Ground(found, readable, access)
    shown = [unit for unit in units if unit.node.id in readable and _is_told(reports.get(unit.node.id))]
    return Pack(
        district=found.district.name,
        code=found.district.code,
        month=month,
        period=formats.month_label(month),
        total=_facts(found.total.amounts, found.total.forecast),
        sheets=tuple(_sheet(unit, reports[unit.node.id], found, ground) for unit in shown),
        missing=tuple(f"{unit.node.code} {unit.node.name}" for unit in units if unit not in shown),
    )


def _is_told(report: MonthlyReport | None) -> bool:
    """Whether somebody has said anything: a month that was locked over a report that never came has a row and no words."""
    return report is not None and (report.state != ReportState.LOCKED or report.submitted_at is not None)


class _Ground:
    """What all sheets need beside reports and forecasts. A fixed number of SQL statements."""

    def __init__(self, found: DistrictMonth, readable: Mapping[int, bool], access: Access) -> None:
        self.whole = readable
        full = [unit_id for unit_id, whole in readable.items() if whole]
        self.causes: dict[str, str] = dict(Cause.objects.values_list("code", "label"))
        self.economies = whole_economies(unit_ids=full, month=found.month, as_locked=found.is_locked)
        known = known_since(found.setting.locked_at if found.setting else None, found.month)
        absence = sick_leave_of(unit_ids=full, month=found.month, access=access, known=known)
        self.sick_leave = {unit_id: _sick_leave(row) for unit_id, row in absence.items()}
        self.figures = figures_known(unit_ids=list(readable), month=found.month, known=known)
        self.sees_restricted = {unit_id for unit_id in readable if access.may_in(P.SEE_RESTRICTED, unit_id)}
        self.actions: dict[int, list[SheetRow]] = defaultdict(list)
        for action in open_at(unit_ids=full, moment=known.at) if known else open_now(full):
            self.actions[action.unit_id].append(_action(action))

    def figures_of(self, unit_id: int) -> tuple[tuple[str, str], ...]:
        """Production figures by name, as text."""
        found = (each for each in self._seen(unit_id) if each.shown)
        return tuple((each.indicator.name, each.shown_text) for each in found)

    def note_of(self, unit_id: int) -> str:
        """That something else has been said since the month was locked; «» where nothing has."""
        return figures_after_lock() if any(each.is_changed for each in self._seen(unit_id)) else ""

    def _seen(self, unit_id: int) -> list[Figure]:
        """Those that are shielded only for whoever sees them in the unit."""
        return [each for each in self.figures.get(unit_id, ()) if unit_id in self.sees_restricted or not each.indicator.restricted]


def _sheet(unit: UnitMonth, report: MonthlyReport, found: DistrictMonth, ground: _Ground) -> Sheet:
    unit_id, whole = unit.node.id, ground.whole[unit.node.id]
    rows = ground.actions[unit_id]
    standing = unit.standing(found.month)
    return Sheet(
        code=unit.node.code,
        name=unit.node.name,
        state=str(report.get_state_display()),
        is_waiting=report.state == ReportState.DELIVERED,
        delivered=_delivered(report) if whole else "",
        facts=_facts(unit.economy, report.forecast if report.forecast is not None else standing.forecast),
        history=tuple((str(MONTHS_3[month.month]).lower(), unit.standing(month).forecast) for month in found.months),
        revised=unit.economy.revised,
        groups=_groups(economy := ground.economies.get(unit_id)),
        shared_budget=shared_budget() if economy and economy.has_shared_budget else "",
        causes=listed([ground.causes.get(code, code).lower() for code in report.causes]),
        texts=_texts(report, whole=whole),
        sick_leave=ground.sick_leave.get(unit_id, ""),
        sick_text=report.sick_text.strip() if whole else "",
        figures=ground.figures_of(unit_id),
        actions=tuple(rows[:MOST_ACTIONS]),
        more_actions=max(0, len(rows) - MOST_ACTIONS),
        note=changed_after_lock() if _is_changed(report, found) else ground.note_of(unit_id),
    )


def _is_changed(report: MonthlyReport, found: DistrictMonth) -> bool:
    locked_at = found.setting.locked_at if found.setting else None
    return locked_at is not None and figures_changed_since(locked_at, report.figures_changed_at)


def _delivered(report: MonthlyReport) -> str:
    if report.submitted_at is None:
        return ""
    words = {"moment": formats.moment(report.submitted_at), "name": report.submitted_by.name if report.submitted_by else ""}
    return _("Levert %(moment)s av %(name)s") % words if words["name"] else _("Levert %(moment)s") % words


def _facts(amounts: Amounts, forecast: Decimal | None) -> tuple[Fact, ...]:
    """The five figures of every month, in 1000 kr."""
    expected = None if forecast is None or amounts.revised is None else amounts.revised - forecast
    return (
        Fact(_("Regnskap hittil i år"), thousands(amounts.actual), _("budsjett %(budget)s") % {"budget": thousands(amounts.budget)}),
        _variance(_("Avvik hittil i år"), amounts.variance, amounts.budget),
        Fact(_("Prognose for året"), thousands(forecast), _("budsjett %(budget)s") % {"budget": thousands(amounts.revised)}),
        _variance(_("Prognoseavvik"), expected, amounts.revised),
    )


def _variance(name: str, variance: Decimal | None, base: Decimal | None) -> Fact:
    percent = percent_of(variance, base)
    tone = "" if not variance else "bad" if variance < 0 else "good"
    return Fact(name, told_thousands(variance), "" if percent is None else formats.percent(percent), tone)


def _groups(economy: UnitEconomy | None) -> tuple[SheetRow, ...]:
    """The account groups with the largest variances, the others together, and what is earmarked apart."""
    if economy is None:
        return ()
    largest, rest = largest_groups(economy.groups)
    rows = [_amounts_row(group.name, group.amounts) for group in largest]
    if rest is not None:
        rows.append(_amounts_row(_("Alt annet"), rest))
    if not economy.earmarked.is_empty:
        rows.append(_amounts_row(_("Øremerkede midler, for seg"), economy.earmarked))
    return tuple(rows)


def _amounts_row(name: str, amounts: Amounts) -> SheetRow:
    told = told_thousands(amounts.variance, is_income=amounts.is_income)
    return SheetRow(name, (thousands(amounts.budget), thousands(amounts.actual), told))


def _texts(report: MonthlyReport, *, whole: bool) -> tuple[tuple[str, str], ...]:
    """What the leader wrote; of a summary the explanation alone."""
    rows = [(_("Forklaring"), report.explanation)]
    if whole:
        rows += [(_("Endret siden forrige måned"), report.change_text), (_("Jevner seg ut"), report.timing_text)]
    return tuple((name, text.strip()) for name, text in rows if text.strip())


def _action(action: Action) -> SheetRow:
    effect = formats.MISSING if action.effect_amount is None else thousands(action.effect_amount)
    return SheetRow(action.title, (action.owner.name, formats.date_short(action.due_on), str(action.get_status_display()), effect))


def _sick_leave(found: SickLeave) -> str:
    if found.rate is None and found.year_rate is None:
        return ""
    words = {"rate": formats.percent(found.rate), "year": formats.percent(found.year_rate)}
    told = _("%(rate)s i måneden, %(year)s de siste tolv månedene.") % words
    return f"{told} {_('Tallet er foreløpig.')}" if found.preliminary else told
