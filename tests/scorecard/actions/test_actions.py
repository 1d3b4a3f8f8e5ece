"""Actions because of figures: made from a red cell, missed where there is none, and beside the figure before and now."""

from datetime import date
from decimal import Decimal

import pytest

from actions.models import Action
from actions.queries.told import evidence_of
from actions.rules.states import EffectKind, Status
from actions.services.actions import ActionRefused
from organisation.queries.access import access_of
from organisation.rules.access import Role
from scorecard.models import AcceptedDeviation, IndicatorAction
from scorecard.queries.actions import open_places, red_without_action
from scorecard.services.actions import Aim, create_for_figure
from scorecard.services.agreements import NoFigure
from tests.factories.organisation import UnitFactory, person
from tests.factories.scorecard import SickLeaveFactory
from tests.scorecard.actions.conftest import NOW, SEPTEMBER, TODAY, place, record

pytestmark = pytest.mark.django_db
HARD = "\N{NO-BREAK SPACE}"


def make(world, **more):
    given = {
        "indicator": world.indicator,
        "unit": world.unit,
        "period": SEPTEMBER,
        "title": "Tettere oppfølging",
        "owner": world.leader,
        "due_on": date(2026, 12, 1),
        "aim": Aim(Decimal("9.9"), date(2027, 3, 1)),
        "actor": world.leader,
        "now": NOW,
        "today": TODAY,
    }
    return create_for_figure(**given | more)


def red(world, user=None, unit_ids=None, day=TODAY):
    reached = unit_ids or [world.district.pk, world.unit.pk, world.other.pk]
    return red_without_action(unit_ids=reached, day=day, access=access_of(user, day) if user else None)


def text_of(answer) -> str:
    return answer.content.decode().replace(HARD, " ")


def test_an_action_remembers_the_figure_it_was_made_from(world):
    action = make(world)

    row = IndicatorAction.objects.get(action=action)
    assert (row.indicator, row.unit, row.period, row.before, row.expected) == (
        world.indicator,
        world.unit,
        SEPTEMBER,
        Decimal("13.8"),
        Decimal("9.9"),
    )
    assert (action.effect_kind, action.effect_from) == (EffectKind.INDICATOR, date(2027, 3, 1))


def test_the_words_of_an_action_do_not_give_a_shielded_figure_away(world):
    open_indicator = SickLeaveFactory(code="apen", window=1, restricted=False, name="Åpent tall")
    place(world.card, open_indicator)
    record(open_indicator, world.unit, SEPTEMBER, "138")

    assert make(world).effect_text == "Sykefravær"
    assert make(world, indicator=open_indicator, title="Et annet").effect_text == f"Åpent tall: 9,9{HARD}%"


def test_the_same_sent_twice_is_one_action_with_one_cause(world):
    assert make(world).pk == make(world).pk
    assert IndicatorAction.objects.count() == Action.objects.count() == 1


def test_without_a_figure_there_is_nothing_to_make_an_action_from(world):
    with pytest.raises(NoFigure):
        make(world, period=SEPTEMBER.next())
    with pytest.raises(ActionRefused):
        make(world, due_on=date(2026, 1, 1))
    assert not Action.objects.exists()


def test_what_is_red_and_has_no_open_action_is_missed(world):
    (cell,) = red(world)
    assert (cell.unit_code, cell.indicator_code, cell.period, cell.run) == ("402", "sykefravaer", "september 2026", 2)
    assert (cell.value, cell.target) == (f"13,8{HARD}%", f"høyst 9,9{HARD}%")

    action = make(world)
    assert red(world) == []

    Action.objects.filter(pk=action.pk).update(status=Status.CANCELLED, closed_on=TODAY)
    assert len(red(world)) == 1


def test_an_action_for_another_unit_or_indicator_answers_nothing(world):
    record(world.indicator, world.other, SEPTEMBER, "200")
    make(world, unit=world.other, owner=world.director)
    assert [cell.unit_code for cell in red(world) if cell.unit_code != "alna"] == ["402"]
    assert open_places([world.unit.pk, world.other.pk]) == {(world.other.pk, world.indicator.pk)}


def test_an_accepted_deviation_is_not_red_while_it_lasts(world):
    AcceptedDeviation.objects.create(
        indicator=world.indicator,
        unit=world.unit,
        reason="Avtalt",
        valid_from=date(2026, 10, 1),
        valid_to=TODAY,
        agreed_by=world.director,
        recorded_at=NOW,
    )
    assert red(world) == []
    assert len(red(world, day=date(2026, 10, 10))) == 1


def test_a_figure_that_was_withdrawn_or_is_on_no_card_is_not_red(world):
    loose = SickLeaveFactory(code="los", window=1)
    record(loose, world.unit, SEPTEMBER, "500")
    assert [cell.indicator_code for cell in red(world)] == ["sykefravaer"]


def test_a_figure_from_last_year_is_judged_by_this_years_target(world):
    old = SickLeaveFactory(code="gammel", window=1, name="Gammelt tall")
    place(world.card, old)
    record(old, world.unit, SEPTEMBER.same_last_year(), "300")
    assert {cell.indicator_code for cell in red(world)} == {"sykefravaer", "gammel"}


def test_masked_figures_are_on_nobodys_list_but_theirs(world):
    reader = person(Role.EMPLOYEE, world.unit)
    assert red(world, reader, [world.unit.pk]) == []
    assert len(red(world, world.leader, [world.unit.pk])) == 1


def test_the_list_costs_the_same_with_one_unit_and_with_thirty(world, django_assert_num_queries):
    units = [world.unit.pk, world.other.pk, world.district.pk]
    red(world, world.director, units)
    with django_assert_num_queries(COST):
        red(world, world.director, units)
    for _ in range(28):
        unit = UnitFactory(parent=world.district)
        record(world.indicator, unit, SEPTEMBER, "138")
        units.append(unit.pk)
    assert len(red(world, world.director, units)) >= 29
    with django_assert_num_queries(COST):
        red(world, world.director, units)


# Roles, organisation (asked for anew outside a page), cards, placed, cells, acceptances, open actions.
COST = 9


def test_the_figure_before_and_now_stands_beside_the_action(world):
    action = make(world)

    def told(user):
        return evidence_of([action.pk], access=access_of(user, TODAY))[action.pk][0]

    first = told(world.leader)
    assert (first.label, first.before_text, first.expected_text) == ("Sykefravær, september 2026", f"13,8{HARD}%", f"9,9{HARD}%")
    assert (first.after_text, first.measured_after) == (f"13,8{HARD}% (september 2026)", False)

    record(world.indicator, world.unit, SEPTEMBER.next(), "112")
    assert (told(world.leader).after_text, told(world.leader).measured_after) == (f"11,2{HARD}% (oktober 2026)", True)

    hidden = told(person(Role.EMPLOYEE, world.unit))
    assert hidden.hidden
    assert (hidden.before_text, hidden.after_text, hidden.expected_text) == ("", "", "")


def test_a_neighbour_makes_no_action_and_finds_none(world, sign_in):
    neighbour = sign_in(person(Role.UNIT_LEADER, world.other))
    path = "/malekart/402/indikator/sykefravaer/tiltak/"
    assert neighbour.get(path).status_code == 404
    assert neighbour.post(path, {"title": "x"}).status_code == 404
    assert "Hjemmetjenesten" not in text_of(neighbour.get("/tiltak/rodt-uten-tiltak/")).split("<main")[1]
    assert neighbour.get("/tiltak/rodt-uten-tiltak/?enhet=402").status_code == 404
    assert "Hjemmetjenesten" not in neighbour.get("/tiltak/rodt-uten-tiltak/eksport.csv").content.decode("utf-8-sig")
    assert sign_in(person(Role.POLITICIAN, world.district)).get("/tiltak/rodt-uten-tiltak/").status_code == 404


def test_from_a_red_cell_to_an_action_with_the_context_filled_in(world, sign_in):
    leader = sign_in(world.leader)
    path = "/malekart/402/indikator/sykefravaer/tiltak/"
    for page in ("/malekart/402/2026/", "/malekart/402/indikator/sykefravaer/", "/tiltak/rodt-uten-tiltak/"):
        assert path in text_of(leader.get(page)), page

    form = text_of(leader.get(f"{path}?periode=2026-09"))
    assert "Sykefravær: 13,8 % i september 2026. Målet er høyst 9,9 %." in form
    assert 'value="9,9"' in form

    sent = {"title": "Tettere oppfølging", "owner": str(world.leader.pk), "due_on": "2026-12-01", "expected": "9,5", "starts": "2027-01-01"}
    page = text_of(leader.post(path, sent, follow=True))

    assert "Tiltaket er lagret." in page
    assert "Tettere oppfølging" in page
    assert "Se tiltaket" in page
    assert IndicatorAction.objects.get().expected == Decimal("9.5")
    assert "Ingenting er rødt uten tiltak" in text_of(leader.get("/tiltak/rodt-uten-tiltak/"))
    assert "Det er allerede ett åpent tiltak for dette tallet" in text_of(leader.get(path))
    assert "11,2" not in text_of(leader.get(f"/tiltak/{Action.objects.get().pk}/"))


@pytest.mark.parametrize(
    "more, said",
    [
        ({"title": ""}, "Fyll ut feltet."),
        ({"due_on": "2026-10-01"}, "Velg i dag eller en senere dag."),
        ({"expected": "mye"}, "Skriv et tall"),
        ({"expected": "101"}, "Skriv 100 eller mindre."),
        ({"owner": "0"}, "Velg fra listen."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(world, sign_in, more, said):
    sent = {"title": "Mine ord", "owner": str(world.leader.pk), "due_on": "2026-12-01", "expected": "9,5", "description": "Beskrivelsen"}
    answer = sign_in(world.leader).post("/malekart/402/indikator/sykefravaer/tiltak/", sent | more)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "Beskrivelsen" in text_of(answer)
    assert not Action.objects.exists()


def test_a_period_without_a_figure_and_a_wrong_one_are_404(world, sign_in):
    leader = sign_in(world.leader)
    for period in ("2026-10", "2026-13", "x"):
        assert leader.get(f"/malekart/402/indikator/sykefravaer/tiltak/?periode={period}").status_code == 404


def test_who_only_reads_sees_no_way_to_make_one(world, sign_in):
    auditor = sign_in(person(Role.AUDITOR, world.district))
    for page in ("/malekart/402/2026/", "/malekart/402/indikator/sykefravaer/", "/tiltak/rodt-uten-tiltak/"):
        assert "/indikator/sykefravaer/tiltak/" not in text_of(auditor.get(page)), page
    assert "Lederen lager tiltak" in text_of(auditor.get("/tiltak/rodt-uten-tiltak/"))


def test_the_file_has_the_rows_of_the_list(world, sign_in):
    text = sign_in(world.director).get("/tiltak/rodt-uten-tiltak/eksport.csv?enhet=402").content.decode("utf-8-sig")
    assert text.splitlines()[1].replace(HARD, " ") == "402;Hjemmetjenesten;Sykefravær;september 2026;13,8 %;høyst 9,9 %;2"
    assert sign_in(world.director).get("/tiltak/rodt-uten-tiltak/eksport.xlsx").status_code == 200
    assert sign_in(world.director).get("/tiltak/rodt-uten-tiltak/eksport.pdf").status_code == 404
