"""An administrator merges two units on a day to come and hands over a leader's roles, wide and on a phone."""

import pytest
from django.urls import reverse

from organisation.models import Unit
from organisation.rules.access import Role
from tests.factories.organisation import DistrictFactory, RoleAssignmentFactory, UnitFactory, UserFactory, person

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def administrator(settings):
    settings.MFA_REQUIRED = False
    district = DistrictFactory(code="B1", name="Bydelen")
    for code, name in (("101", "Barnehageenhet nord"), ("102", "Barnehageenhet sør")):
        unit = UnitFactory(code=code, name=name, parent=district)
        RoleAssignmentFactory(user=UserFactory(name=f"Leder {code}", email=f"leder{code}@example.test"), unit=unit)
    return person(Role.ADMINISTRATOR, district)


def test_a_merge_is_seen_before_it_is_done(any_page, sign_in, screenshot, audit, administrator):
    sign_in(any_page, administrator)
    any_page.goto(reverse("organisation:units"))
    audit(any_page)
    any_page.get_by_role("link", name="Barnehageenhet nord").first.click()
    audit(any_page)
    any_page.get_by_role("link", name="Slå sammen med andre").click()
    any_page.get_by_label("102 Barnehageenhet sør").check()
    any_page.get_by_role("button", name="Se hvordan det blir").click()
    audit(any_page)
    assert any_page.get_by_role("link", name="Kode for ny enhet").count() == 1, "the summary leads to the field"
    any_page.get_by_label("Kode for ny enhet").fill("110")
    any_page.get_by_label("Navn på ny enhet").fill("Barnehageenhet nord og sør")
    any_page.get_by_label("Gjelder fra").fill("2031-07-01")
    any_page.get_by_role("button", name="Se hvordan det blir").click()
    any_page.get_by_role("heading", name="Slik blir det fra 1. juli 2031").wait_for()
    audit(any_page)
    screenshot(any_page, "organisation-preview")
    assert not Unit.objects.filter(code="110").exists()

    any_page.get_by_role("button", name="Bekreft").click()

    any_page.get_by_text("Går inn i 110 Barnehageenhet nord og sør fra 1. juli 2031.").wait_for()
    audit(any_page)


def test_a_leader_who_leaves_hands_everything_over(any_page, sign_in, audit, administrator):
    sign_in(any_page, administrator)
    any_page.goto(reverse("organisation:people"))
    audit(any_page)
    any_page.get_by_role("link", name="Leder 101").click()
    audit(any_page)
    any_page.get_by_role("link", name="Overdra roller til en annen").click()
    audit(any_page)
    any_page.get_by_label("Overdras til").fill("leder102@example.test")
    any_page.get_by_role("button", name="Overdra rollene").click()
    any_page.get_by_text("Rollene er overdratt.").wait_for()
    any_page.goto(reverse("organisation:audit"))
    any_page.get_by_role("rowheader", name="Overdro roller fra Leder 101").wait_for()
    audit(any_page)
