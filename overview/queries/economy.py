"""What the year is expected to end at, and which units make it so, for «Bydelen nå»."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from common.periods import Period
from organisation.models import Unit
from organisation.queries.tree import history
from organisation.rules.tree import Node
from reporting.models import MonthlyReport
from reporting.queries.approval_stamp import stamp_of_month
from reporting.queries.consolidated import DistrictMonth, UnitMonth, district_month
from reporting.queries.consolidated_text import told_millions
from reporting.queries.owners import month_end
from reporting.queries.wording import WORDS
from reporting.rules.economy import percent_of, word_of
from reporting.rules.kinds import ReportState

MILLION, ZERO = Decimal(1_000_000), Decimal(0)
WIDTH = 1000
MOST_DOWN, MOST_UP = 7, 3
IN_HAND = (ReportState.DELIVERED, ReportState.APPROVED, ReportState.LOCKED)


@dataclass(frozen=True)
class Bar:
    """One step of the bridge: where it begins and how wide it is, of a thousand. `kind`: down, up or sum."""

    name: str
    url: str
    x: str
    width: str
    ends: str
    amount: str
    kind: str


@dataclass(frozen=True)
class EconomyNow:
    """The economy of a whole district, as text."""

    figure: str
    unit: str
    sentence: str
    to_date: str
    bars: tuple[Bar, ...]
    delivered: str
    month: str
    url: str


def latest_months(day: date) -> tuple[date, date]:
    """The month that is over, and the one before it, which is shown until its ledger has come."""
    latest = Period.month(day.year, day.month).previous()
    return latest.start, latest.previous().start


def economy_stamp(district: Node, day: date) -> str:
    """Another text as soon as the economy shows another thing."""
    latest, before = latest_months(day)
    stamp = str(stamp_of_month(district_id=district.id, month=latest))
    return stamp if before.year == latest.year else f"{stamp}{stamp_of_month(district_id=district.id, month=before)}"


def economy_now(district: Node, day: date) -> EconomyNow | None:
    """None where no ledger has come. At most eleven SQL statements, whatever the number of units."""
    found = next((month for month in (_month(district, each) for each in latest_months(day)) if month), None)
    variance = found.total.variance if found else None
    if found is None or variance is None:
        return None
    month = formats.month_label(found.month)
    return EconomyNow(
        figure=formats.number(variance / MILLION, 1),
        unit=_("mill. kr"),
        sentence=_sentence(found, variance),
        to_date=_("Hittil i år: %(variance)s (%(percent)s).")
        % {
            "variance": told_millions(found.total.amounts.variance),
            "percent": formats.percent(percent_of(found.total.amounts.variance, found.total.amounts.budget), 2),
        },
        bars=_bars(found, variance),
        delivered=_delivered(found, month),
        month=month,
        url=reverse("reporting:approval", args=[district.code, found.month]),
    )


def _month(district: Node, month: date) -> DistrictMonth | None:
    """None for a month without a ledger, and from before the district was."""
    if district.id not in history().on(month_end(month)).nodes:
        return None
    found = district_month(district_id=district.id, month=month)
    return found if found.figures_ready else None


def _sentence(found: DistrictMonth, variance: Decimal) -> str:
    percent = percent_of(variance, found.total.amounts.revised)
    word = WORDS[word_of(variance)]
    if variance and percent is not None:
        first = _("Prognosen er et %(word)s på %(percent)s.") % {"word": word, "percent": formats.percent(abs(percent), 2)}
    else:
        first = _("Prognosen er som budsjettet.")
    down, up = _parted(found)
    said = [first]
    if down:
        text = ngettext("%(n)s enhet trekker ned %(sum)s mill.", "%(n)s enheter trekker ned %(sum)s mill.", len(down))
        said.append(text % {"n": formats.count_word(len(down)).capitalize(), "sum": millions(abs(_sum(down, found.month)))})
    if up:
        text = ngettext("%(n)s trekker opp %(sum)s mill.", "%(n)s trekker opp %(sum)s mill.", len(up))
        said.append(text % {"n": formats.count_word(len(up)).capitalize(), "sum": millions(_sum(up, found.month))})
    return " ".join(said)


def _parted(found: DistrictMonth) -> tuple[list[UnitMonth], list[UnitMonth]]:
    """Those over their budget, the worst first, and those under it, the most first."""
    ordered = sorted(found.units, key=lambda unit: (unit.variance(found.month) or ZERO, unit.node.code))
    down = [unit for unit in ordered if (unit.variance(found.month) or ZERO) < 0]
    up = [unit for unit in reversed(ordered) if (unit.variance(found.month) or ZERO) > 0]
    return down, up


def _bars(found: DistrictMonth, total: Decimal) -> tuple[Bar, ...]:
    """From a budget in balance to the forecast: each unit from where the one before ended."""
    down, up = _parted(found)
    named = [*down[:MOST_DOWN], *up[:MOST_UP]]
    steps = [(unit.node.name, _report_url(unit, found), unit.variance(found.month) or ZERO) for unit in named]
    left = len(down) + len(up) - len(named)
    rest = total - sum((amount for _name, _url, amount in steps), ZERO)
    if left or rest:
        text = ngettext("%(n)s annen enhet", "%(n)s andre enheter", left) % {"n": formats.count_word(left).capitalize()}
        steps.append((text if left else _("Annet"), "", rest))
    ends = [ZERO]
    for _name, _url, amount in steps:
        ends.append(ends[-1] - amount)
    low, high = min(ends), max(ends)
    span = (high - low) or Decimal(1)

    def bar(name: str, url: str, start: Decimal, end: Decimal, kind: str) -> Bar:
        x, width = (min(start, end) - low) / span * WIDTH, abs(end - start) / span * WIDTH
        return Bar(name, url, f"{x:.1f}", f"{width:.1f}", f"{(end - low) / span * WIDTH:.1f}", millions(start - end, signed=True), kind)

    rows = [bar(name, url, ends[place], ends[place + 1], "down" if amount < 0 else "up") for place, (name, url, amount) in enumerate(steps)]
    return (*rows, bar(_("Prognose for bydelen"), "", ZERO, ends[-1], "sum"))


def _report_url(unit: UnitMonth, found: DistrictMonth) -> str:
    return f"{reverse('reporting:approval', args=[found.district.code, found.month])}#enhet-{unit.node.code}"


def _delivered(found: DistrictMonth, month: str) -> str:
    """«17 av 22 enheter har levert for september 2026. Staben har også levert.»"""
    kinds = {unit.node.id: unit.node.kind for unit in found.units}
    rows = MonthlyReport.objects.filter(unit_id__in=kinds, month=found.month, state__in=IN_HAND, submitted_at__isnull=False)
    count = Counter(kinds[unit_id] for unit_id in rows.values_list("unit_id", flat=True))
    every = Counter(kinds.values())
    results, staff = Unit.Kind.RESULT_UNIT, Unit.Kind.STAFF_UNIT
    said = _("%(n)s av %(all)s enheter har levert for %(month)s.") % {"n": count[results], "all": every[results], "month": month}
    if not every[staff]:
        return said
    return f"{said} {_('Staben har også levert.') if count[staff] == every[staff] else _('Staben har ikke levert.')}"


def _sum(units: Sequence[UnitMonth], month: date) -> Decimal:
    return sum((unit.variance(month) or ZERO for unit in units), ZERO)


def millions(amount: Decimal, *, signed: bool = False) -> str:
    """One decimal, or two where one would hide what there is."""
    value = amount / MILLION
    places = 1 if value * 10 == (value * 10).to_integral_value() else 2
    return formats.number(value, places, signed=signed)
