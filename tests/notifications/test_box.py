"""The page of messages, and the count in the frame."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.models import Message
from notifications.queries.box import PAGE_SIZE
from organisation.rules.access import Role
from tests.factories.notifications import MessageFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    user = person(Role.UNIT_LEADER, UnitFactory(parent=DistrictFactory()))
    client.force_login(user)
    return user


def message(user, **more):
    at = timezone.now() - timedelta(hours=1)
    return MessageFactory(recipient=user, created_at=at, **{"send_after": at} | more)


def bell(response) -> str:
    """What the bell in the frame counts, as text."""
    return response.content.decode().split('class="al-bell"')[1].split("</a>")[0]


def test_somebody_elses_message_does_not_exist(client, reader):
    other = message(person(Role.UNIT_LEADER, UnitFactory(parent=DistrictFactory())), subject="Ikke til deg")

    assert "Ikke til deg" not in client.get("/meldinger/").content.decode()
    assert client.get(f"/meldinger/{other.pk}/").status_code == 404
    assert client.post(f"/meldinger/{other.pk}/les/").status_code == 404
    client.post("/meldinger/les/")
    other.refresh_from_db()
    assert other.read_at is None


def test_a_message_whose_time_has_not_come_does_not_exist(client, reader):
    later = message(reader, send_after=timezone.now() + timedelta(hours=1), subject="Senere")

    assert "Senere" not in client.get("/meldinger/").content.decode()
    assert client.get(f"/meldinger/{later.pk}/").status_code == 404
    assert "al-bell__count" not in bell(client.get("/meldinger/"))


def test_opening_a_message_leads_on_and_marks_it_as_read(client, reader):
    row = message(reader, link="/hjelp/")
    assert "1 ny" in bell(client.get("/hjelp/"))

    response = client.get(f"/meldinger/{row.pk}/")

    assert response["Location"] == "/hjelp/"
    row.refresh_from_db()
    first = row.read_at
    assert first is not None
    client.get(f"/meldinger/{row.pk}/")
    row.refresh_from_db()
    assert row.read_at == first
    assert "al-bell__count" not in bell(client.get("/hjelp/"))


def test_unread_messages_stand_first_and_can_be_marked_one_by_one_or_all(client, reader):
    message(reader, subject="Gammel", read_at=timezone.now())
    new = [message(reader, subject=f"Ny {number}") for number in range(3)]
    text = client.get("/meldinger/").content.decode()
    assert "3 meldinger du ikke har lest." in text
    assert text.index("Ny 2") < text.index("Ny 0") < text.index("Gammel")

    client.post(f"/meldinger/{new[0].pk}/les/")
    assert "2 meldinger du ikke har lest." in client.get("/meldinger/").content.decode()
    assert "2 meldinger er merket som lest." in client.post("/meldinger/les/", follow=True).content.decode()
    assert not Message.objects.filter(read_at__isnull=True).exists()
    assert "Du har lest alt." in client.get("/meldinger/").content.decode()


def test_an_empty_box_says_what_will_come(client, reader):
    assert "Ingen meldinger" in client.get("/meldinger/").content.decode()


def test_reading_is_not_done_by_following_a_link(client, reader):
    assert client.get("/meldinger/les/").status_code == 405


def test_the_list_goes_on_by_key(client, reader):
    rows = [message(reader, subject=f"Melding {number:02}", read_at=timezone.now()) for number in range(PAGE_SIZE + 2)]
    first = client.get("/meldinger/").content.decode()
    assert f"?etter={rows[2].pk}" in first
    assert "Melding 01" not in first

    second = client.get(f"/meldinger/?etter={rows[2].pk}").content.decode()
    assert "Melding 01" in second
    assert "Melding 02" not in second
    assert client.get("/meldinger/?etter=x").status_code == 200


def test_the_page_costs_the_same_with_one_message_and_with_thirty(client, reader, django_assert_num_queries):
    def more(count):
        for number in range(count):
            message(reader, read_at=timezone.now() if number % 2 else None)

    more(2)
    client.get("/meldinger/")
    with django_assert_num_queries(7):  # session, user, roles, organisation, new, read, the frame's count
        client.get("/meldinger/")
    more(28)
    with django_assert_num_queries(7):
        client.get("/meldinger/")


def test_a_page_that_is_kept_is_made_again_when_a_message_has_come(client, reader):
    unit = reader.assignments.get().unit
    path = f"/malekart/{unit.code}/2026/"
    client.get(path)  # brings the secret of the forms
    etag = client.get(path)["ETag"]
    assert client.get(path, headers={"if-none-match": etag}).status_code == 304

    message(reader)

    response = client.get(path, headers={"if-none-match": etag})
    assert response.status_code == 200
    assert "1 ny" in bell(response)


def test_visitors_have_no_bell(client):
    assert "al-bell" not in client.get("/konto/login/").content.decode()
