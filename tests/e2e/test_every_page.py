"""Every page that each kind of person may open, wide and on a phone."""

import pytest
from django.urls import reverse

from organisation.rules.access import Role
from tests.e2e.addresses import Visit, visits_of
from tests.e2e.demonstration import bring_back, someone
from tests.e2e.walks import walk

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
# Whoever shows most of a page first: it is looked through both ways there, and for the others as they mostly have it.
ORDER = (Role.ADMINISTRATOR, Role.DIRECTOR, Role.CONTROLLER, Role.UNIT_LEADER, Role.EMPLOYEE, Role.POLITICIAN)
# They show each kind of person something else.
FOR_EACH = {"overview-home", "annualcycle-mine", "annualcycle-wheel", "reporting-index"}
BY_PHONE = {Role.UNIT_LEADER, Role.EMPLOYEE}
FEWEST = {Role.DIRECTOR: 25, Role.UNIT_LEADER: 25, Role.CONTROLLER: 20, Role.EMPLOYEE: 15, Role.POLITICIAN: 10}


@pytest.mark.parametrize("role", list(FEWEST), ids=lambda role: role.value)
def test_every_page_of_a_person(wide_page, demonstration, sign_in, audit, screenshot, role):
    known = {visit.name for before in ORDER[: ORDER.index(role)] for visit in visits_of(someone(before))} - FOR_EACH
    # Without what was made for the addresses of the others.
    bring_back()
    user = someone(role)
    sign_in(wide_page, user)
    visits = visits_of(user)
    wrong = walk(wide_page, visits, role.value, audit=audit, screenshot=screenshot, known=known, by_phone=role in BY_PHONE)

    assert not wrong, "\n\n".join(wrong)
    assert len(visits) >= FEWEST[role]


def test_every_page_without_signing_in(wide_page, demonstration, audit, screenshot, settings):
    settings.ALNA_DEMO = True
    names = ("account_login", "account_reset_password", "account_reset_password_done", "privacy", "accessibility", "demo")

    visits = [Visit(name, reverse(name)) for name in names]
    wrong = walk(wide_page, visits, "visitor", audit=audit, screenshot=screenshot)

    assert not wrong, "\n\n".join(wrong)
