"""A series for scripts and other systems: `manage.py series INDICATOR UNIT --json`."""

import json
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.clock import today
from common.formats import number
from organisation.queries import tree as organisation_tree
from scorecard.models import Indicator
from scorecard.queries.indicator import Series, load_series
from scorecard.queries.series_data import series_data

WRONG_ARGUMENT = 2


def day_of(text: str) -> date:
    """2026-05-31 as a day."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day; write it as 2026-05-31") from error


class Command(BaseCommand):
    help = "Prints every period of an indicator in a unit, with targets, limits and what the limits say. Nothing is masked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("indicator", help="code of the indicator")
        parser.add_argument("unit", help="code of the unit, also of one that is closed")
        parser.add_argument("--json", action="store_true", help="as JSON instead of lines of text")
        parser.add_argument(
            "--known", "--known-on", type=day_of, metavar="DAY", help="as it was known at the end of this day, such as 2026-05-31"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        code, known = options["indicator"], options["known"]
        indicator = Indicator.objects.filter(code=code).first() if "\x00" not in code else None
        if indicator is None:
            raise CommandError(f"There is no indicator with the code {code!r}.", returncode=WRONG_ARGUMENT)
        history = organisation_tree.history()
        unit = next((row for row in history.units if row.code == options["unit"]), None)
        if unit is None:
            raise CommandError(f"There is no unit with the code {options['unit']!r}.", returncode=WRONG_ARGUMENT)
        if known is not None and known > today():
            raise CommandError(f"{known} has not been yet.", returncode=WRONG_ARGUMENT)
        series = load_series(indicator, unit.id, history, today=today(), known_on=known)
        self.stdout.write(json.dumps(series_data(series), ensure_ascii=False, indent=2) if options["json"] else _lines(series))


def _lines(series: Series) -> str:
    """For the eye: one line per period."""
    return "\n".join(f"{point.period.code}\t{number(point.value)}\t{point.quality}\t{series.status(point)}" for point in series.shown)
