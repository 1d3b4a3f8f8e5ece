"""`manage.py rebuild_scorecard`: builds period values and cells again from the measurements, or only compares them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scorecard.services import derive, reorganised


class Command(BaseCommand):
    help = "Build what is derived from the measurements again. With --check nothing is written and a difference is an error."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare only")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            count = derive.rebuild()
            self.stdout.write(f"{count} period values built.")
            return
        found = reorganised.differences()
        if found:
            raise CommandError("\n".join([f"{len(found)} kept rows differ from the measurements:", *found[:20]]))
        self.stdout.write("All kept rows equal what the measurements come to.")
