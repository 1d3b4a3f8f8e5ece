"""Draft, to approval, published, locked: each step once, from the right state, by the right person."""

import pytest

from common.periods import Period
from organisation.models import AuditEntry
from organisation.rules.access import Role
from scorecard.models import PlacedIndicator, Scorecard
from scorecard.rules.lifecycle import ALLOWED, State
from scorecard.services import lifecycle
from scorecard.services.editing import StaleVersion
from tests.factories.organisation import RoleAssignmentFactory, UnitFactory
from tests.factories.scorecard import NOW, MeasurementFactory


def state(world) -> State:
    return State(Scorecard.objects.values_list("state", flat=True).get(pk=world.card.pk))


def approval(world, rest: str = "") -> str:
    return f"/godkjenning/malekart/{world.district.code}/2026/{rest}"


def test_a_card_goes_from_draft_to_published_and_everything_is_logged(world, admin, director):
    admin.post(world.url("send/"), {"version": world.version})
    assert state(world) == State.PROPOSED

    director.post(approval(world, "publiser/"), {"version": world.version})

    card = Scorecard.objects.get(pk=world.card.pk)
    assert (card.state, card.proposed_by, card.published_by) == (State.PUBLISHED, world.admin, world.director)
    assert list(AuditEntry.objects.filter(target_id=str(card.pk)).order_by("pk").values_list("action", flat=True)) == [
        "scorecard.proposed",
        "scorecard.published",
    ]
    assert AuditEntry.objects.get(action="scorecard.published").details == {"same_person": False}
    assert [row.state for row in card.history.order_by("history_id")][-2:] == [State.PROPOSED, State.PUBLISHED]


def test_everything_that_blocks_is_told_at_once_with_a_way_to_mend_it(world, admin):
    world.survey.method_text = ""
    world.survey.save()
    PlacedIndicator.objects.filter(indicator=world.sick_leave).update(weight=25, target_confirmed=False)

    page = admin.get(world.url("kontroll/")).content.decode()
    admin.post(world.url("send/"), {"version": world.version})

    assert "Vektene i Ansatte er 85 til sammen. De skal være 100. Det mangler 15." in page
    assert "Tilfredshet mangler målemetode." in page
    assert "Målet for Sykefravær er hentet fra i fjor og ikke bekreftet." in page
    assert f'href="{world.url("vekter/")}#omrade-{world.area.pk}"' in page
    assert 'href="/oppsett/indikatorer/tilfredshet/endre/"' in page
    assert state(world) == State.DRAFT


def test_an_empty_card_cannot_be_sent(world, admin):
    world.area.delete()

    admin.post(world.url("send/"), {"version": world.version})

    assert state(world) == State.DRAFT
    assert "Målekartet er tomt" in admin.get(world.url("kontroll/")).content.decode()


def test_a_missing_target_is_a_hint_and_no_stop(world, admin):
    world.target.delete()

    page = admin.get(world.url("kontroll/")).content.decode()
    admin.post(world.url("send/"), {"version": world.version})

    assert "Tilfredshet har ikke noe mål og blir grå." in page
    assert state(world) == State.PROPOSED


def test_returning_asks_for_a_reason_which_stands_in_the_log(world, admin, director):
    world.set_state(State.PROPOSED)

    refused = director.post(approval(world, "returner/"), {"version": world.version, "reason": "  "})
    assert refused.status_code == 422
    assert state(world) == State.PROPOSED

    director.post(approval(world, "returner/"), {"version": world.version, "reason": "Vekten på sykefravær er for lav"})
    assert state(world) == State.DRAFT
    assert "Vekten på sykefravær er for lav" in admin.get(world.url("endringer/")).content.decode()


def test_a_published_card_is_taken_back_only_before_the_first_figure(world, director):
    world.set_state(State.PUBLISHED)
    MeasurementFactory(indicator=world.sick_leave, unit=world.unit, period=Period.month(2026, 1))

    page = director.post(approval(world, "ta-tilbake/"), {"version": world.version, "reason": "Feil"}, follow=True).content.decode()

    assert state(world) == State.PUBLISHED
    assert "Det er ført tall for året" in page


@pytest.mark.parametrize("elsewhere", ["year", "indicator", "unit"])
def test_figures_of_another_year_indicator_or_unit_do_not_matter(world, director, elsewhere):
    world.set_state(State.PUBLISHED)
    MeasurementFactory(
        **({} if elsewhere == "indicator" else {"indicator": world.sick_leave}),
        unit=UnitFactory() if elsewhere == "unit" else world.unit,
        period=Period.month(2025 if elsewhere == "year" else 2026, 1),
    )

    director.post(approval(world, "ta-tilbake/"), {"version": world.version, "reason": "Feil år"})

    assert state(world) == State.DRAFT


def test_a_locked_year_is_never_opened_again(world, director):
    world.set_state(State.PUBLISHED)
    director.post(approval(world, "las/"), {"version": world.version})
    assert state(world) == State.LOCKED

    for step in ("ta-tilbake/", "returner/", "publiser/"):
        page = director.post(approval(world, step), {"version": world.version, "reason": "Angrer"}, follow=True).content.decode()
        assert "Dette går ikke nå: målekartet er «Låst»." in page
    assert state(world) == State.LOCKED


STEPS = {
    "send/": (State.DRAFT, State.PROPOSED),
    "publiser/": (State.PROPOSED, State.PUBLISHED),
    "returner/": (State.PROPOSED, State.DRAFT),
    "ta-tilbake/": (State.PUBLISHED, State.DRAFT),
    "las/": (State.PUBLISHED, State.LOCKED),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("start", list(State))
def test_every_step_from_every_state(world, admin, director, step, start):
    world.set_state(start)
    client, url = (admin, world.url(step)) if step == "send/" else (director, approval(world, step))

    client.post(url, {"version": world.version, "reason": "Fordi"})

    wanted, then = STEPS[step]
    assert state(world) == (then if start == wanted else start)
    assert then in ALLOWED[wanted]


@pytest.mark.parametrize("version", ["0", "", "abc", "9" * 40])
def test_a_stale_or_made_up_version_changes_nothing(world, admin, version):
    page = admin.post(world.url("send/"), {"version": version}, follow=True).content.decode()

    assert state(world) == State.DRAFT
    assert "Noen har endret målekartet" in page


def test_two_at_the_same_time_only_one_goes_through(world):
    first, second = Scorecard.objects.get(pk=world.card.pk), Scorecard.objects.get(pk=world.card.pk)
    version = world.version

    lifecycle.propose(scorecard=first, version=version, actor=world.admin)

    with pytest.raises(lifecycle.WrongState):
        lifecycle.propose(scorecard=second, version=version, actor=world.admin)
    with pytest.raises(StaleVersion):
        lifecycle.publish(scorecard=second, version=version, actor=world.director, now=NOW)


def test_whoever_proposed_may_publish_only_with_both_rights_and_the_trail_says_so(world, admin):
    admin.post(world.url("send/"), {"version": world.version})
    assert admin.post(approval(world, "publiser/"), {"version": world.version}).status_code == 404

    RoleAssignmentFactory(user=world.admin, role=Role.DIRECTOR, unit=world.district)
    admin.post(approval(world, "publiser/"), {"version": world.version})

    assert state(world) == State.PUBLISHED
    assert AuditEntry.objects.get(action="scorecard.published").details == {"same_person": True}


def test_preview_shows_a_leader_own_targets_and_a_politician_those_of_the_whole(world, admin):
    page = admin.get(world.url("forhandsvisning/"), {"leser": "leder", "enhet": world.unit.code}).content.decode()
    assert "Målekart 2026, Hjemmetjenesten" in page
    assert "minst 4,5" in page
    assert "høyst 9,9\xa0%" in page

    politician = admin.get(world.url("forhandsvisning/"), {"leser": "politiker", "enhet": world.unit.code}).content.decode()
    assert "Målekart 2026, Bydel Bekk" in politician
    assert admin.get(world.url("forhandsvisning/"), {"leser": "alle"}).status_code == 404
    assert admin.get(world.url("forhandsvisning/"), {"enhet": "finnes ikke"}).status_code == 200
