"""A unit's sick leave as its report shows it: the last twelve months, against the target."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from common import formats
from common.marks import Change
from common.numbers import round_half_up
from common.periods import Period
from common.sparklines import Sparkline, sparkline
from reporting.models import Delivery
from reporting.queries import sick_leave as pages
from reporting.queries.known import Known
from reporting.rules.kinds import DeliveryKind
from reporting.rules.sick_leave import Days, Split, rate
from scorecard.models import Indicator
from scorecard.queries.figures import target_text
from scorecard.rules.statuses import Limits, Status


@dataclass(frozen=True)
class SickLeave:
    """The unit's figures as their own page has them; None where there are none. `indicator` is what they are measured by."""

    month: date
    found: pages.SickLeave | None
    indicator: Indicator | None

    @property
    def days(self) -> Days | None:
        return self.found.days if self.found else None

    @property
    def limits(self) -> Limits | None:
        return self.found.limits if self.found else None

    @property
    def rates(self) -> tuple[Decimal | None, ...]:
        """The twelve-month rates of the last thirteen months, oldest first."""
        return tuple(each.year_rate for each in self.found.trend) if self.found else ()

    @property
    def rate(self) -> Decimal | None:
        return self.found.year_rate if self.found else None

    @property
    def month_rate(self) -> Decimal | None:
        """The month's own."""
        return self.found.rate if self.found else None

    @property
    def over(self) -> tuple[Decimal | None, ...]:
        """Points over the target, the newest month first; empty where there is no target."""
        return self.found.over_target if self.found else ()


def sick_leave(*, unit_id: int, month: date, indicator: Indicator | None, known: Known | None = None) -> SickLeave:
    """Five SQL statements besides the tree's. `known`: what a locked month shows."""
    return SickLeave(month, pages.sick_leave_of(unit_ids=[unit_id], month=month, access=None, known=known).get(unit_id), indicator)


def came_since(unit_id: int, known: Known) -> bool:
    """Whether a file has come, or was taken back, since the moment the unit's figures are of. One SQL statement."""
    since = Q(delivered_at__gt=known.of(unit_id)) | Q(rolled_back_at__gt=known.of(unit_id))
    return Delivery.objects.filter(since, kind=DeliveryKind.SICK_LEAVE).exists()


@dataclass(frozen=True)
class SickLeaveWords:
    """The same in words. `splits` are empty where they may not be seen; `masked` then says why, if there is anything to hide."""

    value: str
    goal: str
    quality: str
    status: str
    change: Change | None
    spark: Sparkline | None
    spark_label: str
    month: str
    splits: tuple[tuple[str, str], ...]
    masked: str
    why: str


def in_words(found: SickLeave, *, sees_split: bool, why: str = "") -> SickLeaveWords | None:
    """None where the month has no figure."""
    if found.found is None or found.days is None:
        return None
    target = found.limits.target if found.limits else None
    status = found.found.status
    places = formats.distance_places(found.rate, target, 1)
    goal = _("Mål: %(target)s") % {"target": target_text(found.indicator, found.limits)} if found.indicator and target is not None else ""
    known = [each for each in found.rates if each is not None]
    words = {"first": formats.number(known[0], 1), "last": formats.number(known[-1], 1)} if known else {}
    return SickLeaveWords(
        value=formats.number(found.rate, places),
        goal=goal,
        quality="preliminary" if found.found.preliminary else "",
        status="" if status in {Status.NO_TARGET, Status.NO_VALUE} else status.value,
        change=_change(found),
        spark=sparkline(found.rates, target) if known else None,
        spark_label=_("Siste 12 måneder samlet: fra %(first)s til %(last)s prosent.") % words if known else "",
        month=_month(found.month, found.days, found.found.same_month_last_year),
        splits=_splits(found.found.split, found.days) if sees_split and found.found.split else (),
        masked=_("Korttid og langtid vises ikke fordi det er for få bak tallene.") if sees_split and found.found.masked else "",
        why=why,
    )


def _month(month: date, days: Days, year_before: Decimal | None) -> str:
    """«I september: 14,4 %. Samme måned i fjor: 12,1 %.»"""
    name = formats.month_name(month)
    line = _("I %(month)s: %(rate)s.") % {"month": name, "rate": formats.percent(days.rate)}
    if year_before is None:
        return line
    return f"{line} {_('Samme måned i fjor: %(rate)s.') % {'rate': formats.percent(year_before)}}"


def _splits(split: Split, days: Days) -> tuple[tuple[str, str], ...]:
    parts = (
        (_("Egenmeldt"), split.self_certified),
        (_("Legemeldt"), split.certified),
        (_("1–16 dager"), split.short),
        (_("Over 16 dager"), split.long),
    )
    return tuple((label, formats.percent(rate(lost, days.contracted))) for label, lost in parts)


def _change(found: SickLeave) -> Change | None:
    """«0,1 prosentpoeng høyere enn i august»"""
    if len(found.rates) < 2 or found.rates[-2] is None or found.rate is None:
        return None
    change = round_half_up(found.rate, 1) - round_half_up(found.rates[-2], 1)
    before = Period.month(found.month.year, found.month.month).previous()
    words = {"size": formats.points(abs(change)), "month": formats.month_name(before.start)}
    if not change:
        return Change("flat", "flat", _("Som i %(month)s") % words)
    if change > 0:
        return Change("up", "worse", _("%(size)s høyere enn i %(month)s") % words)
    return Change("down", "better", _("%(size)s lavere enn i %(month)s") % words)
