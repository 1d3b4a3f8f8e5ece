"""Amounts and variances as pages and files say them: always with the word, never by the sign alone."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common import formats
from common.numbers import round_half_up
from reporting.rules.economy import Amounts, Word, word_of

WORDS: dict[Word, Promise] = {
    Word.OVERSPEND: lazy("merforbruk"),
    Word.UNDERSPEND: lazy("mindreforbruk"),
    Word.MORE_INCOME: lazy("merinntekt"),
    Word.LESS_INCOME: lazy("mindreinntekt"),
    Word.BALANCE: lazy("i balanse"),
}
THOUSAND = Decimal(1000)


def thousands(amount: Decimal | None, *, signed: bool = False) -> str:
    """«1 470»: for tables and figures that say «Tall i 1000 kr»."""
    return formats.number(None if amount is None else amount / THOUSAND, 0, signed=signed)


def variance_word(amounts: Amounts) -> str:
    """«merforbruk», «mindreinntekt» …"""
    return str(WORDS[amounts.word])


def word_in_thousands(variance: Decimal | None, *, is_income: bool = False) -> str:
    """The word beside an amount in 1000 kr: what reads 0 is «i balanse»; «» where there is nothing to tell."""
    if variance is None:
        return ""
    shown = round_half_up(variance / THOUSAND, 0)
    return str(WORDS[word_of(shown, is_income=is_income)])


def told_thousands(variance: Decimal | None, *, is_income: bool = False) -> str:
    """«merforbruk 1 470», «mindreforbruk 310», «i balanse»; a dash where there is nothing to tell."""
    if variance is None:
        return formats.MISSING
    word = word_in_thousands(variance, is_income=is_income)
    return word if word == str(WORDS[Word.BALANCE]) else f"{word} {thousands(abs(variance))}"


def told_kroner(variance: Decimal | None, *, is_income: bool = False) -> str:
    """«1 470 000 kr merforbruk», for sentences."""
    if variance is None:
        return formats.MISSING
    word = word_of(variance, is_income=is_income)
    return str(WORDS[word]) if word is Word.BALANCE else f"{formats.money(abs(variance))} {WORDS[word]}"


def listed(names: list[str]) -> str:
    """«vikarer», «vikarer og strøm», «vikarer, strøm og mat»."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s og %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def changed_after_lock() -> str:
    """The note of a locked month that a file has said something else about."""
    return _("Tallene i regnskapet er endret etter låsing. Her står de som ble låst.")


def shared_budget() -> str:
    """The note of a unit whose departments spend of a budget that stands with the unit."""
    return _("Budsjettet står samlet på enheten og er ikke fordelt på avdelingene. Summene gjelder hele enheten.")


def figures_after_lock() -> str:
    """The note of a locked report of which production figures or sick leave are others now."""
    return _("Nye tall er kommet etter at måneden ble låst. Her står de som ble låst.")
