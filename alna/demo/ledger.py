"""The ledger behind the economy: some fifty accounts in every unit and month, in kroner, that come to the plan's figures exactly."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from alna.demo.chance import Chance
from alna.demo.data_files import rows
from alna.demo.economy import Line, line_of
from alna.demo.plan import Plan
from common.numbers import round_half_up
from common.periods import Period

THOUSAND = Decimal(1000)
MAIN = "10101"
HOME_CARE = "402"
# Money bound to a purpose, reported apart from ordinary operation.
PROJECT, PROJECT_NAME, PROJECT_UNIT = "9402", "Kompetansetilskudd", HOME_CARE
PROJECT_YEAR, PROJECT_SEPTEMBER = (Decimal(1_200_000), Decimal(1_200_000)), (Decimal(900_000), Decimal(860_000))
SEPTEMBER = 9
# Which function a unit's ledger is booked on; the areas of the budget follow from it.
FUNCTIONS = {
    "201": "211", "202": "252", "203": "232", "204": "231", "302": "275", "401": "253", "402": "254", "403": "241", "404": "254",
    "405": "254", "406": "243", "407": "234", "501": "385", "502": "130", "900": "120",
}  # fmt: skip
FUNCTION_NAMES = {
    "120": "Administrasjon",
    "130": "Administrasjonslokaler",
    "201": "Barnehage",
    "211": "Styrket tilbud til førskolebarn",
    "231": "Aktivitetstilbud barn og unge",
    "232": "Helsestasjons- og skolehelsetjeneste",
    "234": "Aktivisering og servicetjenester",
    "241": "Diagnose, behandling og rehabilitering",
    "242": "Råd, veiledning og sosialt forebyggende arbeid",
    "243": "Tilbud til personer med rusproblemer",
    "252": "Barneverntiltak utenfor familien",
    "253": "Helse- og omsorgstjenester i institusjon",
    "254": "Hjemmeboende",
    "275": "Introduksjonsordningen",
    "281": "Økonomisk sosialhjelp",
    "385": "Andre kulturaktiviteter",
}
KINDS = {"202": "welfare", "401": "purchase", "404": "care", "405": "care"}
# NAV: what recipients get is an area of its own. Shares of budget, and of what was spent over it.
NAV, BENEFITS_OF_BUDGET, BENEFITS_OF_VARIANCE = "301", Decimal(58) / 96, Decimal(1724) / 1944
# Where a variance stands; the shares of each come to one.
OVER = {"10202": "0.95", "10201": "0.55", "17101": "-0.35", MAIN: "-0.15"}
UNDER = {MAIN: "1.10", "10991": "0.15", "10901": "0.10", "10201": "-0.35"}
STORIES = {
    "202": {"13701": "1.10", "10401": "0.10", "17001": "-0.20"},
    "401": {"13701": "0.85", "13702": "0.15"},
    "502": {"12601": "0.60", "11201": "0.40"},
    "benefits": {"14702": "0.90", "14701": "0.10"},
}


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One account of a cost centre from January to the month, and the year's budget."""

    unit: str
    account: str
    name: str
    function: str
    project: str
    original: Decimal
    revised: Decimal
    budget: Decimal
    actual: Decimal
    # Another than the unit's own.
    booked_on: str = ""

    @property
    def cost_centre(self) -> str:
        return self.booked_on or f"{self.unit}100"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a unit's ledger with one function and one set of accounts, in kroner."""

    unit: str
    function: str
    kind: str
    story: str
    original: Decimal
    revised: Decimal
    budget: Decimal
    variance: Decimal


def ledger(plan: Plan, period: Period) -> Iterator[LedgerRow]:
    """Every unit's accounts at the end of the month, in the order of the file."""
    for row in rows("units"):
        line = line_of(plan, row, period)
        if row["code"] == HOME_CARE:
            yield from _home_care(line)
            yield _project(period)
            continue
        for block in _blocks(row["code"], line):
            yield from _accounts(block, period.year - plan.year)


def _blocks(code: str, line: Line) -> Iterator[Block]:
    amounts = [each * THOUSAND for each in (line.original, line.budget, line.budget_to_date, line.deviation_to_date)]
    if code != NAV:
        kind = KINDS.get(code, "kindergarten" if code < "200" else "office")
        yield Block(code, FUNCTIONS.get(code, "201"), kind, code, *amounts)
        return
    shares = (BENEFITS_OF_BUDGET, BENEFITS_OF_BUDGET, BENEFITS_OF_BUDGET, BENEFITS_OF_VARIANCE)
    benefits = [round_half_up(amount * share, -3) for amount, share in zip(amounts, shares, strict=True)]
    yield Block(code, "242", "office", "", *(amount - part for amount, part in zip(amounts, benefits, strict=True)))
    yield Block(code, "281", "benefits", "benefits", *benefits)


def _accounts(block: Block, year: int) -> Iterator[LedgerRow]:
    names, weights, noise = _chart(block.kind, block.unit, year)
    story = _story(block)
    main = MAIN if block.kind != "benefits" else "14702"
    original = _shared(block.original, weights, main)
    revised = _shared(block.revised, weights, main)
    budget = _shared(block.budget, weights, main)
    variance = {account: round_half_up(block.variance * story.get(account, 0) + budget[account] * noise[account], 2) for account in weights}
    variance[main] += block.variance - sum(variance.values())
    for account, name in names.items():
        yield LedgerRow(
            block.unit, account, name, block.function, "",
            original[account], revised[account], budget[account], budget[account] - variance[account],
        )  # fmt: skip


def _story(block: Block) -> dict[str, Decimal]:
    chosen = STORIES.get(block.story) or (OVER if block.variance < 0 else UNDER)
    return {account: Decimal(share) for account, share in chosen.items()}


@cache
def _chart(kind: str, unit: str, year: int) -> tuple[dict[str, str], dict[str, Decimal], dict[str, Decimal]]:
    """Names, shares of the net budget, and how far each account is from its budget by chance. The main account takes the rest."""
    names, weights, noise = {}, {}, {}
    for row in rows("accounts"):
        account = row["account"]
        if row[kind] != "0" and (account != MAIN or kind != "benefits"):
            names[account] = row["name"]
            weights[account] = Decimal(row[kind] or 0) / THOUSAND
            noise[account] = Chance("account", unit, year, account).around("0.004") - 1
    return names, weights, noise


def _shared(amount: Decimal, weights: Mapping[str, Decimal], main: str) -> dict[str, Decimal]:
    found = {account: round_half_up(amount * weight, -2) for account, weight in weights.items()}
    found[main] += amount - sum(found.values())
    return found


def _home_care(line: Line) -> Iterator[LedgerRow]:
    """The eight accounts of the published example; in the live September they are exactly those."""
    printed = rows("home_care_accounts")
    totals = {name: sum(Decimal(row[name]) for row in printed) for name in ("revised", "budget", "actual")}
    spread = totals["budget"] - totals["actual"]
    wanted = [each * THOUSAND for each in (line.original, line.budget, line.budget_to_date, line.deviation_to_date)]
    left, found = list(wanted), []
    for row in reversed(printed):
        revised, budget, actual = (Decimal(row[name]) for name in ("revised", "budget", "actual"))
        parts = [
            round_half_up(wanted[0] * revised / totals["revised"], -2),
            round_half_up(wanted[1] * revised / totals["revised"], -2),
            round_half_up(wanted[2] * budget / totals["budget"], -2),
            round_half_up(wanted[3] * (budget - actual) / spread, 2),
        ]
        if row["account"] == MAIN:
            parts = left
        left = [rest - part for rest, part in zip(left, parts, strict=True)]
        own_original, own_revised, own_budget, own_variance = parts
        found.append(
            LedgerRow(
                HOME_CARE, row["account"], row["name"], FUNCTIONS[HOME_CARE], "",
                own_original, own_revised, own_budget, own_budget - own_variance,
            )
        )  # fmt: skip
    yield from reversed(found)


def _project(period: Period) -> LedgerRow:
    share = Decimal(period.number) / SEPTEMBER
    budget, actual = (round_half_up(amount * share, -3) for amount in PROJECT_SEPTEMBER)
    return LedgerRow(PROJECT_UNIT, "11501", "Kurs og opplæring", FUNCTIONS[PROJECT_UNIT], PROJECT, *PROJECT_YEAR, budget, actual)
