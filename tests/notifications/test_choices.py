"""How a person wants to be told: by the person alone, kept once, never half."""

import pytest

from notifications.models import ReminderChoice
from notifications.rules.states import Rhythm
from organisation.models import AuditEntry
from organisation.rules.access import Role
from tests.factories.organisation import DistrictFactory, UnitFactory, person

pytestmark = pytest.mark.django_db
PAGE = "/meldinger/valg/"


@pytest.fixture
def reader(client):
    user = person(Role.UNIT_LEADER, UnitFactory(parent=DistrictFactory()))
    client.force_login(user)
    return user


def test_without_a_choice_there_is_one_overview_and_mail(client, reader):
    page = client.get(PAGE).content.decode()

    for chosen in ('value="digest"', 'value="1"'):
        tag = next(part for part in page.split("<input") if chosen in part)
        assert "checked" in tag.split(">")[0]


def test_a_choice_is_kept_for_the_person_and_written_down(client, reader):
    other = person(Role.UNIT_LEADER, UnitFactory(parent=DistrictFactory()))
    response = client.post(PAGE, {"rhythm": "single", "by_mail": "0", "version": "0"})

    assert response["Location"] == PAGE
    row = ReminderChoice.objects.get()
    assert (row.user, row.rhythm, row.by_mail) == (reader, Rhythm.SINGLE, False)
    assert not ReminderChoice.objects.filter(user=other).exists()
    assert AuditEntry.objects.get(action="message.choice_saved").actor == reader


def test_a_choice_of_another_window_is_not_overwritten(client, reader):
    client.post(PAGE, {"rhythm": "single", "by_mail": "1", "version": "0"})
    response = client.post(PAGE, {"rhythm": "digest", "by_mail": "0", "version": "0"})

    assert response.status_code == 422
    assert "et annet vindu" in response.content.decode()
    row = ReminderChoice.objects.get()
    assert (row.rhythm, row.by_mail) == (Rhythm.SINGLE, True)
    # The next try is made against what stands now.
    assert client.post(PAGE, {"rhythm": "digest", "by_mail": "0", "version": "1"}).status_code == 302


@pytest.mark.parametrize("given", [{}, {"rhythm": "hourly", "by_mail": "1"}, {"rhythm": "digest"}, {"rhythm": "digest", "by_mail": "x"}])
def test_what_is_not_a_choice_is_refused_and_nothing_kept(client, reader, given):
    response = client.post(PAGE, {"version": "0", **given})

    assert response.status_code == 422
    assert "Velg" in response.content.decode()
    assert not ReminderChoice.objects.exists()


def test_a_visitor_is_sent_to_sign_in(client):
    assert client.get(PAGE).status_code == 302
