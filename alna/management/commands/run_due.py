"""`manage.py run_due --now 2026-10-08T06:00`: does at once what beat would have done up to that moment."""

import json
from argparse import ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from alna.due import run_all
from common.clock import today


def moment_of(text: str) -> datetime:
    """2026-10-08T06:00 in Oslo, or with a time zone of its own."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a moment; write it as 2026-10-08T06:00") from error
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


class Command(BaseCommand):
    help = "Does everything that is due: files from folders, reminders, messages. Running it again does nothing twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--now", type=moment_of, metavar="MOMENT", help="as if it were then, such as 2026-10-08T06:00")
        parser.add_argument("--json", action="store_true", help="as JSON instead of lines of text")

    def handle(self, *args: Any, **options: Any) -> None:
        now = options["now"] or timezone.now()
        day = timezone.localtime(now).date() if options["now"] else today()
        done = dict(run_all(now, day))
        if options["json"]:
            self.stdout.write(json.dumps({"now": now.isoformat(), "today": day.isoformat(), "done": done}, indent=2))
            return
        for name, count in done.items():
            self.stdout.write(f"{name}: {count}")
