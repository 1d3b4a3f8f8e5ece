"""The page that others are measured against: in the demonstration alone, and as signed in as they are."""

import pytest

from organisation.rules.access import Role
from tests.factories.organisation import DistrictFactory, person
from tests.pages import signed_in, text_of

pytestmark = pytest.mark.django_db
PATH = "/enkel/"


def test_in_production_there_is_no_such_page(settings):
    settings.ALNA_DEMO = False
    assert signed_in(person(Role.DIRECTOR, DistrictFactory())).get(PATH).status_code == 404


def test_in_the_demonstration_it_asks_who_it_is_and_names_the_unit(settings, client):
    settings.ALNA_DEMO = True
    assert client.get(PATH)["Location"].startswith("/konto/login/")
    district = DistrictFactory(name="Bydel Prøve")
    assert "Bydel Prøve" in text_of(signed_in(person(Role.DIRECTOR, district)).get(PATH))
