"""«Hjem»: what needs the person, and how the person's unit stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from common.marks import Change
from common.periods import Period, PeriodKind
from common.sparklines import Sparkline, sparkline
from organisation.queries.access import Access
from organisation.rules.access import Permission
from scorecard.models import Cell, Indicator, PlacedIndicator, Scorecard, Target
from scorecard.queries.figures import difference_text, figure_text, target_text
from scorecard.queries.masking import masked_ids
from scorecard.queries.structure import scorecard_for
from scorecard.queries.wording import unit_suffix
from scorecard.rules.cells import parse_trend
from scorecard.rules.lifecycle import State
from scorecard.rules.statuses import Direction, Limits, Status

MOST_CARDS = 8
URGENCY = [Status.NOT_REACHED, Status.NEARLY, Status.REACHED, Status.ACCEPTED, Status.NO_VALUE, Status.NO_TARGET]


@dataclass(frozen=True)
class Todo:
    """One thing that waits, for components/todo.html."""

    title: str
    text: str
    url: str


@dataclass(frozen=True)
class Kpi:
    """One number, for components/kpi.html."""

    label: str
    url: str
    value: str
    unit: str
    before: str
    goal: str
    quality: str
    spark: Sparkline | None
    spark_label: str
    status: str
    change: Change | None


def todos(access: Access, day: date) -> list[Todo]:
    """What waits for the person: figures that are due, cards to approve, targets to confirm, drafts. At most six SQL statements."""
    return [*_due_figures(access, day), *_to_approve(access), *_proposed_targets(access), *_drafts(access, day)]


def _due_figures(access: Access, day: date) -> list[Todo]:
    """Figures that should have come by now, in the person's own unit."""
    unit_id = access.home_unit_id
    if unit_id is None or not access.may_in(Permission.ENTER_VALUES, unit_id):
        return []
    card = scorecard_for(unit_id, day.year)
    if card is None:
        return []
    indicators = list(Indicator.objects.filter(placements__factor__area__scorecard=card, formula="").distinct())
    newest = dict(Cell.objects.filter(unit_id=unit_id, indicator__in=indicators).values_list("indicator_id", "newest_start"))
    late = [indicator for indicator in indicators if _is_late(indicator, newest.get(indicator.pk), day)]
    if not late:
        return []
    unit = access.tree.nodes[unit_id]
    minutes = sum(indicator.minutes for indicator in late)
    names = ", ".join(indicator.name for indicator in late[:3]) + (" …" if len(late) > 3 else "")
    about = ngettext("Omtrent %(n)s minutt.", "Omtrent %(n)s minutter.", minutes) % {"n": minutes} if minutes else ""
    title = ngettext("Før inn %(n)s tall for %(unit)s", "Før inn %(n)s tall for %(unit)s", len(late)) % {"n": len(late), "unit": unit.name}
    return [Todo(title, f"{names}. {about}".strip(), reverse("scorecard:values", args=[unit.code]))]


def _is_late(indicator: Indicator, newest: date | None, day: date) -> bool:
    """The latest period whose figure should be there by now has none."""
    due = Period.containing(day, indicator.kind).previous()
    if due.last_day + timedelta(days=indicator.due_days) > day:
        due = due.previous()
    return newest is None or newest < due.start


def _to_approve(access: Access) -> list[Todo]:
    reached = access.unit_ids(Permission.APPROVE_SCORECARD)
    if not reached:
        return []
    cards = Scorecard.objects.filter(unit_id__in=reached, state=State.PROPOSED).select_related("unit")
    return [
        Todo(
            _("Godkjenn målekartet for %(year)s") % {"year": card.year},
            _("%(unit)s. Målekartet er sendt til deg.") % {"unit": card.unit.name},
            reverse("scorecard:setup_approval", args=[card.unit.code, card.year]),
        )
        for card in cards
    ]


def _proposed_targets(access: Access) -> list[Todo]:
    reached = access.unit_ids(Permission.EDIT_TARGETS) | access.unit_ids(Permission.APPROVE_SCORECARD)
    if not reached:
        return []
    rows = Target.objects.filter(unit_id__in=reached, confirmed=False, recorded_by__isnull=False)
    count = rows.exclude(indicator__placements__target_confirmed=False).distinct().count()
    if not count:
        return []
    title = ngettext("Svar på %(n)s forslag til mål", "Svar på %(n)s forslag til mål", count) % {"n": count}
    page = "scorecard:target_proposals" if access.may(Permission.EDIT_TARGETS) else "scorecard:setup_proposals"
    return [Todo(title, _("Ledere har foreslått egne mål for enhetene sine."), reverse(page))]


def _drafts(access: Access, day: date) -> list[Todo]:
    reached = access.unit_ids(Permission.EDIT_SCORECARD)
    if not reached:
        return []
    cards = Scorecard.objects.filter(unit_id__in=reached, state=State.DRAFT, year__gte=day.year).select_related("unit")
    return [
        Todo(
            _("Gjør ferdig målekartet for %(year)s") % {"year": card.year},
            _("%(unit)s. Utkastet er ikke sendt til godkjenning.") % {"unit": card.unit.name},
            reverse("scorecard:setup_card", args=[card.unit.code, card.year]),
        )
        for card in cards
    ]


def kpis(access: Access, unit_id: int, day: date) -> list[Kpi]:
    """How the unit stands, the most urgent first. Two SQL statements besides the tree's, and those that formulas need."""
    card = scorecard_for(unit_id, day.year)
    if card is None or not access.may_in(Permission.SEE_SCORECARD, unit_id):
        return []
    order = list(PlacedIndicator.objects.filter(factor__area__scorecard=card).values_list("indicator_id", flat=True))
    cells = list(Cell.objects.filter(unit_id=unit_id, indicator_id__in=order).select_related("indicator"))
    node = access.tree.nodes[unit_id]
    masked = masked_ids([cell.indicator for cell in cells], access, unit_id, node.kind)
    shown = [cell for cell in cells if cell.indicator_id not in masked]
    shown.sort(key=lambda cell: (URGENCY.index(Status(cell.status)), order.index(cell.indicator_id)))
    return [_kpi(cell, node.code) for cell in shown[:MOST_CARDS]]


def _kpi(cell: Cell, unit_code: str) -> Kpi:
    indicator = cell.indicator
    limits = Limits(Direction(indicator.direction), cell.target, cell.yellow_limit, cell.low, cell.high, cell.tolerance)
    suffix = unit_suffix(indicator.measure, indicator.unit_text)
    text = figure_text(indicator, cell.value, limits)
    goal = target_text(indicator, limits)
    has_target = goal != formats.MISSING
    trend = parse_trend(cell.trend)
    period = formats.period_label(Period(cell.period_start, PeriodKind(cell.period_kind)))
    goal_text = _("Mål: %(goal)s. %(period)s") % {"goal": goal, "period": period.capitalize()} if has_target else period.capitalize()
    return Kpi(
        label=indicator.name,
        url=reverse("scorecard:indicator", args=[unit_code, indicator.code]),
        value=text.removesuffix(suffix) if cell.value is not None else "",
        unit=suffix.strip(formats.HARD_SPACE),
        before=_("ca.") if cell.quality == "estimate" else "",
        goal=goal_text,
        quality=cell.quality,
        spark=sparkline(trend, cell.target),
        spark_label=_spark_label(trend, indicator),
        status=cell.status,
        change=_change(cell, indicator, limits),
    )


def _spark_label(trend: Sequence[Decimal | None], indicator: Indicator) -> str:
    known = [value for value in trend if value is not None]
    if len(known) < 2:
        return ""
    first, last = (formats.number(value, indicator.places) for value in (known[0], known[-1]))
    return _("Utvikling over %(n)s målinger: fra %(first)s til %(last)s.") % {"n": len(known), "first": first, "last": last}


def _change(cell: Cell, indicator: Indicator, limits: Limits) -> Change | None:
    if cell.value is None or cell.previous is None or not cell.effect:
        return None
    delta = cell.value - cell.previous
    if cell.effect == "same" or delta == 0:
        return Change("flat", "flat", _("Omtrent som sist"))
    size = difference_text(indicator, cell.value, cell.previous, limits)
    pattern = _("%(size)s høyere") if delta > 0 else _("%(size)s lavere")
    return Change("up" if delta > 0 else "down", cell.effect, pattern % {"size": size})
