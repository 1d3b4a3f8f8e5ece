"""The people of the demonstration. All of them are made up."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password

from alna.demo.data_files import rows
from alna.demo.units import FOUNDED
from alna.demo.world import World, add_missing
from organisation.models import RoleAssignment, User
from organisation.rules.access import Role

HOST = "alna.example"
LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "é": "e", " ": "."})
# One password and one salt for all, so that a hundred accounts cost one hash; only where everything is made up.
SALT = "demonstrasjonsdataforalna"
ADMINISTRATOR, DIRECTOR, CONTROLLER = "Mona Viken", "Ragnhild Aasheim", "Siv Ødegård"
STAFF_REPORTER = "Tor Magne Lie"


def address(name: str) -> str:
    """ingrid.solbakken@alna.example"""
    return f"{name.lower().translate(LETTERS)}@{HOST}"


def fill(world: World) -> None:
    """Accounts, then roles, then the deputies of the live year."""
    listed = rows("people")
    names = list(dict.fromkeys(row["name"] for row in listed))
    password = make_password(settings.DEMO_PASSWORD, salt=SALT) if settings.DEMO_PASSWORD else make_password(None)
    add_missing(world, [User(email=address(name), name=name, password=password) for name in names], "email")
    found = {user.email: user for user in User.objects.filter(email__in=map(address, names))}
    world.people = {name: found[address(name)] for name in names}
    roles = [
        RoleAssignment(user=world.people[row["name"]], role=row["role"], unit=world.units[row["unit"]], valid_from=FOUNDED)
        for row in listed
    ]
    add_missing(world, [*roles, *_deputies(world)], "user_id", "role", "unit_id", "valid_from")


def _deputies(world: World) -> Iterator[RoleAssignment]:
    year = world.plan.year
    spans = (
        ("Åse Granli", "Sunniva Dahle", "402", date(year, 10, 1), date(year, 12, 31)),
        ("Gunn Helen Ruud", "Berit Lundgaard", "301", date(year, 7, 6), date(year, 7, 31)),
    )
    for deputy, leader, unit, start, end in spans:
        yield RoleAssignment(
            user=world.people[deputy],
            role=Role.UNIT_LEADER,
            unit=world.units[unit],
            valid_from=start,
            valid_to=end,
            deputy_for=world.people[leader],
        )
