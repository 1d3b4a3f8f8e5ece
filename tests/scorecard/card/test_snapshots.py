"""Published snapshots: finished text, for those who may read it, with what is not final told first."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from common.periods import Period
from organisation.models import AuditEntry
from organisation.rules.access import Role
from scorecard.models import Snapshot
from scorecard.rules.lifecycle import State
from scorecard.rules.statuses import Quality
from scorecard.services.snapshots import NotPublishable, Unconfirmed, publish_snapshot, withdraw_snapshot
from tests.factories.organisation import DistrictFactory, person
from tests.factories.scorecard import SickLeaveFactory
from tests.scorecard.card.conftest import NOW, TODAY

SURVEY = {"value": "4.5", "yellow_limit": "4.2"}
LIST = "/malekart/publisert/"


@pytest.fixture
def director(world):
    return person(Role.DIRECTOR, world.district)


@pytest.fixture
def survey(world):
    indicator = world.indicator(name="Medarbeidertilfredshet", frequency="month")
    world.target(indicator, **SURVEY)
    world.record(indicator, world.district, "2026-08", "4.6")
    return indicator


@pytest.fixture
def publish(world, director):
    def act(**changes):
        wanted = {
            "scorecard": world.scorecard,
            "unit": world.district,
            "period": Period.month(2026, 8),
            "title": "Resultater per august",
            "comment": "Slik leser vi tallene.",
            "confirmed": False,
            "actor": director,
            "now": NOW,
            "today": TODAY,
        }
        return publish_snapshot(**{**wanted, **changes})

    return act


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def text_of(response) -> str:
    """The page without its frame, whose forms are signed anew each time."""
    return " ".join(response.content.decode().split("<main")[1].split("</main>")[0].replace("\u00a0", " ").split())


def test_what_is_published_stays_whatever_happens_to_the_figures(world, survey, publish):
    snapshot = publish()
    politician = signed_in(person(Role.POLITICIAN, world.district))
    before = text_of(politician.get(f"{LIST}{snapshot.pk}/"))
    assert "4,6" in before
    assert "Én av én indikator er nådd." in before

    world.record(survey, world.district, "2026-08", "3.1", now=datetime(2026, 10, 9, tzinfo=UTC))
    world.target(survey, value="5.5", yellow_limit="5.4", valid_from=date(2026, 2, 1))
    survey.name = "Et annet navn"
    survey.save()

    assert text_of(politician.get(f"{LIST}{snapshot.pk}/")) == before


def test_figures_of_later_periods_are_left_out(world, survey, publish):
    world.record(survey, world.district, "2026-09", "3.3")

    (row,) = publish().content["areas"][0]["rows"]

    assert (row["value"], row["when"], row["status"]) == ("4,6", "Per august 2026", "reached")


def test_only_the_district_s_own_figures_are_in_it(world, publish):
    leave = world.indicator(SickLeaveFactory, window=1, name="Sykefravær")
    world.record(leave, world.unit, "2026-08", parts=("884", "7560"))
    world.record(leave, world.neighbour, "2026-08", parts=("34", "1134"))

    snapshot = publish(confirmed=True)

    (row,) = snapshot.content["areas"][0]["rows"]
    assert row["value"] == "10,6\u00a0%"
    assert "11,7" not in str(snapshot.content)
    assert "Hjemmetjenesten" not in str(snapshot.content)
    with pytest.raises(NotPublishable):
        publish(unit=world.unit)


@pytest.mark.parametrize(
    "quality, value, told",
    [
        (Quality.PRELIMINARY, "4.4", "Medarbeidertilfredshet: foreløpig, 4,4"),
        (Quality.ESTIMATE, "4.4", "Medarbeidertilfredshet: anslag, ca. 4,4"),
        (Quality.MISSING, None, "Medarbeidertilfredshet: mangler"),
    ],
)
def test_what_is_not_final_is_published_only_when_somebody_has_seen_it(world, survey, publish, quality, value, told):
    world.record(survey, world.district, "2026-08", value, quality=quality)

    with pytest.raises(Unconfirmed) as refusal:
        publish()

    assert refusal.value.unsure == [told]
    assert not Snapshot.objects.exists()
    assert publish(confirmed=True).content["areas"][0]["rows"][0]["quality"] == quality


def test_what_is_not_due_yet_is_neither_missing_nor_asked_about(world, survey, publish):
    world.indicator(name="Årlig undersøkelse")

    rows = publish().content["areas"][0]["rows"]

    assert [(row["status_word"], row["quality"]) for row in rows] == [("Nådd", ""), ("Ikke forfalt ennå", "")]


@pytest.mark.parametrize(
    "changes", [{"period": Period.month(2025, 8)}, {"period": Period.month(2026, 10)}, {"period": Period.of_year(2026)}], ids=str
)
def test_a_period_of_another_year_or_one_that_is_not_over_is_refused(world, survey, publish, changes):
    with pytest.raises(NotPublishable):
        publish(**changes)


def test_a_draft_is_not_published(world, survey, publish):
    world.scorecard.state = State.DRAFT
    world.scorecard.save()

    with pytest.raises(NotPublishable):
        publish()


def test_the_same_sent_twice_is_kept_once_and_leaves_one_line(world, survey, publish):
    first, second = publish(), publish()

    assert first == second
    assert Snapshot.objects.count() == 1
    assert AuditEntry.objects.filter(action="snapshot.published").count() == 1
    world.record(survey, world.district, "2026-08", "4.2", now=datetime(2026, 10, 9, tzinfo=UTC))
    assert publish() != first


def test_a_withdrawn_one_stays_with_its_mark(world, survey, publish, director):
    snapshot = publish()

    assert withdraw_snapshot(snapshot=snapshot, reason="Feil tall", actor=director, now=NOW)
    assert not withdraw_snapshot(snapshot=snapshot, reason="Igjen", actor=director, now=NOW)

    client = signed_in(person(Role.POLITICIAN, world.district))
    assert "Trukket tilbake" in text_of(client.get(LIST))
    page = text_of(client.get(f"{LIST}{snapshot.pk}/"))
    assert "ble trukket tilbake 8. oktober 2026" in page
    assert "4,6" in page
    (line,) = AuditEntry.objects.filter(action="snapshot.withdrawn")
    assert line.details["reason"] == "Feil tall"


@pytest.mark.parametrize("end", ["", "resultater.csv"])
def test_those_of_another_district_do_not_exist(world, survey, publish, end):
    snapshot = publish()

    assert signed_in(person(Role.POLITICIAN, world.district)).get(f"{LIST}{snapshot.pk}/{end}").status_code == 200
    stranger = signed_in(person(Role.POLITICIAN, DistrictFactory()))
    assert stranger.get(f"{LIST}{snapshot.pk}/{end}").status_code == 404
    assert "Resultater per august" not in text_of(stranger.get(LIST))
    assert signed_in(person(Role.PRIVACY_OFFICER, world.district)).get(LIST).status_code == 404


@pytest.mark.parametrize("pk", ["0", "999999", "99999999999999999999999"])
def test_a_number_that_names_none_is_not_found(world, pk):
    assert signed_in(person(Role.POLITICIAN, world.district)).get(f"{LIST}{pk}/").status_code == 404


def test_the_file_comes_after_the_list_of_what_is_not_final(world, survey, publish):
    world.record(survey, world.district, "2026-08", "4.4", quality=Quality.ESTIMATE)
    snapshot = publish(confirmed=True, title="=1+1")
    client = signed_in(person(Role.POLITICIAN, world.district))
    address = f"{LIST}{snapshot.pk}/resultater.csv"

    asked = client.get(address)
    assert "text/html" in asked["Content-Type"]
    assert "Medarbeidertilfredshet: anslag, ca. 4,4" in text_of(asked)

    sent = client.get(f"{address}?bekreftet=ja").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(sent), delimiter=";"))
    told = dict(zip(rows[0], rows[1], strict=True))
    assert (told["Måleindikator"], told["Siste resultat"], told["Kvalitet"]) == ("Medarbeidertilfredshet", "ca. 4,4", "Anslag")
    assert "'=1+1" in sent
    assert "Medarbeidertilfredshet: anslag, ca. 4,4" in sent


def test_the_director_publishes_in_the_browser(world, survey, director):
    client = signed_in(director)
    address = world.address(world.district, end="publiser/")
    form = {"period": "2026-08", "title": "Per august", "comment": "Bra. <b>"}
    assert "Per august" not in text_of(client.get(LIST))

    empty = client.post(address, {**form, "title": ""})
    assert empty.status_code == 422
    assert "Bra. &lt;b&gt;" in empty.content.decode()
    done = client.post(address, form, follow=True)

    assert "Resultatene er publisert." in text_of(done)
    assert "4,6" in text_of(done)
    assert Snapshot.objects.get().published_by == director
    assert client.post(address, {**form, "period": "2026-12"}).status_code == 422


def test_the_tick_is_asked_for_where_something_is_not_final(world, survey, director):
    world.record(survey, world.district, "2026-08", "4.4", quality=Quality.PRELIMINARY)
    client = signed_in(director)
    address = world.address(world.district, end="publiser/")
    form = {"period": "2026-08", "title": "Per august", "comment": "Skrevet med omhu"}

    refused = client.post(address, form)

    assert refused.status_code == 422
    assert "Medarbeidertilfredshet: foreløpig, 4,4" in text_of(refused)
    assert "Skrevet med omhu" in text_of(refused)
    assert not Snapshot.objects.exists()
    assert client.post(address, {**form, "confirmed": "on"}).status_code == 302
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.UNIT_LEADER, Role.CONTROLLER, Role.EMPLOYEE])
def test_others_neither_publish_nor_withdraw(world, survey, publish, role):
    snapshot = publish()
    client = signed_in(person(role, world.district))

    assert client.post(world.address(world.district, end="publiser/"), {}).status_code == 404
    assert client.post(f"{LIST}{snapshot.pk}/trekk-tilbake/", {"reason": "x"}).status_code == 404
    assert Snapshot.objects.get().withdrawn_at is None


def test_a_unit_is_not_published_by_address(world, survey, director):
    client = signed_in(director)

    assert client.get(world.address(world.district, end="publiser/")).status_code == 200
    assert client.get(world.address(world.unit, end="publiser/")).status_code == 404


def test_withdrawing_asks_why(world, survey, publish, director):
    snapshot = publish()
    client = signed_in(director)
    address = f"{LIST}{snapshot.pk}/trekk-tilbake/"

    assert client.post(address, {"reason": " "}).status_code == 422
    done = client.post(address, {"reason": "Feil i kilden"}, follow=True)

    assert "Resultatene er trukket tilbake." in text_of(done)


def test_the_text_is_norwegian_whatever_language_the_publisher_works_in(world, survey, director):
    client = signed_in(director)
    client.cookies["django_language"] = "en"
    client.post(world.address(world.district, end="publiser/"), {"period": "2026-08", "title": "August", "comment": ""})

    assert Snapshot.objects.get().content["headline"] == "Én av én indikator er nådd."


def test_the_list_costs_the_same_with_one_and_with_thirty(world, survey, publish, django_assert_max_num_queries):
    publish()
    client = signed_in(person(Role.POLITICIAN, world.district))
    client.get(LIST)
    for number in range(29):
        publish(title=f"Nummer {number}")

    with django_assert_max_num_queries(6):
        assert client.get(LIST).content.decode().count("Nummer ") == 29
