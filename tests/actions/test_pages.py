"""The pages of actions: who sees what, what is kept, what is said."""

from datetime import date
from decimal import Decimal

import pytest

from actions.models import Action, ActionSetting
from actions.rules.evidence import Cover, Evidence
from actions.rules.states import EffectKind, Status
from organisation.rules.access import Role
from tests.actions.conftest import TODAY, text_of
from tests.factories.actions import ActionFactory
from tests.factories.organisation import DistrictFactory, person

pytestmark = pytest.mark.django_db


def every_address(action):
    return [f"/tiltak/{action.pk}/{rest}" for rest in ("", "status/", "endre/", "avslutt/", "avbryt/")]


def new(world, **more):
    return {
        "title": "Nye kjøreruter",
        "description": "",
        "owner": str(world.leader.pk),
        "due_on": "2026-12-01",
        "effect_kind": "amount",
        "effect_amount": "300 000",
        "effect_from": "",
        "effect_text": "",
    } | more


def test_a_neighbours_action_does_not_exist(world, sign_in, action):
    neighbour = sign_in(world.stranger)
    before = Action.objects.values().get()
    for path in every_address(action):
        assert neighbour.get(path).status_code in ((404,) if not path.endswith("status/") else (404, 405)), path
        sent = new(world) | {"status": "delayed", "text": "x", "version": "1"}
        assert neighbour.post(path, sent).status_code == (405 if path == f"/tiltak/{action.pk}/" else 404), path
    for path in ("/tiltak/", "/tiltak/enhet/", "/tiltak/alle/?vis=alle", "/tiltak/eksport.csv?liste=alle&vis=alle"):
        assert "To faste stillinger" not in text_of(neighbour.get(path)), path
    assert neighbour.get("/tiltak/alle/?enhet=402").status_code == 404
    assert neighbour.get("/tiltak/ny/?enhet=402").status_code == 404
    assert neighbour.post("/tiltak/ny/?enhet=402", new(world)).status_code == 404
    assert Action.objects.values().get() == before


def test_a_department_does_not_read_the_unit_above(world, sign_in, action):
    assert sign_in(world.head).get(f"/tiltak/{action.pk}/").status_code == 404


@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.ADMINISTRATOR, Role.SAFETY_REP, Role.UNION_REP])
def test_who_has_no_right_to_actions_has_no_page_and_no_place_in_the_menu(world, sign_in, action, role):
    reader = sign_in(person(role, world.unit))
    assert reader.get("/tiltak/").status_code == 404
    assert 'href="/tiltak/"' not in text_of(reader.get("/hjelp/"))


def test_employees_read_their_units_actions_and_change_nothing(world, sign_in, action):
    reader = sign_in(world.employee)
    page = text_of(reader.get(f"/tiltak/{action.pk}/"))
    assert "To faste stillinger" in page
    assert "Lagre status" not in page
    assert "To faste stillinger" in text_of(reader.get("/tiltak/enhet/"))
    assert "Nytt tiltak" not in text_of(reader.get("/tiltak/enhet/"))
    assert reader.get("/tiltak/ny/").status_code == 404
    reader.post(f"/tiltak/{action.pk}/status/", {"status": "delayed", "text": "", "version": "1"})
    said = text_of(reader.get(f"/tiltak/{action.pk}/avslutt/", follow=True))
    assert "Bare den som har ansvaret og lederne av enheten kan endre tiltaket." in said
    action.refresh_from_db()
    assert (action.status, action.version) == (Status.NOT_STARTED, 1)


def test_an_employee_with_the_responsibility_says_how_it_goes_and_ends_it(world, sign_in):
    action = ActionFactory(unit=world.unit, owner=world.employee, effect_kind=EffectKind.OTHER, effect_amount=None)
    owner = sign_in(world.employee)
    page = text_of(owner.get(f"/tiltak/{action.pk}/"))
    assert "Lagre status" in page
    assert f"/tiltak/{action.pk}/endre/" not in page

    owner.post(f"/tiltak/{action.pk}/status/", {"status": "on_track", "text": "Godt i gang", "version": "1"})
    done = {"outcome": "as_expected", "outcome_text": "Ventetiden er kortere.", "version": "2"}
    page = text_of(owner.post(f"/tiltak/{action.pk}/avslutt/", done, follow=True))

    action.refresh_from_db()
    assert (action.status, action.closed_on) == (Status.DONE, TODAY)
    assert "Ventetiden er kortere." in page
    assert "Godt i gang" in page
    assert "Lagre status" not in page


def test_a_leader_makes_an_action(world, sign_in):
    leader = sign_in(world.leader)
    page = text_of(leader.get("/tiltak/ny/"))
    assert world.director.name in page
    assert world.stranger.name not in page

    answer = leader.post("/tiltak/ny/?enhet=402", new(world), follow=True)

    action = Action.objects.get()
    assert (action.unit, action.effect_amount, action.due_on) == (world.unit, Decimal(300000), date(2026, 12, 1))
    text = text_of(answer)
    assert "Tiltaket er lagret." in text
    assert "300 000 kr i 2026" in text
    assert "53 dager igjen" in text


@pytest.mark.parametrize(
    "more, said",
    [
        ({"title": ""}, "Fyll ut feltet."),
        ({"title": "x" * 161}, "Skriv høyst 160 tegn."),
        ({"owner": ""}, "Velg fra listen."),
        ({"owner": "999999"}, "Velg fra listen."),
        ({"due_on": "i morgen"}, "Skriv en dato, for eksempel 31.12.2026."),
        ({"due_on": "2026-10-08"}, "Velg i dag eller en senere dag."),
        ({"effect_amount": ""}, "Skriv hvor mange kroner dere venter"),
        ({"effect_amount": "-5"}, "Skriv et tall over null."),
        ({"effect_amount": "mye"}, "Skriv et tall, for eksempel"),
        ({"effect_kind": "indicator"}, "Velg fra listen."),
        ({"description": "x" * 2001}, "Teksten er for lang. Skriv høyst 2000 tegn."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(world, sign_in, more, said):
    answer = sign_in(world.leader).post("/tiltak/ny/?enhet=402", new(world, effect_text="Færre vikarer") | more)

    text = text_of(answer)
    assert answer.status_code == 422
    assert said in text
    assert 'value="Færre vikarer"' in text
    assert not Action.objects.exists()


def test_an_amount_that_does_not_count_is_not_in_the_way(world, sign_in):
    sign_in(world.leader).post("/tiltak/ny/?enhet=402", new(world, effect_kind="other", effect_amount="mye"))
    assert Action.objects.get().effect_amount is None


def test_an_empty_form_says_all_that_is_missing(world, sign_in):
    answer = sign_in(world.leader).post("/tiltak/ny/?enhet=402", {})
    assert answer.status_code == 422
    assert "Det er fire ting å rette" in text_of(answer)


def test_of_two_who_save_the_second_keeps_the_words_and_sees_why(world, sign_in, action):
    leader = sign_in(world.leader)
    leader.post(f"/tiltak/{action.pk}/status/", {"status": "on_track", "text": "Den første", "version": "1"})

    answer = leader.post(f"/tiltak/{action.pk}/status/", {"status": "delayed", "text": "Den andre", "version": "1"})

    text = text_of(answer)
    assert answer.status_code == 422
    assert "Noen andre har lagret tiltaket mens du hadde det åpent." in text
    assert 'value="Den andre"' in text
    assert 'name="version" value="2"' in text
    leader.post(f"/tiltak/{action.pk}/status/", {"status": "delayed", "text": "Den andre", "version": "2"})
    action.refresh_from_db()
    assert (action.status, action.version) == (Status.DELAYED, 3)


@pytest.mark.parametrize("rest", ["endre/", "avslutt/", "avbryt/"])
def test_an_old_version_of_the_other_forms_is_refused_too(world, sign_in, action, rest):
    Action.objects.update(version=4)
    sent = new(world) | {"outcome": "more", "outcome_amount": "5", "outcome_text": "Mine ord", "text": "Mine ord", "version": "1"}
    answer = sign_in(world.leader).post(f"/tiltak/{action.pk}/{rest}", sent)
    text = text_of(answer)
    assert answer.status_code == 422
    assert "Noen andre har lagret tiltaket" in text
    assert "Mine ord" in text or "Nye kjøreruter" in text
    assert 'value="4"' in text
    action.refresh_from_db()
    assert action.version == 4


def test_an_action_is_closed_only_with_what_came_of_it(world, sign_in, action):
    leader = sign_in(world.leader)
    answer = leader.post(f"/tiltak/{action.pk}/avslutt/", {"version": "1"})
    text = text_of(answer)
    assert answer.status_code == 422
    assert "Velg hvordan det gikk." in text
    assert "Skriv hva som kom ut av tiltaket." in text

    answer = leader.post(f"/tiltak/{action.pk}/avslutt/", {"version": "1", "outcome": "less", "outcome_text": "En stilling."})
    assert "Skriv hvor mange kroner tiltaket ga" in text_of(answer)
    page = text_of(
        leader.post(
            f"/tiltak/{action.pk}/avslutt/",
            {"version": "1", "outcome": "less", "outcome_amount": "450 000", "outcome_text": "En stilling."},
            follow=True,
        )
    )
    assert "Mindre enn ventet" in page
    assert "600 000 kr" in page
    assert "450 000 kr" in page


def test_cancelling_asks_why(world, sign_in, action):
    leader = sign_in(world.leader)
    assert leader.post(f"/tiltak/{action.pk}/avbryt/", {"version": "1", "text": ""}).status_code == 422
    page = text_of(leader.post(f"/tiltak/{action.pk}/avbryt/", {"version": "1", "text": "Ingen søkere"}, follow=True))
    assert "Avbrutt" in page
    assert "Ingen søkere" in page


def test_a_moved_deadline_stands_in_the_log(world, sign_in, action):
    sent = new(world, title="To faste stillinger", due_on="2026-12-15", effect_amount="600 000") | {"version": "1"}
    page = text_of(sign_in(world.leader).post(f"/tiltak/{action.pk}/endre/", sent, follow=True))
    assert "Fristen er flyttet fra 1. november 2026 til 15. desember 2026." in page


def test_the_action_page_costs_the_same_with_a_long_log(world, sign_in, action, django_assert_max_num_queries):
    leader = sign_in(world.leader)
    for number in range(12):
        leader.post(f"/tiltak/{action.pk}/status/", {"status": "on_track", "text": f"Nytt {number}", "version": str(number + 1)})
    with django_assert_max_num_queries(16):
        page = leader.get(f"/tiltak/{action.pk}/")
    assert text_of(page).count("Nytt ") >= 12


def test_why_and_cover_are_told_by_the_apps_above(world, sign_in, action, monkeypatch):
    told = {
        action.pk: [Evidence("indicator", "Sykefravær", "/x/", "13,8 %", "9,9 %", "12,1 %", True), Evidence("x", "Skjult", hidden=True)]
    }
    monkeypatch.setattr("actions.views.action.evidence_of", lambda ids, access: told)
    cover = {world.unit.pk: Cover(Decimal(1500000), "Prognosen for september", "/rapport/")}
    monkeypatch.setattr("actions.queries.cover.covers_of", lambda ids, on, access: cover)
    leader = sign_in(world.leader)

    page = text_of(leader.get(f"/tiltak/{action.pk}/"))
    assert all(text in page for text in ("Sykefravær", "13,8 %", "9,9 %", "12,1 %", "Tallet vises ikke for deg."))
    assert "Ingen nye tall" not in page

    page = text_of(leader.get("/tiltak/enhet/"))
    assert "Dekker 600 000 kr av 1 500 000 kr i ventet merforbruk" in page
    assert "900 000 kr mangler tiltak." in page
    assert "40 %" in page


def test_the_setting_is_for_those_who_edit_rules(world, sign_in):
    assert sign_in(world.leader).get("/tiltak/oppsett/").status_code == 404
    admin = sign_in(person(Role.ADMINISTRATOR, world.district))
    assert admin.post("/tiltak/oppsett/", {"escalate_after": "x", "version": "0"}).status_code == 422
    assert admin.post("/tiltak/oppsett/", {"escalate_after": "61", "version": "0"}).status_code == 422
    admin.post("/tiltak/oppsett/", {"escalate_after": "3", "version": "0"})
    assert ActionSetting.objects.get().escalate_after == 3
    answer = admin.post("/tiltak/oppsett/", {"escalate_after": "9", "version": "0"})
    assert answer.status_code == 422
    assert "Nå står det 3." in text_of(answer)


def test_another_district_finds_nothing(world, sign_in, action):
    other = sign_in(person(Role.DIRECTOR, DistrictFactory()))
    assert all(other.get(path).status_code in (404, 405) for path in every_address(action))
    assert other.get("/tiltak/alle/?enhet=402").status_code == 404
