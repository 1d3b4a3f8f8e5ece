"""What the tests of a report share: days, addresses, what a red unit writes."""

from datetime import date

from django.test import Client
from django.urls import reverse

from organisation.models import Unit, User

SEPTEMBER, TODAY = date(2026, 9, 1), date(2026, 10, 9)
TEXT = "To stillinger er ledige til november."


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(unit: Unit, name: str = "report", month: date = SEPTEMBER) -> str:
    return reverse(f"reporting:{name}", args=[unit.code, month])


RED = {"method": "own", "own": "69 500", "causes_shown": "1", "causes": ["vikar"], "explanation": TEXT}
