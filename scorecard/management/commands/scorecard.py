"""The scorecard of a unit and year for scripts and other systems."""

import json
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.clock import today
from organisation.models import Unit
from scorecard.queries.card import Card, card_for
from scorecard.queries.card_document import document_of
from scorecard.queries.card_words import words_of
from scorecard.queries.known import end_of

WRONG_ARGUMENT = 2
YEARS = range(1990, 2101)


def day_of(text: str) -> date:
    """2026-05-31 as a day."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day; write it as 2026-05-31") from error


class Command(BaseCommand):
    help = "Prints every placed indicator of a unit's scorecard with figure, target, status, coverage and source. Nothing is masked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("unit", help="code of the unit")
        parser.add_argument("year", type=int)
        parser.add_argument("--json", action="store_true", help="as JSON instead of lines of text")
        parser.add_argument(
            "--known", "--known-on", type=day_of, metavar="DAY", help="as it was known at the end of this day, such as 2026-05-31"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        code, year, known = options["unit"], options["year"], options["known"]
        unit = Unit.objects.filter(code=code).first() if "\x00" not in code else None
        if unit is None:
            raise CommandError(f"There is no unit with the code {code!r}.", returncode=WRONG_ARGUMENT)
        if year not in YEARS:
            raise CommandError(f"{year} is not a year between {YEARS[0]} and {YEARS[-1]}.", returncode=WRONG_ARGUMENT)
        if known is not None and known > today():
            raise CommandError(f"{known} has not been yet.", returncode=WRONG_ARGUMENT)
        card = card_for(unit=unit, year=year, access=None, today=today(), known_at=end_of(known) if known else None)
        if card.scorecard is None:
            raise CommandError(f"No scorecard is in force for {code} in {year}.", returncode=WRONG_ARGUMENT)
        self.stdout.write(json.dumps(document_of(card), ensure_ascii=False, indent=2) if options["json"] else _lines(card))


def _lines(card: Card) -> str:
    """For the eye: one line per indicator."""
    told = [f"{card.unit_name} ({card.unit_code}), {card.year}"]
    for area in card.areas:
        told.append(f"\n{area.area.name}")
        for row in area.rows:
            words = words_of(row)
            shown = f"{words.about} {words.value}".strip() or "–"
            told.append(f"  {words.indicator}: {shown} ({words.meta}). {words.target}. {words.status_word}.")
    return "\n".join(told)
