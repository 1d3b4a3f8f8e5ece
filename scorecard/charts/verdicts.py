"""What the control chart says about now, in plain words, and how it was computed."""

from dataclasses import dataclass
from itertools import takewhile

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import formats
from scorecard.charts import words
from scorecard.queries.figures import span_text, with_unit
from scorecard.queries.indicator import CHARTED, Series
from scorecard.rules.control_chart import MIN_POINTS, RUN_LENGTH, Code, ControlChart, Reach, Side
from scorecard.rules.rollup import DIVIDED, Method

REACHES: dict[str, Promise] = {
    Reach.STEADY: gettext_lazy("Målet nås jevnt."),
    Reach.BY_CHANCE: gettext_lazy("Målet nås som oftest, men ikke hver gang, slik dere jobber nå."),
    Reach.NOT_STEADY: gettext_lazy("Målet nås ikke jevnt uten at dere endrer måten dere jobber på."),
    Reach.OUT_OF_REACH: gettext_lazy("Målet nås ikke uten at dere endrer måten dere jobber på."),
}
# From here on a run is worth a word, though it is no signal yet.
RUN_WORTH_TELLING = 3


@dataclass(frozen=True)
class VerdictText:
    """`title` in few words, `normal` the usual span («83,8–100 %», empty without one) inside the sentence `before` and `after`."""

    code: str
    title: str
    before: str = ""
    normal: str = ""
    after: str = ""
    more: str = ""
    how: tuple[str, ...] = ()


def verdict_text(series: Series) -> VerdictText | None:
    """The sentence, or None where the indicator comes too seldom to speak of chance."""
    if series.indicator.kind not in CHARTED or not series.figures:
        return None
    chart, verdict = series.chart, series.verdict
    if chart is None:
        return _too_few(series)
    kind = series.indicator.kind
    reach = str(REACHES.get(verdict.reach, ""))
    normal = span_text(series.indicator, chart.lower, chart.upper)
    if verdict.code == Code.NOISE or verdict.since is None:
        title, before, end = _("Sannsynligvis tilfeldig variasjon"), _("Tallet ligger innenfor det dere pleier,"), "."
    else:
        title = _("Reell endring siden %(period)s") % {"period": formats.period_label(verdict.since)}
        newest = chart.points[-1][1]
        inside = chart.lower <= newest <= chart.upper
        before = _("Tallet ligger innenfor grensene,") if inside else _("Tallet ligger utenfor det dere pleier,")
        end = "."
    more = _run_so_far(series, chart)
    if series.windowed:
        more = " ".join(filter(None, [_window_words(series), more]))
    return VerdictText(verdict.code, title, before, normal, f"{end} {reach}".strip(), more, tuple(_how(series, chart, kind)))


def _too_few(series: Series) -> VerdictText:
    count = len(series.figures)
    if series.resets:
        reset = series.resets[-1]
        count = sum(period.start >= reset.period_start for period, _value in series.figures)
        more = _("Grensene regnes på nytt fra %(period)s. Da er det %(count)s målinger så langt.")
        text = more % {"period": formats.period_label(reset.period), "count": formats.count_word(count)}
    else:
        text = _("Det er %(count)s målinger så langt.") % {"count": formats.count_word(count)}
    before = _("Det må være minst %(least)s målinger før vi kan si om en endring er mer enn tilfeldig.")
    return VerdictText(
        Code.TOO_FEW,
        _("For få målinger til å skille endring fra tilfeldighet"),
        before % {"least": formats.count_word(MIN_POINTS)},
        more=text,
    )


def _window_words(series: Series) -> str:
    number = words.count(series.indicator.window, series.indicator.kind)
    return _("Grensene gjelder hver periode for seg, ikke %(window)s samlet.") % {"window": number}


def _run_so_far(series: Series, chart: ControlChart) -> str:
    """How many in a row lie on the same side of the mean, and how many it takes while nothing else has decided that the change is real."""
    newest = chart.points[-1][1]
    if newest == chart.mean:
        return ""
    above = newest > chart.mean
    run = len(list(takewhile(lambda point: point[1] != chart.mean and (point[1] > chart.mean) == above, reversed(chart.points))))
    if run < RUN_WORTH_TELLING:
        return ""
    filled = {
        "run": capfirst(words.counted(run, series.indicator.kind)),
        "mean": with_unit(series.indicator, formats.number(chart.mean, series.indicator.places)),
        "limit": formats.count_word(RUN_LENGTH),
    }
    if above:
        text = _("%(run)s på rad ligger over snittet på %(mean)s.") % filled
    else:
        text = _("%(run)s på rad ligger under snittet på %(mean)s.") % filled
    if run < RUN_LENGTH and series.verdict.code != Code.REAL_CHANGE:
        return text + " " + capfirst(_("Ved %(limit)s på rad sier vi at endringen er reell.") % filled)
    return text


def _how(series: Series, chart: ControlChart, kind: str) -> list[str]:
    """The formula with its numbers."""
    indicator = series.indicator
    more = max(indicator.places + 1, 2)
    filled = {
        "count": words.count(len(chart.points), kind),
        "step": words.STEP_WORDS[kind],
        "mean": formats.number(chart.mean, more),
        "range": formats.number(chart.mean_range, more),
        "lower": formats.number(chart.lower_uncut, more),
        "upper": formats.number(chart.upper_uncut, more),
    }
    lines = [
        _("Snittet av %(count)s er %(mean)s. Tallet endrer seg i snitt %(range)s %(step)s.") % filled,
        _(
            "Grensene er snittet pluss og minus 2,66 ganger den endringen: %(mean)s − 2,66 × %(range)s = %(lower)s"
            " og %(mean)s + 2,66 × %(range)s = %(upper)s."
        )
        % filled,
    ]
    if chart.upper < chart.upper_uncut:
        lines.append(_("Øvre grense stopper på %(end)s, det høyeste mulige.") % {"end": formats.number(chart.upper)})
    if chart.lower > chart.lower_uncut:
        lines.append(_("Nedre grense stopper på %(end)s, det laveste mulige.") % {"end": formats.number(chart.lower)})
    lines.append(_("Et signal er et tall utenfor grensene, eller åtte på rad på samme side av snittet."))
    if series.resets:
        reset = series.resets[-1]
        lines.append(_("Regnet fra %(period)s: %(note)s") % {"period": formats.period_label(reset.period), "note": reset.note})
    if Method(indicator.rollup) in DIVIDED and any(point.denominator is None for point in series.singles if point.value is not None):
        lines.append(_("Vi vet ikke hvor mange som står bak hvert tall, så grensene er omtrentlige."))
    return lines


def side_words(side: Side, *, run: bool) -> str:
    """Where a signal lies."""
    if run:
        return _("over snittet") if side == Side.ABOVE else _("under snittet")
    return _("over det vanlige området") if side == Side.ABOVE else _("under det vanlige området")
