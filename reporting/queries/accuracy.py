"""How forecasts turned out, for the leader beside the next forecast and for the director over all units."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common import formats
from common.numbers import round_half_up
from organisation.rules.tree import UnitTree
from reporting.models import ForecastAccuracy
from reporting.rules.accuracy import Method

METHODS: dict[Method, Promise] = {
    Method.LEADER: lazy("Lederens prognose"),
    Method.NO_MORE: lazy("A Avviket fortsetter ikke"),
    Method.SAME_PACE: lazy("B Samme takt"),
    Method.LAST_YEAR: lazy("C Som i fjor"),
    Method.COMBINED: lazy("A, B og C veid sammen"),
}
THOUSAND = Decimal(1000)
# What a leader reads as «traff godt»: half a percent of the budget.
CLOSE = Decimal("0.5")


@dataclass(frozen=True)
class Remembered:
    """One unit's finished year, in words. `best` is the method that came closest, where it was another than the leader."""

    year: int
    sentence: str
    best: str
    rows: tuple["Judged", ...]


@dataclass(frozen=True)
class Judged:
    """One method's year. In kroner, and in percent of the budget."""

    method: Method
    name: str
    months: int
    bias: Decimal
    error: Decimal
    percent: Decimal | None

    @property
    def bias_said(self) -> str:
        """«340 000 kr for høyt»."""
        return said_bias(self.bias)

    @property
    def error_said(self) -> str:
        """«410 000 kr (0,6 %)»."""
        amount = formats.money(_rounded(self.error))
        return amount if self.percent is None else f"{amount} ({formats.percent(self.percent)})"


@dataclass(frozen=True)
class UnitAccuracy:
    """One unit's line on the director's page."""

    code: str
    name: str
    by_method: dict[Method, Judged]

    @property
    def leader(self) -> Judged | None:
        return self.by_method.get(Method.LEADER)


def remembered(*, unit_id: int, year: int) -> Remembered | None:
    """What the forecasts of the year before `year` came to; None where nobody has judged it. One SQL statement."""
    rows = tuple(_judged(row) for row in ForecastAccuracy.objects.filter(unit_id=unit_id, year=year - 1))
    found = {row.method: row for row in rows}
    leader = found.get(Method.LEADER)
    if leader is None:
        return None
    ordered = tuple(found[method] for method in Method if method in found)
    return Remembered(year - 1, sentence_of(leader, when=_("I fjor")), _best(leader, ordered), ordered)


def accuracies(*, unit_ids: Collection[int], year: int, tree: UnitTree) -> list[UnitAccuracy]:
    """Units with a judged year, those whose leader was furthest away first. One SQL statement."""
    found: dict[int, dict[Method, Judged]] = {}
    for row in ForecastAccuracy.objects.filter(unit_id__in=unit_ids, year=year):
        found.setdefault(row.unit_id, {})[Method(row.method)] = _judged(row)
    nodes = [(tree.nodes[unit_id], rows) for unit_id, rows in found.items() if unit_id in tree.nodes]
    lines = [UnitAccuracy(node.code, node.name, rows) for node, rows in nodes]
    return sorted(lines, key=lambda line: (-(line.leader.error if line.leader else Decimal(-1)), line.code))


def judged_years(unit_ids: Collection[int]) -> list[int]:
    """Newest first. One SQL statement."""
    rows = ForecastAccuracy.objects.filter(unit_id__in=unit_ids)
    return sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)


def sentence_of(judged: Judged, *, when: str) -> str:
    """«I fjor lå prognosene i snitt 340 000 kr for høyt.»; of a bias that is worth naming. `when`: «I fjor», «I 2025»."""
    if judged.percent is not None and judged.percent <= CLOSE:
        told = _("traff prognosene godt: i snitt %(error)s unna")
    elif abs(judged.bias) * 2 < judged.error:
        told = _("bommet prognosene i snitt med %(error)s, både over og under")
    else:
        told = _("lå prognosene i snitt %(bias)s")
    words = {"bias": said_bias(judged.bias), "error": formats.money(_rounded(judged.error))}
    return f"{when} {told % words}."


def said_bias(bias: Decimal) -> str:
    """«340 000 kr for høyt», «12 000 kr for lavt», «0 kr»."""
    amount = formats.money(_rounded(abs(bias)))
    if not _rounded(bias):
        return amount
    return _("%(amount)s for høyt") % {"amount": amount} if bias > 0 else _("%(amount)s for lavt") % {"amount": amount}


def _rounded(amount: Decimal) -> Decimal:
    """To whole ten thousands above a hundred thousand, else whole thousands: more would look more certain than it is."""
    step = 10 * THOUSAND if abs(amount) >= 100 * THOUSAND else THOUSAND
    return round_half_up(amount / step, 0) * step


def _best(leader: Judged, rows: tuple[Judged, ...]) -> str:
    closest = min(rows, key=lambda row: row.error)
    if closest.method is Method.LEADER or closest.error >= leader.error:
        return ""
    return _("«%(method)s» traff best: i snitt %(error)s unna.") % {
        "method": closest.name,
        "error": formats.money(_rounded(closest.error)),
    }


def _judged(row: ForecastAccuracy) -> Judged:
    method = Method(row.method)
    return Judged(method, str(METHODS[method]), row.months, row.bias, row.error, row.percent)
