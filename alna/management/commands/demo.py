"""`manage.py demo`: fills the database with the demonstration. Run again, it adds new months and changes nothing else."""

import time
from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from alna.demo.filling import NotInProduction, fill
from common.clock import today


class Command(BaseCommand):
    help = "Fill the database with Bydel Alna's published figures and a made-up live year. Never in production."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD", help="the day the demonstration is on")

    def handle(self, *args: object, **options: object) -> None:
        given = options["today"]
        began = time.monotonic()
        try:
            filled = fill(today=given if isinstance(given, date) else today())
        except NotInProduction as error:
            raise CommandError(
                "The demonstration is not filled in production mode: it is made-up figures and people with one shared password. "
                "Use ALNA_MODE=demo and a database of its own."
            ) from error
        if not filled.added:
            self.stdout.write(f"The demonstration is complete: live year {filled.year}, figures to {filled.last_closed}.")
            return
        rows = sum(filled.added.values())
        seconds = time.monotonic() - began
        self.stdout.write(
            f"Filled the demonstration: live year {filled.year}, figures to {filled.last_closed}, {rows} rows, {seconds:.1f} s."
        )
