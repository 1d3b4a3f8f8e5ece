"""Notes, new limits and accepted deviations: who may, what is refused, what follows."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from common.periods import Period
from organisation.models import AuditEntry
from organisation.rules.access import Role
from scorecard.models import AcceptedDeviation, DataStamp, LimitReset, PointNote
from scorecard.services.agreements import NotConfirmed, reset_limits
from scorecard.services.values import Entry
from tests.factories.organisation import UnitFactory, UserFactory
from tests.pages import text_of
from tests.scorecard.indicator.conftest import NOW, record
from tests.scorecard.indicator.test_page import PAGE

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 9)


@pytest.fixture(autouse=True)
def _fixed_day(settings):
    settings.ALNA_TODAY = TODAY


def stamps(*units) -> dict[int, str]:
    return dict(DataStamp.objects.filter(unit__in=units).values_list("unit_id", "token"))


def test_a_note_is_shown_counted_once_logged_and_marks_the_unit_and_all_above(district, office, share, sign_in):
    sibling = UnitFactory(parent=district)
    client = sign_in(Role.UNIT_LEADER, office)
    before = stamps(district, office, sibling)
    given = {"period": "2013-09", "text": "  Nytt datasystem <b>her</b> "}

    for _twice in range(2):
        response = client.post(f"{PAGE}merknad/", given, follow=True)

    assert "Merknaden til september 2013 er lagret." in text_of(response)
    assert "Nytt datasystem &lt;b&gt;her&lt;/b&gt;" in response.content.decode()
    assert PointNote.objects.get().text == "Nytt datasystem <b>her</b>"
    assert AuditEntry.objects.filter(action="note.added", unit=office).count() == 1
    after = stamps(district, office, sibling)
    assert {unit for unit in after if after[unit] != before.get(unit)} == {district.pk, office.pk}


@pytest.mark.parametrize(
    "given, message",
    [
        ({"period": "2013-09", "text": " "}, "Skriv hva som er verdt å vite om tallet."),
        ({"period": "2019-01", "text": "Noe"}, "Velg en periode i listen."),
        ({"period": "2013-09", "text": "x" * 501}, "Merknaden er for lang. Skriv høyst 500 tegn."),
        ({}, "Skriv hva som er verdt å vite om tallet."),
    ],
)
def test_a_note_that_cannot_be_saved_comes_back_with_what_was_typed(office, share, sign_in, given, message):
    response = sign_in(Role.UNIT_LEADER, office).post(f"{PAGE}merknad/", given)

    assert response.status_code == 422
    assert message in text_of(response)
    assert given.get("text", "").strip() in response.content.decode()
    assert not PointNote.objects.exists()


def test_limits_are_computed_anew_from_a_confirmed_change_by_a_person_with_a_note(office, share, sign_in):
    client = sign_in(Role.UNIT_LEADER, office)
    assert "Regn grensene på nytt fra endringen" in text_of(client.get(PAGE))
    page = f"{PAGE}grenser/"
    assert "januar 2013" in text_of(client.get(page))

    for _twice in range(2):
        response = client.post(page, {"period": "2013-01", "note": "Ny vedtaksdag"}, follow=True)

    assert LimitReset.objects.get().period == Period.month(2013, 1)
    words = text_of(response)
    assert "Grensene regnes på nytt fra januar 2013." in words
    assert "Snittet av 13 måneder er 92,71." in words
    assert "Grensene er regnet på nytt herfra. Ny vedtaksdag" in words
    assert AuditEntry.objects.filter(action="limits.reset", unit=office).count() == 1


def test_too_few_after_new_limits_says_how_many_there_are(office, share, sign_in):
    LimitReset.objects.create(
        indicator=share, unit=office, period_start=date(2013, 9, 1), period_kind="month", note="Nytt", recorded_at=NOW
    )

    words = text_of(sign_in(Role.UNIT_LEADER, office).get(PAGE))

    assert "Det må være minst tolv målinger før vi kan si om en endring er mer enn tilfeldig." in words
    assert "Grensene regnes på nytt fra september 2013. Da er det fem målinger så langt." in words


def test_limits_stay_where_no_lasting_change_begins(office, share, sign_in):
    with pytest.raises(NotConfirmed):
        reset_limits(indicator=share, unit=office, period=Period.month(2013, 4), note="Vil ha det", actor=UserFactory(), now=NOW)
    response = sign_in(Role.UNIT_LEADER, office).post(f"{PAGE}grenser/", {"period": "2013-04", "note": "Vil ha det"})

    assert response.status_code == 422
    assert "Velg en periode i listen." in text_of(response)
    assert not LimitReset.objects.exists()


def accept(client, **given):
    data = {"reason": "Ombygging", "interim": "", "valid_from": "2026-10-01", "valid_to": "2026-12-31"} | given
    return client.post(f"{PAGE}avvik/", data, follow=True)


def test_an_accepted_deviation_is_grey_until_its_last_day_and_then_red_by_itself(district, office, share, sign_in, settings):
    client = sign_in(Role.DIRECTOR, district)
    assert "86,2 % Ikke nådd" in text_of(client.get(PAGE))
    assert f"{PAGE}avvik/" in client.get(PAGE).content.decode()

    for _twice in range(2):
        response = accept(client)

    words = text_of(response)
    assert "86,2 % Akseptert avvik" in words
    assert "Avviket er akseptert til og med 31. desember 2026: Ombygging" in words
    assert AcceptedDeviation.objects.count() == 1
    assert AuditEntry.objects.filter(action="deviation.accepted", unit=office).count() == 1
    settings.ALNA_TODAY = date(2026, 12, 31)
    assert "86,2 % Akseptert avvik" in text_of(client.get(PAGE))
    settings.ALNA_TODAY = date(2027, 1, 1)
    assert "86,2 % Ikke nådd" in text_of(client.get(PAGE))


def test_a_missed_interim_target_keeps_its_colour(district, office, share, sign_in):
    client = sign_in(Role.DIRECTOR, district)
    assert "86,2 % Ikke nådd" in text_of(accept(client, interim="90"))
    AcceptedDeviation.objects.all().delete()
    assert "86,2 % Akseptert avvik" in text_of(accept(client, interim="86"))


@pytest.mark.parametrize(
    "given, message",
    [
        ({"reason": " "}, "Skriv hvorfor målet ikke nås."),
        ({"interim": "97"}, "Delmålet er strengere enn målet. Skriv et delmål som er lettere å nå."),
        ({"interim": "nitti"}, "Skriv et tall, for eksempel 69 500."),
        ({"valid_from": "2026-12-01", "valid_to": "2026-11-01"}, "Siste dag er før første dag. Velg en senere dag."),
        ({"valid_to": "2026-10-08"}, "Velg i dag eller en senere dag."),
        ({"valid_to": "2036-10-08"}, "Velg en dag innen to år. Et avvik som varer lenger, er et nytt mål."),
        ({"valid_to": "31.02.2027"}, "Skriv en dato, for eksempel 31.12.2026."),
    ],
)
def test_an_acceptance_that_makes_no_sense_is_refused_and_keeps_what_was_typed(district, office, share, sign_in, given, message):
    response = accept(sign_in(Role.DIRECTOR, district), **({"reason": "Taket lekker"} | given))

    assert response.status_code == 422
    assert message in text_of(response)
    assert given.get("reason", "Taket lekker").strip() in response.content.decode()
    assert not AcceptedDeviation.objects.exists()


def test_two_acceptances_never_cover_the_same_day(district, office, share, sign_in):
    client = sign_in(Role.DIRECTOR, district)
    accept(client)

    response = accept(client, reason="En annen grunn", valid_from="2026-11-01", valid_to="2027-01-31")

    assert response.status_code == 422
    assert "Et avvik er allerede akseptert til og med 31. desember 2026. Avslutt det først." in text_of(response)


@pytest.mark.parametrize("began, left", [("2026-10-01", 1), ("2026-10-09", 0)])
def test_an_acceptance_can_be_ended_before_its_time(district, office, share, sign_in, began, left):
    client = sign_in(Role.DIRECTOR, district)
    accept(client, valid_from=began)
    row = AcceptedDeviation.objects.get()

    response = client.post(f"{PAGE}avvik/{row.pk}/avslutt/", follow=True)

    assert "86,2 % Ikke nådd" in text_of(response)
    assert AcceptedDeviation.objects.count() == left
    if left:
        assert AcceptedDeviation.objects.get().valid_to == TODAY - timedelta(days=1)
    assert AuditEntry.objects.filter(action="deviation.ended").count() == 1
    again = client.post(f"{PAGE}avvik/{row.pk}/avslutt/")
    assert again.status_code == (302 if left else 404)
    assert AuditEntry.objects.filter(action="deviation.ended").count() == 1


def test_another_units_acceptance_and_an_endless_number_are_not_found(district, office, share, sign_in):
    client = sign_in(Role.DIRECTOR, district)
    assert client.post(f"{PAGE}avvik/{10**30}/avslutt/").status_code == 404
    assert client.get(f"{PAGE}avvik/1/avslutt/").status_code == 405


def test_who_may_not_is_told_nothing(district, office, share, sign_in):
    leader = sign_in(Role.UNIT_LEADER, office)
    assert leader.get(f"{PAGE}avvik/").status_code == 404
    assert "avvik/" not in leader.get(PAGE).content.decode()
    reader = sign_in(Role.SAFETY_REP, office)
    assert reader.get(PAGE).status_code == 200
    assert reader.get(f"{PAGE}merknad/").status_code == reader.get(f"{PAGE}grenser/").status_code == 404
    colleague = sign_in(Role.UNIT_LEADER, UnitFactory(parent=district))
    assert colleague.get(PAGE).status_code == 200
    assert colleague.post(f"{PAGE}merknad/", {"period": "2013-09", "text": "Hei"}).status_code == 404


def test_a_form_without_the_token_of_the_page_is_refused(office, share, sign_in, client):
    sign_in(Role.UNIT_LEADER, office)
    client.handler.enforce_csrf_checks = True

    assert client.post(f"{PAGE}merknad/", {"period": "2013-09", "text": "Hei"}).status_code == 403
    assert not PointNote.objects.exists()


def test_a_reached_target_offers_nothing_to_accept(district, office, share, sign_in):
    record(Entry(share, office, Period.month(2014, 2), value=Decimal(97)))

    assert f"{PAGE}avvik/" not in sign_in(Role.DIRECTOR, district).get(PAGE).content.decode()
