"""Nobody finds what is not theirs: every address of the month answers as if it did not exist."""

import pytest

from alna.access import PAGES
from organisation.models import RoleAssignment
from organisation.rules.access import Role
from tests.e2e.addresses import visits_of
from tests.e2e.demonstration import YEAR, named, someone
from tests.factories.organisation import DistrictFactory, person

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
MONTH = f"{YEAR}-09"
OURS = tuple(name.replace(":", "-") for name in PAGES if name.startswith(("reporting:", "imports:")))
# What is the same for every district, and lists of one's own.
SHARED = ("reporting-setup", "imports-profile", "imports-source")
OF_A_UNIT = [
    f"/rapportering/101/{MONTH}/",
    f"/rapportering/101/{MONTH}/les/",
    f"/rapportering/101/{MONTH}/send/",
    f"/rapportering/101/{MONTH}/pdf/",
    f"/rapportering/okonomi/101/{MONTH}/",
    f"/rapportering/okonomi/101/{MONTH}/linjer/",
    f"/rapportering/okonomi/101/{MONTH}/eksport.csv",
    f"/rapportering/sykefravar/101/{MONTH}/",
    f"/rapportering/sykefravar/101/{MONTH}/eksport.csv",
    f"/rapportering/godkjenning/alna/{MONTH}/",
    f"/rapportering/samlet/alna/{MONTH}/",
    f"/rapportering/sak/alna/{MONTH}/word/",
    f"/rapportering/hefte/alna/{MONTH}/",
    "/administrasjon/import/",
]


def addresses():
    """Every page of the month that somebody of the district may open."""
    found = {}
    for role in (Role.DIRECTOR, Role.CONTROLLER, Role.UNIT_LEADER, Role.HR):
        found |= {visit.address: visit.name for visit in visits_of(someone(role)) if visit.name.startswith(OURS)}
    return found


def answers(page, found):
    return {address: status for address in found if (status := page.request.get(address, max_redirects=0).status) != 404}


@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.PRIVACY_OFFICER])
def test_who_sees_no_reports_finds_none_of_the_months_addresses(wide_page, demonstration, sign_in, short_refusals, role):
    found = addresses()
    assert len(found) > 40
    sign_in(wide_page, someone(role))

    assert answers(wide_page, found) == {}


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.CONTROLLER, Role.UNIT_LEADER])
def test_another_district_finds_none_of_them(wide_page, demonstration, sign_in, short_refusals, role):
    found = {address: name for address, name in addresses().items() if not name.startswith(SHARED) and any(map(str.isdigit, address))}
    assert len(found) > 15
    sign_in(wide_page, person(role, DistrictFactory(code="nabo", name="Bydel Nabo")))

    assert answers(wide_page, found) == {}


def test_a_leader_finds_nothing_of_the_unit_next_door(phone_page, demonstration, sign_in, short_refusals):
    neighbour = named("Amina Warsame")
    assert RoleAssignment.objects.get(user=neighbour).unit.code == "102"
    sign_in(phone_page, neighbour)

    assert answers(phone_page, OF_A_UNIT) == {}
