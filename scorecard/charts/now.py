"""The number now: figure, status, change and where it stands against its target."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from common import formats
from common.marks import Change as ChangeMark
from scorecard.charts import words
from scorecard.charts.tables import missing_word
from scorecard.queries.agreements import in_force
from scorecard.queries.figures import bare_text, difference_text, plain_text, unit_word
from scorecard.queries.indicator import Series
from scorecard.rules.cells import SeriesPoint
from scorecard.rules.rollup import Method
from scorecard.rules.scores import score_formula, score_ten
from scorecard.rules.statuses import Status, is_info

LONGEST = 6
HUNDRED, TEN = Decimal(100), Decimal(10)


@dataclass(frozen=True)
class Now:
    """Ready for the page. `figure` is empty where the unit has none; `why` then says why."""

    heading: str
    figure: str = ""
    before: str = ""
    suffix: str = ""
    status: str = Status.NO_VALUE
    change: ChangeMark | None = None
    quality: str = ""
    goal: str = ""
    stands: str = ""
    notes: tuple[str, ...] = ()
    score: tuple[str, ...] = ()
    why: str = ""

    @property
    def is_long(self) -> bool:
        """Whether the figure needs smaller letters: «12 661 kr»."""
        return len(self.before + self.figure + self.suffix) > LONGEST


def now_of(series: Series) -> Now:
    """The latest figure, or why there is none."""
    latest, newest = series.state.latest, series.state.newest
    if latest is None or latest.value is None:
        why = missing_word(newest.quality) if newest else _("Ikke målt ennå")
        return Now(words.heading(newest.period) if newest else "", status=series.status_now, goal=_goal(series), why=why)
    indicator, limits = series.indicator, series.state.limits
    previous = series.state.previous
    size = difference_text(indicator, latest.value, previous.value, limits) if previous and previous.value is not None else ""
    return Now(
        heading=_heading(series, latest),
        figure=bare_text(indicator, latest.value, limits, latest.quality),
        before=_("ca.") if latest.quality == "estimate" else "",
        suffix=unit_word(indicator),
        status=series.status_now,
        change=words.change_mark(indicator, series.state.change, size),
        quality=latest.quality,
        goal=_goal(series),
        stands=_stands(series, latest),
        notes=tuple(_notes(series, latest)),
        score=tuple(_score(series, latest)),
    )


def _heading(series: Series, latest: SeriesPoint) -> str:
    heading = words.heading(latest.period)
    if not series.windowed or latest.period.kind != series.indicator.kind:
        return heading
    number = words.count(series.indicator.window, series.indicator.kind)
    return _("%(period)s, siste %(window)s samlet") % {"period": heading, "window": number}


def _goal(series: Series) -> str:
    goal = words.goal(series.indicator, series.state.limits)
    return _("Mål: %(goal)s.") % {"goal": goal} if goal else _("Det er ikke satt noe mål.")


def _stands(series: Series, latest: SeriesPoint) -> str:
    """«Nådd i 4 av 11 måneder siden målet kom i mars 2013.»"""
    target = series.target_of(latest.period)
    if target is None:
        return ""
    since = [point for point in series.shown if point.value is not None and point.period.last_day >= target.valid_from]
    if len(since) < 2:
        return ""
    reached = sum(series.status(point) == Status.REACHED for point in since)
    filled = {
        "reached": reached,
        "all": words.count(len(since), latest.period.kind),
        "period": formats.period_label(since[0].period),
    }
    return _("Nådd i %(reached)s av %(all)s siden målet kom i %(period)s.") % filled


def _notes(series: Series, latest: SeriesPoint) -> list[str]:
    """What one must know to read the figure right."""
    notes = []
    newest = series.state.newest
    if newest is not None and newest.period != latest.period:
        words_now = {"period": words.heading(newest.period), "why": missing_word(newest.quality).lower()}
        notes.append(_("%(period)s: %(why)s. Her står det siste som er målt.") % words_now)
    if not latest.own and latest.expected:
        notes.append(_("Lagt sammen fra %(n)s av %(all)s enheter.") % {"n": latest.covered, "all": latest.expected})
    if Method(series.indicator.rollup) is Method.MEAN and not latest.own:
        notes.append(_("Snittet er uvektet: alle enheter teller likt."))
    if latest.restated:
        notes.append(_("Omregnet: tallet er lagt sammen fra enhetene denne ble laget av."))
    if is_info(latest.value, series.indicator.info_below):
        limit = plain_text(series.indicator, series.indicator.info_below)
        notes.append(_("Merk: tallet er under %(limit)s.") % {"limit": limit})
    row = in_force(series.acceptances, series.today)
    if row is not None:
        filled = {"day": formats.date_long(row.valid_to), "reason": row.reason}
        notes.append(_("Avviket er akseptert til og med %(day)s: %(reason)s") % filled)
    return notes


def _score(series: Series, latest: SeriesPoint) -> list[str]:
    """The score with its numbers in the formula."""
    zero = series.indicator.zero
    formula = score_formula(latest.value, series.state.limits, floor=zero, ceil=zero)
    if formula is None or formula.numerator is None:
        return []
    filled = {
        "value": bare_text(series.indicator, latest.value, series.state.limits),
        "goal": formats.number(formula.goal),
        "end": formats.number(formula.end),
        "score": _score_text(formula.score, HUNDRED),
        "ten": _score_text(score_ten(formula.score), TEN),
    }
    if formula.direction == "higher":
        line = _("Poeng: (%(value)s − %(end)s) / (%(goal)s − %(end)s) × 100 = %(score)s av 100, eller %(ten)s av 10.")
    else:
        line = _("Poeng: (%(end)s − %(value)s) / (%(end)s − %(goal)s) × 100 = %(score)s av 100, eller %(ten)s av 10.")
    return [line % filled, _("%(goal)s gir 100 poeng og %(end)s gir 0. Poengene er aldri under 0 eller over 100.") % filled]


def _score_text(score: Decimal | None, best: Decimal) -> str:
    """With enough decimals that what is not reached never reads as the best."""
    return formats.number(score, formats.distance_places(score, best, 1))
