"""Norwegian sentences for what the rules find: in a target, in a scorecard, in a formula."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common import formats
from scorecard.models import Benchmark, Indicator
from scorecard.queries.figures import plain_text
from scorecard.rules.findings import Finding
from scorecard.rules.statuses import Direction
from scorecard.rules.target_texts import Operator
from scorecard.services.library import FormulaRefused

BETTER: dict[str, Promise] = {
    Direction.HIGHER: lazy("høyere er bedre"),
    Direction.LOWER: lazy("lavere er bedre"),
    Direction.RANGE: lazy("verdien skal ligge innenfor et område"),
}
WANTED: dict[str, Promise] = {Direction.HIGHER: lazy("øke"), Direction.LOWER: lazy("gå ned")}
OPERATORS: dict[str, Promise] = {
    Operator.AT_LEAST: lazy("minst"),
    Operator.ABOVE: lazy("over"),
    Operator.AT_MOST: lazy("høyst"),
    Operator.BELOW: lazy("under"),
    Operator.BETWEEN: lazy("mellom"),
}

TARGETS: dict[str, Promise] = {
    "direction_missing": lazy("Indikatoren mangler retning. Si i biblioteket om høyere eller lavere er bedre."),
    "not_understood": lazy(
        "«%(typed)s» kan ikke leses som et mål. Skriv for eksempel 4,5 eller 85–90 eller 10 prosentpoeng bedre enn Oslo."
    ),
    "target_missing": lazy("Skriv målet, for eksempel 4,5."),
    "value_differs_from_text": lazy("Teksten sier %(typed_value)s, men tallet er %(value)s. Skriv det samme begge steder."),
    "measure_differs": lazy("Indikatoren måles ikke i prosent. Skriv målet uten prosenttegn, eller skriv hva det er prosent av."),
    "operator_against_direction": lazy(
        "«%(operator)s %(value)s» går mot retningen: %(direction)s for denne indikatoren. Mente du «%(suggestion)s %(value)s»?"
    ),
    "range_against_direction": lazy("Et område passer ikke her: %(direction)s for denne indikatoren. Skriv ett tall."),
    "change_against_direction": lazy("Målet sier at tallet skal %(wanted)s, men %(direction)s for denne indikatoren."),
    "relative_as_absolute": lazy(
        "«%(typed)s» er en endring, ikke et tall. Velg hva den sammenliknes med, eller skriv tallet som skal nås."
    ),
    "percent_ambiguous": lazy("«%(amount)s» kan leses på flere måter. Velg hva du mener: %(readings)s."),
    "comparison_missing": lazy("Si om %(amount)s er prosent eller poeng."),
    "amount_missing": lazy("Skriv hvor mye bedre resultatet skal bli, for eksempel 10."),
    "relative_range": lazy("Et mål som er et område, kan ikke regnes ut fra en annen verdi. Skriv fra og til."),
    "baseline_missing": lazy("Verdien det sammenliknes med, mangler. Skriv den, eller velg en periode som er målt."),
    "baseline_without_period": lazy("Skriv hvilken periode det sammenliknes med, for eksempel 2025."),
    "benchmark_missing": lazy("Det finnes ikke noe tall å sammenlikne med. Legg det inn i biblioteket først."),
    "benchmark_single_body": lazy("Bare én kommune står bak tallet, så det er ikke noe å sammenlikne seg med."),
    "benchmark_few_bodies": lazy("Det står %(bodies)s bak tallet. Det må være minst %(least)s for å sammenlikne."),
    "range_incomplete": lazy("Skriv både fra og til, for eksempel 85–90."),
    "range_open": lazy("Skriv både fra og til, for eksempel 85–90."),
    "range_reversed": lazy("Området begynner på %(low)s og slutter på %(high)s. Skriv det laveste tallet først."),
    "tolerance_negative": lazy("Toleransen kan ikke være under null."),
    "yellow_on_wrong_side": lazy(
        "Gulgrensen %(yellow_limit)s ligger på feil side av målet %(target)s: %(direction)s, så gult kommer mellom målet og rødt."
    ),
    "yellow_not_understood": lazy("Gulgrensen «%(typed)s» er ikke et tall. Skriv for eksempel 4,5 / 4,2."),
    "outside_scale": lazy("%(value)s ligger utenfor det som er mulig, %(scale_min)s til %(scale_max)s."),
    "too_large": lazy("Tallet er for stort. Skriv høyst tolv sifre."),
    "amount_for_the_worse": lazy("Tallet er under null, så målet blir dårligere enn det det sammenliknes med."),
    "already_reached": lazy("Målet er nådd %(count)s ganger på rad. Er det høyt nok?"),
    "no_yellow": lazy("Målet har ingen gulgrense, så det blir bare grønt eller rødt."),
}

CARDS: dict[str, Promise] = {
    "empty": lazy("Målekartet er tomt. Legg til et fokusområde."),
    "area_empty": lazy("%(area)s har ingen indikatorer."),
    "weight_missing": lazy("%(indicator)s mangler vekt."),
    "weight_sum": lazy("Vektene i %(area)s er %(sum)s til sammen. De skal være 100. %(difference)s"),
    "method_missing": lazy("%(indicator)s mangler målemetode."),
    "source_missing": lazy("%(indicator)s mangler kilde."),
    "direction_missing": lazy("%(indicator)s mangler retning."),
    "limits_against_direction": lazy("Gulgrensen for %(indicator)s ligger på feil side av målet."),
    "placed_twice": lazy("%(indicator)s står flere ganger i målekartet."),
    "target_unconfirmed": lazy("Målet for %(indicator)s er hentet fra i fjor og ikke bekreftet."),
    "too_many_indicators": lazy("%(area)s har %(count)s indikatorer. Anbefalt er høyst %(limit)s."),
    "target_missing": lazy("%(indicator)s har ikke noe mål og blir grå."),
}

FORMULAS: dict[str, Promise] = {
    "empty": lazy("Skriv en formel, for eksempel [saker_innen_frist] / [saker] * 100."),
    "too_long": lazy("Formelen er for lang."),
    "too_deep": lazy("Formelen har for mange parenteser inni hverandre."),
    "unexpected_character": lazy("Tegnet kan ikke stå i en formel. Bruk + - * / ( ), tall og koder i hakeparenteser."),
    "unexpected": lazy("Her mangler det noe. Mellom to ledd må det stå + - * eller /."),
    "unexpected_end": lazy("Formelen slutter midt i. Skriv et tall eller en kode til."),
    "unclosed_parenthesis": lazy("Parentesen blir ikke lukket."),
    "invalid_code": lazy("Koden i hakeparentesene kan ikke leses. Skriv for eksempel [saker]."),
    "invalid_number": lazy("Tallet har for mange sifre."),
    "unknown_indicator": lazy("Det finnes ingen indikator med denne koden."),
    "different_measures": lazy("Her legges ulike slags tall sammen, for eksempel kroner og dager. Del eller gang i stedet."),
}


def target_sentence(finding: Finding, indicator: Indicator) -> str:
    """What a finding about a target says to the person who typed it."""
    code, shown = finding.code, {name: _shown(value, indicator) for name, value in finding.params.items()}
    if code == "operator_against_direction" and finding.params.get("operator") == Operator.BETWEEN:
        code = "range_against_direction"
    if code == "change_against_direction":
        shown["wanted"] = str(WANTED[str(finding.params["wanted"])])
    if code == "percent_ambiguous":
        shown["amount"] = formats.percent(_decimal(finding.params.get("amount")), None)
        shown["readings"] = "; ".join(label for _code, label in readings(finding, indicator))
    if code == "benchmark_few_bodies":
        shown |= {name: str(finding.params[name]) for name in ("bodies", "least")}
    return str(TARGETS[code]) % shown


def readings(finding: Finding, indicator: Indicator) -> list[tuple[str, str]]:
    """The ways to read an ambiguous percent, each with what it comes to."""
    amount, base = _decimal(finding.params.get("amount")), _decimal(finding.params.get("base"))
    figures = {name: plain_text(indicator, _decimal(finding.params.get(name))) for name in ("percent", "points")}
    words = {
        "amount": formats.percent(amount, None),
        "points": formats.points(amount, None),
        "base": plain_text(indicator, base),
        "as_percent": figures["percent"],
        "as_points": figures["points"],
    }
    if base is None:
        return [
            ("percent", _("%(amount)s av verdien det sammenliknes med") % words),
            ("points", _("%(points)s bedre") % words),
            ("absolute", _("selve tallet er %(amount)s") % words),
        ]
    return [
        ("percent", _("%(amount)s av %(base)s, som gir målet %(as_percent)s") % words),
        ("points", _("%(points)s fra %(base)s, som gir målet %(as_points)s") % words),
        ("absolute", _("selve tallet er %(amount)s") % words),
    ]


def card_sentence(finding: Finding, names: Mapping[str, Mapping[int, str]]) -> str:
    """What a finding about a scorecard says. `names` gives the names of areas and indicators by id."""
    shown: dict[str, object] = dict(finding.params)
    for kind in ("area", "indicator"):
        if kind in shown:
            shown[kind] = names[kind].get(int(str(shown[kind])), "")
    if finding.code == "weight_sum":
        total = _decimal(finding.params["sum"]) or Decimal(0)
        shown["sum"] = formats.number(total)
        shown["difference"] = weight_gap(total)
    return str(CARDS[finding.code]) % shown


def weight_gap(total: Decimal) -> str:
    """«Det mangler 15.» or «Det er 5 for mye.»"""
    gap = Decimal(100) - total
    if gap > 0:
        return _("Det mangler %(gap)s.") % {"gap": formats.number(gap)}
    return _("Det er %(gap)s for mye.") % {"gap": formats.number(-gap)}


def formula_sentence(refusal: FormulaRefused, text: str) -> str:
    """What is wrong with a formula, and where."""
    if refusal.code == "cycle":
        return _("Formelen går i ring: %(path)s.") % {"path": " → ".join(refusal.path)}
    sentence = str(FORMULAS[refusal.code])
    if refusal.position is None:
        return sentence
    rest = text[refusal.position : refusal.position + 20]
    if not rest.strip():
        return sentence
    return _("Tegn %(place)s, «%(rest)s»: %(sentence)s") % {"place": refusal.position + 1, "rest": rest, "sentence": sentence}


def group_name(code: str) -> str:
    return str(Benchmark.Group(code).label) if code else ""


def _decimal(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _shown(value: object, indicator: Indicator) -> str:
    if value is None:
        return formats.MISSING
    if isinstance(value, Decimal):
        return plain_text(indicator, value)
    words = BETTER if isinstance(value, Direction) else OPERATORS if isinstance(value, Operator) else {}
    return str(words.get(str(value), value))
