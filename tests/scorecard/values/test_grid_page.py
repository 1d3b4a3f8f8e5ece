"""The grid of figures: what it shows, and what it costs."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.periods import Period, PeriodKind
from organisation.rules.access import Role
from scorecard.rules.rollup import Method
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.scorecard import IndicatorFactory, TargetFactory
from tests.scorecard.values.conftest import SEPTEMBER, fields, shown, told


def test_the_page_opens_at_the_last_month_that_is_over_with_the_indicators_of_that_rhythm(world, leader):
    page = leader.get(world.url)

    assert page.context["page"].period == SEPTEMBER
    assert [row.label for row in page.context["grid"].rows] == [world.leave.name, world.count.name]
    assert [chip["label"] for chip in page.context["rhythms"]] == ["Månedlig", "År"]
    yearly = leader.get(world.url, {"rytme": "year"})
    assert [row.label for row in yearly.context["grid"].rows] == [world.score.name]
    assert yearly.context["page"].period == Period.of_year(2025)


def test_last_figure_and_target_stand_beside_the_field(world, leader):
    world.record(world.count, Period.month(2026, 7), value="1512")
    TargetFactory(indicator=world.count, unit=world.district, value=1600, yellow_limit=None)

    text = shown(leader.get(world.url))
    assert "Sist 1\u00a0512 (juli 2026)" in text
    assert "Mål minst 1\u00a0600" in text


def test_a_rate_has_two_fields_and_a_mean_has_its_answers(world, leader):
    mean = IndicatorFactory(name="Snitt", rollup=Method.POOLED, frequency=PeriodKind.MONTH)
    weighted = IndicatorFactory(name="Vektet", rollup=Method.WEIGHTED, frequency=PeriodKind.MONTH)
    world.place(mean, weighted)

    grid = leader.get(world.url).context["grid"]
    assert [list(row.fields.items()) for row in grid.rows] == [
        [("numerator", "numerator"), ("denominator", "denominator")],
        [("value", "value")],
        [("value", "value"), ("denominator", "answers")],
        [("value", "value"), ("denominator", "weight")],
    ]
    assert grid.headings == ["Teller", "Nevner", "Verdi", "Antall svar", "Vekt"]


def test_one_indicator_is_entered_for_the_unit_and_those_right_below_together(world, client):
    below = UnitFactory(parent=world.unit, name="Avdeling under")
    UnitFactory(parent=below, name="To ledd ned")
    client.force_login(person(Role.CONTROLLER, world.district))
    url = f"/malekart/verdier/{world.district.code}/?indikator={world.count.code}&periode=2026-09"

    page = client.get(url)
    assert [row.place.unit.id for row in page.context["grid"].rows] == [world.district.pk, world.unit.pk, world.neighbour.pk]
    response = client.post(url, fields(world, world.count, value="5") | fields(world, world.count, world.neighbour, value="7"))
    assert (response.status_code, told(response)) == (302, ["2 tall lagret."])
    assert response["Location"] == url


def test_a_calculated_indicator_is_named_but_has_no_field(world, leader):
    world.place(IndicatorFactory(name="Regnet forhold", formula="[a] / [b]", frequency=PeriodKind.MONTH))

    page = leader.get(world.url)
    assert "Regnet forhold" not in [row.label for row in page.context["grid"].rows]
    assert "Regnes ut av andre tall: Regnet forhold." in " ".join(shown(page).split())


def test_a_retired_indicator_leaves_the_form_after_its_last_day(world, leader):
    world.count.retired_on = SEPTEMBER.first_day.replace(month=8, day=31)
    world.count.save()

    assert world.count.name not in [row.label for row in leader.get(world.url).context["grid"].rows]
    assert world.count.name in [row.label for row in leader.get(world.url, {"periode": "2026-08"}).context["grid"].rows]


def test_a_unit_without_a_card_says_so(client, settings, world):
    lone = UnitFactory(parent=DistrictFactory())
    client.force_login(person(Role.UNIT_LEADER, lone))

    page = client.get(f"/malekart/verdier/{lone.code}/")
    assert page.status_code == 200
    assert "Enheten har ikke noe målekart ennå" in shown(page)
    assert client.post(f"/malekart/verdier/{lone.code}/", {"do": "save"}).status_code == 302


def test_a_year_without_a_card_borrows_the_nearest_and_says_so(world, leader):
    page = leader.get(world.url, {"periode": "2008"})

    assert "Det er ikke publisert målekart for 2008" in shown(page)
    assert [row.label for row in page.context["grid"].rows] == [world.score.name]


def test_names_that_hold_markup_are_shown_as_they_are(world, leader):
    world.count.name = "<script>alert(1)</script> & co"
    world.count.save()

    assert "<script>alert(1)" not in shown(leader.get(world.url))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in shown(leader.get(world.url))


def test_the_page_costs_the_same_with_three_indicators_and_with_thirty(world, leader):
    world.record(world.count, value="5")
    leader.get(world.url)
    with CaptureQueriesContext(connection) as few:
        leader.get(world.url)
    more = [IndicatorFactory(rollup=Method.SUM, frequency=PeriodKind.MONTH, scale_max=None) for _ in range(28)]
    world.place(*more)
    for indicator in more[:14]:
        world.record(indicator, value="5")
        world.record(indicator, Period.month(2026, 8), value="5")
    with CaptureQueriesContext(connection) as many:
        page = leader.get(world.url)

    assert len(page.context["grid"].rows) == 30
    assert len(few) == len(many)
    assert len(many) < 25


def test_saving_costs_a_number_of_statements_that_follows_the_indicators(world, leader):
    more = [IndicatorFactory(rollup=Method.SUM, frequency=PeriodKind.MONTH, scale_max=None) for _ in range(28)]
    world.place(*more)

    def statements(indicators):
        typed = {name: text for indicator in indicators for name, text in fields(world, indicator, value="5").items()}
        with CaptureQueriesContext(connection) as queries:
            assert leader.post(world.url, typed).status_code == 302
        return len(queries)

    one, ten, eighteen = statements(more[:1]), statements(more[1:10]), statements(more[10:28])
    assert ten - one < 8 * 13
    assert eighteen - ten < 9 * 13
