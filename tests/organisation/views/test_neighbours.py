"""What another district has does not exist for you, whatever address you write."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from organisation.models import CostCentre, RoleAssignment, ServiceSite, UploadedTable
from organisation.rules.access import Role
from tests.factories.organisation import EPOCH, RoleAssignmentFactory, person
from tests.pages import markup_of, text_of

UNIT_PAGES = [
    "unit",
    "unit_rename",
    "unit_move",
    "unit_merge",
    "unit_split",
    "unit_close",
    "site_new",
    "cost_centre_new",
    "staffing",
]
PERSON_PAGES = ["person", "person_edit", "person_deactivate", "person_handover", "role_new"]


@pytest.mark.parametrize("page", UNIT_PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_neighbours_unit_does_not_exist(world, admin_client, page, method):
    name = f"organisation:{page}"
    assert admin_client.get(reverse(name, args=[world.north.code])).status_code == 200, "the page is there for one's own unit"

    theirs = getattr(admin_client, method)(reverse(name, args=[world.neighbour_unit.code])).status_code
    nobodys = getattr(admin_client, method)(reverse(name, args=["finnes-ikke"])).status_code
    assert theirs == nobodys == (405 if (page, method) == ("unit", "post") else 404)


@pytest.mark.parametrize("page", PERSON_PAGES)
def test_a_neighbours_person_does_not_exist(world, admin_client, page):
    name = f"organisation:{page}"
    own, theirs = person(Role.EMPLOYEE, world.north), person(Role.EMPLOYEE, world.neighbour_unit)
    assert admin_client.get(reverse(name, args=[own.pk])).status_code == 200

    assert admin_client.get(reverse(name, args=[theirs.pk])).status_code == 404
    assert admin_client.get(reverse(name, args=[999999])).status_code == 404
    if page != "person":
        assert admin_client.post(reverse(name, args=[theirs.pk])).status_code == 404


def test_a_code_that_a_neighbour_holds_is_in_use_and_no_more(world, admin_client):
    """One's own district says where the code is; another one's unit is not told of, nor since when it has it."""
    CostCentre.objects.create(code="0777", unit=world.neighbour_unit, valid_from=EPOCH)
    CostCentre.objects.create(code="0778", unit=world.south, valid_from=EPOCH)
    address = reverse("organisation:cost_centre_new", args=[world.north.code])

    answer = admin_client.post(address, {"code": "0777", "valid_from": "2020-01-01", "version": 1})
    assert answer.status_code == 422
    assert "Koden er i bruk i en annen bydel." in text_of(answer)
    assert not [told for told in ("Naboenheten", "X1", "2004", "hører til") if told in text_of(answer)]
    assert 'value="0777"' in markup_of(answer)

    own = admin_client.post(address, {"code": "0778", "valid_from": "2020-01-01", "version": 1})
    assert "Ansvar 0778 hører til S1 Sør fra 1. januar 2004." in text_of(own)
    assert "en annen bydel" not in text_of(own)


@pytest.mark.parametrize("page", ["person_link", "person_reactivate"])
def test_a_neighbours_person_gets_no_mail_and_no_access(world, admin_client, page, mailoutbox):
    theirs = person(Role.EMPLOYEE, world.neighbour_unit)

    assert admin_client.post(reverse(f"organisation:{page}", args=[theirs.pk])).status_code == 404
    assert mailoutbox == []


@pytest.mark.parametrize("page", ["role_end", "role_deputy"])
def test_a_role_in_another_district_cannot_be_touched(world, admin_client, page):
    both = person(Role.EMPLOYEE, world.north)
    own = both.assignments.get()
    theirs = RoleAssignmentFactory(user=both, unit=world.neighbour_unit, role=Role.EMPLOYEE)
    assert admin_client.get(reverse(f"organisation:{page}", args=[both.pk, own.pk])).status_code == 200

    assert admin_client.get(reverse(f"organisation:{page}", args=[both.pk, theirs.pk])).status_code == 404


@pytest.mark.parametrize("page, model", [("site_end", ServiceSite), ("cost_centre_end", CostCentre)])
def test_a_neighbours_holding_cannot_be_ended_through_ones_own_unit(world, admin_client, page, model):
    name = {"name": "Bygget"} if model is ServiceSite else {"code": "0402"}
    theirs = model.objects.create(unit=world.neighbour_unit, valid_from=EPOCH, **name)
    own = model.objects.create(unit=world.north, valid_from=date(2020, 1, 1), **name)
    assert admin_client.get(reverse(f"organisation:{page}", args=[world.north.code, own.pk])).status_code == 200

    for code in (world.north.code, world.neighbour_unit.code):
        assert admin_client.post(reverse(f"organisation:{page}", args=[code, theirs.pk]), {"last_day": "2026-01-01"}).status_code == 404


def test_lists_choices_and_files_show_nothing_of_the_neighbour(world, admin_client):
    theirs = person(Role.EMPLOYEE, world.neighbour_unit)
    for page in ("units", "units_export", "people", "people_export", "unit_new", "person_new", "audit", "audit_export"):
        text = admin_client.get(reverse(f"organisation:{page}")).content.decode()
        assert "Naboenheten" not in text
        assert theirs.email not in text
    assert "Nord" in admin_client.get(reverse("organisation:units")).content.decode()


@pytest.mark.parametrize("page", ["units", "people", "audit"])
def test_a_filter_on_a_neighbours_unit_is_404(world, admin_client, page):
    assert admin_client.get(reverse(f"organisation:{page}"), {"enhet": world.north.code}).status_code == 200
    assert admin_client.get(reverse(f"organisation:{page}"), {"enhet": world.neighbour_unit.code}).status_code == 404


def test_an_upload_belongs_to_the_one_who_uploaded_it(world, admin_client, settings):
    settings.MFA_REQUIRED = False
    upload = UploadedTable.objects.create(
        kind="units",
        file_name="a.csv",
        rows=[["Kode", "Navn"], ["1", "En"]],
        uploaded_by=world.neighbour_admin,
        uploaded_at="2026-01-01T00:00Z",
    )
    neighbour = Client()
    neighbour.force_login(world.neighbour_admin)
    address = reverse("organisation:import_check", args=[upload.pk])
    assert neighbour.get(address).status_code == 200

    assert admin_client.get(address).status_code == 404


PAGES_OF_ADMINISTRATORS = ["units", "unit_new", "person_new", "units_import", "people_import", "audit"]


@pytest.mark.parametrize("page", PAGES_OF_ADMINISTRATORS)
def test_a_unit_leader_administers_nothing(world, client, page):
    client.force_login(person(Role.UNIT_LEADER, world.north))

    assert client.get(reverse(f"organisation:{page}")).status_code == 404


def test_a_unit_leader_sees_the_people_of_the_own_unit_only(world, client):
    person(Role.EMPLOYEE, world.below)
    other = person(Role.EMPLOYEE, world.south)
    leader = person(Role.UNIT_LEADER, world.north)
    client.force_login(leader)
    colleague = RoleAssignment.objects.get(unit=world.below).user

    text = client.get(reverse("organisation:people")).content.decode()

    assert colleague.name in text
    assert other.name not in text
    assert client.get(reverse("organisation:person", args=[other.pk])).status_code == 404
    shown = client.get(reverse("organisation:person", args=[colleague.pk]))
    assert shown.status_code == 200
    assert "Gi rolle" not in shown.content.decode()
    assert client.get(reverse("organisation:role_new", args=[colleague.pk])).status_code == 404


def test_an_employee_sees_no_people_and_no_log_but_the_own_acts(world, client):
    client.force_login(person(Role.EMPLOYEE, world.north))

    assert client.get(reverse("organisation:people")).status_code == 404
    assert client.get(reverse("organisation:audit")).status_code == 404
    assert client.get(reverse("organisation:my_acts")).status_code == 200
