"""What keeps a figure from being recorded, as sentences that say what to write."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common import formats
from common.periods import Period, PeriodKind
from scorecard.models import Indicator, Measurement
from scorecard.queries.figures import figure_text, with_unit
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Quality
from scorecard.rules.typed_values import Slip
from scorecard.rules.values import Problem

PROBLEMS: dict[Problem, Promise] = {
    Problem.TWICE: lazy("Det samme tallet står to ganger. La ett av dem stå."),
    Problem.STALE: lazy("Noen andre har lagret dette tallet etter at du åpnet siden."),
    Problem.PERIOD_NOT_OVER: lazy("%(period)s er ikke over ennå. Velg Anslag, eller vent til %(next_day)s."),
    Problem.WRONG_PERIOD_KIND: lazy("Indikatoren måles %(rhythm)s. Skriv perioden slik: %(example)s."),
    Problem.OUTSIDE_UNIT_LIFE: lazy("%(unit)s fantes ikke i %(period)s. Velg en annen periode eller enhet."),
    Problem.INDICATOR_RETIRED: lazy("Indikatoren er tatt ut av bruk fra %(retired)s. Velg en tidligere periode."),
    Problem.IS_CALCULATED: lazy("Tallet regnes ut av andre tall. Før dem i stedet."),
    Problem.VALUE_MISSING: lazy("Skriv tallet, eller velg en kvalitet som sier hvorfor det ikke finnes."),
    Problem.PARTS_MISSING: lazy("Skriv både teller og nevner. Verdien regnes ut av dem."),
    Problem.DENOMINATOR_ZERO: lazy("Nevneren kan ikke være 0. Er det ingenting å dele på, velg Ikke relevant og la tallene stå tomme."),
    Problem.DENOMINATOR_NEGATIVE: lazy("Nevneren kan ikke være under 0. Skriv den uten minus."),
    Problem.BELOW_SCALE: lazy("%(value)s er lavere enn det som er mulig. Skriv %(low)s eller mer."),
    Problem.ABOVE_SCALE: lazy("%(value)s er høyere enn det som er mulig. Skriv %(high)s eller mindre."),
    Problem.TOO_MANY_DIGITS: lazy("Tallet har for mange sifre. Skriv høyst tolv foran komma, seks bak og femten til sammen."),
    Problem.SUM_TOO_LARGE: lazy("Lagt sammen med tallene til de andre enhetene blir dette for stort. Sjekk antall sifre."),
    Problem.REASON_MISSING: lazy("Skriv hvorfor tallet rettes. Det gamle tallet blir stående i historikken."),
    Problem.YEAR_LOCKED: lazy("Målekartet for %(year)s er låst. Skriv hvorfor tallet føres nå. Det blir en ny versjon som alle kan se."),
}

SLIPS: dict[Slip, Promise] = {
    Slip.FIGURE_WITHOUT_QUALITY: lazy("Du har skrevet et tall og sagt at det ikke finnes. Tøm feltet, eller velg en annen kvalitet."),
    Slip.FIGURE_EMPTIED: lazy("Feltet er tomt, men her står det et tall fra før. Skriv det nye tallet, eller ?? hvis det mangler."),
    Slip.HALF_MISSING: lazy("Bare det ene tallet mangler. Skriv begge, eller ?? i begge."),
}

RHYTHMS: dict[PeriodKind, Promise] = {
    PeriodKind.MONTH: lazy("hver måned"),
    PeriodKind.QUARTER: lazy("hvert kvartal"),
    PeriodKind.TERTIAL: lazy("hvert tertial"),
    PeriodKind.YEAR: lazy("hvert år"),
}

# Which field a person mends a problem in; the rest belong to the row as a whole.
FIELDS: dict[Problem, str] = {
    Problem.PERIOD_NOT_OVER: "quality",
    Problem.DENOMINATOR_ZERO: "denominator",
    Problem.DENOMINATOR_NEGATIVE: "denominator",
    Problem.REASON_MISSING: "reason",
    Problem.YEAR_LOCKED: "reason",
}
OF_THE_FIGURE = {
    Problem.VALUE_MISSING,
    Problem.PARTS_MISSING,
    Problem.BELOW_SCALE,
    Problem.ABOVE_SCALE,
    Problem.TOO_MANY_DIGITS,
    Problem.SUM_TOO_LARGE,
}


def problem_sentence(problem: Problem, *, indicator: Indicator, unit_name: str, period: Period, value: Decimal | None = None) -> str:
    """What is wrong with one figure and what to write instead."""
    shown = {
        "period": _capitalised(formats.period_label(period)) if problem is Problem.PERIOD_NOT_OVER else formats.period_label(period),
        "next_day": formats.date_long(period.next().first_day) if problem is Problem.PERIOD_NOT_OVER else "",
        "rhythm": str(RHYTHMS[indicator.kind]),
        "example": Period.containing(period.last_day, indicator.kind).code,
        "unit": unit_name,
        "retired": formats.date_long(indicator.retired_on),
        "value": figure_text(indicator, value),
        "low": with_unit(indicator, formats.number(indicator.scale_min)),
        "high": with_unit(indicator, formats.number(indicator.scale_max)),
        "year": period.year,
    }
    return str(PROBLEMS[problem]) % shown


def field_of(problem: Problem, indicator: Indicator) -> str | None:
    """The field to put the cursor in, or None for the row as a whole."""
    if problem in OF_THE_FIGURE:
        return "numerator" if Method(indicator.rollup) is Method.RATIO else "value"
    return FIELDS.get(problem)


def measurement_text(row: Measurement, indicator: Indicator) -> str:
    """«10,5 %», «ca. 97 %», or why there is no figure: «Mangler»."""
    if row.value is None:
        return str(dict(Measurement.QualityChoices)[Quality(row.quality)])
    return figure_text(indicator, row.value, None, Quality(row.quality))


def conflict_sentence(row: Measurement, indicator: Indicator) -> str:
    """What the other person wrote, who and when."""
    words = {
        "name": row.recorded_by.name if row.recorded_by else _("Alna"),
        "moment": formats.moment(row.recorded_at),
        "figure": measurement_text(row, indicator),
    }
    sentence = _("%(name)s lagret %(figure)s %(moment)s, etter at du åpnet siden.") % words
    if row.note:
        sentence += " " + _("Merknad: «%(note)s».") % {"note": row.note}
    return sentence + " " + _("Lagre på nytt hvis ditt tall skal gjelde i stedet.")


def far_sentence(value: Decimal, last: Measurement, indicator: Indicator) -> str:
    """«1 000 er mye mer enn sist (100 i august 2026). Er det riktig?»"""
    words = {
        "value": figure_text(indicator, value),
        "last": figure_text(indicator, last.value),
        "period": formats.period_label(last.period),
    }
    if last.value is not None and value > last.value:
        return _("%(value)s er mye mer enn sist: %(last)s i %(period)s. Er det riktig?") % words
    return _("%(value)s er mye mindre enn sist: %(last)s i %(period)s. Er det riktig?") % words


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
