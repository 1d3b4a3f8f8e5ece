"""`manage.py first_administrator`: the first unit and the first person of an empty database; all others are made on the pages."""

import getpass
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from common.clock import today
from organisation.models import Unit, User
from organisation.rules.access import Role
from organisation.services.people import create_person
from organisation.services.units import create_unit


class Command(BaseCommand):
    help = "Make the top unit and an administrator in an empty database. The password is asked for, or read from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the administrator's address")
        parser.add_argument("name", help="the administrator's name")
        parser.add_argument("--code", default="bydel", help="code of the top unit (default: bydel)")
        parser.add_argument("--unit", required=True, help="name of the top unit")
        parser.add_argument("--kind", default="district", choices=["district", "city"], help="city where several districts share one")
        parser.add_argument("--from", dest="valid_from", help="first day of the unit (default: 1 January of this year)")
        parser.add_argument("--no-password", action="store_true", help="the person signs in with the municipality's own sign-in")

    def handle(self, *args: Any, **options: Any) -> None:
        if Unit.objects.exists() or User.objects.exists():
            raise CommandError("There are units or people already. An administrator makes others under «Administrasjon».")
        try:
            first = date.fromisoformat(options["valid_from"]) if options["valid_from"] else today().replace(month=1, day=1)
            validate_email(options["email"])
        except (ValueError, ValidationError) as error:
            raise CommandError(f"{error}. Write the day as 2026-01-01 and the address as name@example.no.") from error
        password = None if options["no_password"] else _password(options["email"], options["name"])
        with transaction.atomic():
            unit = create_unit(code=options["code"], name=options["unit"], kind=options["kind"], parent=None, valid_from=first, actor=None)
            person, _ = create_person(
                email=options["email"],
                name=options["name"],
                role=Role.ADMINISTRATOR,
                unit=unit,
                valid_from=first,
                valid_to=None,
                actor=None,
            )
            person.set_password(password)
            person.save(update_fields=["password"])
        self.stdout.write(f"{person.name} administers {unit} and can sign in as {person.email}.")


def _password(email: str, name: str) -> str:
    """Typed twice at a terminal, else one line of standard input; as strong as everybody else's."""
    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if sys.stdin.isatty() and getpass.getpass("Once more: ") != password:
        raise CommandError("The two passwords are not the same.")
    try:
        validate_password(password, User(email=email, name=name))
    except ValidationError as error:
        raise CommandError("\n".join(error.messages)) from error
    return password
