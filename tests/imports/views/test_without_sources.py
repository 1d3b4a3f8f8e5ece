"""Files where nothing is set up yet: whoever may set up is led there, others only read why it is empty."""

import pytest
from django.urls import reverse

from imports.models import Source
from organisation.rules.access import Role
from tests.imports.views.conftest import IMPORT
from tests.pages import markup_of


@pytest.mark.parametrize("role, is_led", [(Role.ADMINISTRATOR, True), (Role.DIRECTOR, False)])
def test_an_empty_list_leads_on(world, role, is_led):
    Source.objects.all().delete()
    page = markup_of(world.sign_in(role).get(IMPORT))
    assert "Ingen kilder er satt opp" in page
    assert (f'href="{reverse("imports:source_new")}"' in page) is is_led
