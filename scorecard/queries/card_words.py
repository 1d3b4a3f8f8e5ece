"""The rows of a scorecard in words: every cell as finished text, for pages, files and snapshots alike."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from common.marks import STATUSES, Change
from common.numbers import round_half_up
from common.periods import Period
from common.sparklines import Sparkline, sparkline
from scorecard.models import Indicator
from scorecard.queries.card_rows import Row
from scorecard.queries.figures import difference_text, exact_text, figure_text, places_for, plain, target_text, with_unit
from scorecard.rules.rollup import Method
from scorecard.rules.scores import ScoreFormula
from scorecard.rules.statuses import Direction, Missing, Quality
from scorecard.rules.trends import Arrow, Effect

SPARK_HEIGHT = 40
BUDGET = Decimal(100)
TEN = Decimal(10)


@dataclass(frozen=True)
class Words:
    """One row as it is read. Empty text where there is nothing to say; `about` is the «ca.» before an estimate."""

    factor: str
    indicator: str
    method: str
    target: str
    own_target: bool
    about: str
    value: str
    badge: str
    meta: str
    year_before: str
    spark: Sparkline | None
    spark_label: str
    change: Change | None
    change_meaning: str
    status: str
    status_word: str
    info: str
    accepted: str
    score: str
    formula: str
    coverage: str
    source: str


def words_of(row: Row) -> Words:
    """The row in words. A masked row says that it is masked, and nothing of the figure."""
    indicator, standing = row.indicator, row.standing
    estimate = standing.judged is not None and standing.quality == Quality.ESTIMATE
    shown = exact_text if estimate else figure_text
    return Words(
        factor=row.placed.factor.name,
        indicator=indicator.name,
        method=indicator.method_text,
        target=target_text(indicator, row.limits),
        own_target=row.own_target,
        about=_("ca.") if estimate else "",
        value="" if standing.judged is None else shown(indicator, standing.judged, row.limits),
        badge=_badge(row),
        meta=_meta(row),
        year_before="" if standing.year_before is None else figure_text(indicator, standing.year_before, row.limits),
        spark=sparkline([value for _period, value in standing.trend], row.limits.target if row.limits else None, height=SPARK_HEIGHT),
        spark_label=_trend_words(row),
        change=_change(row),
        change_meaning=_change_meaning(row),
        status=row.code,
        status_word=_status_word(row),
        info=_info(row),
        accepted=_accepted(row),
        score=_score(row.score),
        formula=_formula(indicator, row.score),
        coverage=_coverage(row),
        source=indicator.source,
    )


def _badge(row: Row) -> str:
    """The quality beside the figure, or beside the dash where somebody said that it is missing."""
    if row.masked:
        return ""
    if row.missing is Missing.MISSING:
        return Quality.MISSING.value
    if row.standing.judged is None or row.standing.quality == Quality.FINAL:
        return ""
    return row.standing.quality.value


def _meta(row: Row) -> str:
    """When the figure is from, and what there is to know about it."""
    standing = row.standing
    if row.masked:
        return _("Vises bare for dem som leder enheten")
    if row.missing is Missing.NOT_DUE and row.awaited:
        return _("Ventes innen %(day)s") % {"day": formats.date_short(row.awaited)}
    if standing.period is None:
        if row.missing is Missing.NOT_RELEVANT:
            return _("Gjelder ikke for enheten")
        return _("Skulle vært klart %(day)s") % {"day": formats.date_short(row.awaited)} if row.awaited else _("Ikke oppgitt")
    parts = [_when(row, standing.period)]
    if standing.judged is not None:
        parts += [_incomplete(row), _("omregnet") if standing.restated else "", _unweighted(row)]
    return ", ".join(part for part in parts if part)


def _when(row: Row, period: Period) -> str:
    label = {"period": formats.period_label(period)}
    if row.standing.withdrawn or row.overdue or row.standing.newest_quality == Quality.NOT_MEASURED:
        return _("Sist målt %(period)s") % label
    if row.indicator.window > 1 and period.kind == row.indicator.kind:
        return _("Siste %(count)s måneder, per %(period)s") % {**label, "count": row.indicator.window * period.kind.length}
    return _("Målt %(period)s") % label if period.kind.length == len(period.of_year(period.year).months) else _("Per %(period)s") % label


def _incomplete(row: Row) -> str:
    standing = row.standing
    return _coverage(row) if not standing.own and standing.covered < standing.expected else ""


def _coverage(row: Row) -> str:
    """«dekker 21 av 22 enheter», where the figure comes from the units below."""
    standing = row.standing
    if standing.judged is None or standing.own or not standing.expected:
        return ""
    words = {"covered": standing.covered, "expected": standing.expected}
    return ngettext("dekker %(covered)s av %(expected)s enhet", "dekker %(covered)s av %(expected)s enheter", standing.expected) % words


def _unweighted(row: Row) -> str:
    return _("uvektet snitt") if row.indicator.rollup == Method.MEAN and not row.standing.own else ""


def _trend_words(row: Row) -> str:
    """«2006: 4,89. 2007: 4,70. 2008: mangler. Målet er 4,5.» A cell knows its figures only, so they are told in their order."""
    if not row.standing.trend:
        return ""
    places, missing = _trend_places(row), _("mangler")
    figures = [(period, missing if value is None else formats.number(value, places)) for period, value in row.standing.trend]
    if all(period is not None for period, _text in figures):
        told = " ".join(f"{formats.period_short(period)}: {text}." for period, text in figures if period is not None)
    else:
        told = _("Eldste først: %(figures)s.") % {"figures": ", ".join(text for _period, text in figures)}
    if row.limits is None or not row.limits.has_target:
        return told
    return f"{told} " + _("Målet er %(target)s.") % {"target": target_text(row.indicator, row.limits)}


def _trend_places(row: Row) -> int:
    """As many decimals as the latest figure is shown with, for all of them."""
    latest = row.standing.value
    return row.indicator.places if latest is None else places_for(row.indicator, latest, row.limits)


def _change(row: Row) -> Change | None:
    """The change since the figure before, where it is large enough to mean something."""
    change, standing = row.change, row.standing
    if change is None or change.arrow is Arrow.FLAT or standing.judged is None or standing.previous is None:
        return None
    if standing.quality == Quality.ESTIMATE:
        # The difference to «ca. 97» would be a figure that nobody knows.
        return None
    verdict = "flat" if change.effect is Effect.SAME else change.effect.value
    return Change(change.arrow.value, verdict, difference_text(row.indicator, standing.judged, standing.previous, row.limits))


def _change_meaning(row: Row) -> str:
    """What the arrow says, for those who do not see it."""
    change = row.change
    if _change(row) is None or change is None:
        return ""
    way = _("høyere enn sist") if change.arrow is Arrow.UP else _("lavere enn sist")
    good = {Effect.BETTER: _("bedre"), Effect.WORSE: _("dårligere"), Effect.SAME: ""}[change.effect]
    return f"{way}, {good}" if good else way


def _status_word(row: Row) -> str:
    if row.masked:
        return _("Vises ikke")
    if row.missing is Missing.NOT_DUE:
        return _("Ikke forfalt ennå")
    return str(STATUSES[row.code].word)


def _info(row: Row) -> str:
    """The info mark: never a colour, only something to look into."""
    if not row.info or row.indicator.info_below is None:
        return ""
    limits = row.limits
    is_consumption = row.indicator.measure == Indicator.Measure.PERCENT and limits is not None and limits.direction == Direction.LOWER
    # Consumption in percent of the budget: what is far below 100 has a name of its own.
    if is_consumption and limits is not None and limits.target == BUDGET:
        return _("stort mindreforbruk")
    return _("under %(figure)s") % {"figure": with_unit(row.indicator, plain(row.indicator, row.indicator.info_below))}


def _accepted(row: Row) -> str:
    acceptance = row.acceptance
    if acceptance is None:
        return ""
    told = _("Akseptert til %(day)s: %(reason)s") % {"day": formats.date_short(acceptance.valid_to), "reason": acceptance.reason}
    if acceptance.interim_target is None:
        return told
    interim = with_unit(row.indicator, plain(row.indicator, acceptance.interim_target))
    return f"{told} " + _("Delmål %(figure)s.") % {"figure": interim}


def _score(formula: ScoreFormula | None) -> str:
    """«8,8 av 10»."""
    return "" if formula is None else _("%(score)s av 10") % {"score": _out_of_ten(formula)}


def _out_of_ten(formula: ScoreFormula) -> str:
    """With enough decimals that what is not reached never reads as ten."""
    ten = formula.score / TEN
    return formats.number(round_half_up(ten, formats.distance_places(ten, TEN, 1)))


def _formula(indicator: Indicator, formula: ScoreFormula | None) -> str:
    """How the score came about, with its own figures: «(14,85 − 10,5) / (14,85 − 9,9) × 10 = 8,8»."""
    if formula is None:
        return ""
    if formula.numerator is None or formula.denominator is None:
        return _("Målet er nådd og gir 10.") if formula.score else _("Målet er ikke nådd og gir 0.")
    value, goal, end = (plain(indicator, figure) for figure in (formula.value, formula.goal, formula.end))
    pairs = (value, end, goal, end) if formula.direction == Direction.HIGHER else (end, value, end, goal)
    score = _out_of_ten(formula)
    told = "({} \u2212 {}) / ({} \u2212 {}) × 10".format(*pairs)
    share = formula.numerator / formula.denominator
    if not 0 <= share <= 1:
        return _("%(sum)s, holdt mellom 0 og 10 = %(score)s") % {"sum": told, "score": score}
    return f"{told} = {score}"
