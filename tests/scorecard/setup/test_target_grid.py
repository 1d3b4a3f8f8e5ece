"""The table of targets: what holds where, the goal linter on every cell, all or nothing, and paste."""

from datetime import date
from decimal import Decimal

import pytest

from common.periods import Period
from scorecard.models import Benchmark, PlacedIndicator, Target
from scorecard.services import derive
from tests.factories.organisation import UnitFactory
from tests.factories.scorecard import MeasurementFactory, TargetFactory
from tests.scorecard.setup.conftest import cell_name as name
from tests.scorecard.setup.conftest import opened, own, statements


def test_units_inherit_and_the_inherited_target_is_shown_as_placeholder(world, admin):
    page = admin.get(world.url("mal/")).content.decode()

    assert f'name="{name(world.survey, world.district)}" value="4,5 / 4,2" placeholder=""' in page
    assert f'name="{name(world.survey, world.unit)}" value="" placeholder="4,5 / 4,2"' in page
    assert f'name="{name(world.sick_leave, world.unit)}" value="" placeholder="9,9 / 10,9"' in page


def test_saving_an_untouched_table_changes_nothing(world, admin):
    typed = opened(admin, world.url("mal/"))

    answer = admin.post(world.url("mal/"), typed, follow=True)

    assert "Ingen mål er endret." in answer.content.decode()
    assert Target.objects.count() == 2
    assert Target.history.count() == 2


def test_an_own_target_holds_from_the_first_of_january_and_keeps_the_distance_of_the_yellow_limit(world, admin):
    typed = opened(admin, world.url("mal/"))

    admin.post(world.url("mal/"), typed | {name(world.survey, world.unit): "minst 4,7"})

    [target] = own(world.survey, world.unit)
    assert (target.value, target.yellow_limit, target.valid_from, target.confirmed) == (
        Decimal("4.7"),
        Decimal("4.4"),
        date(2026, 1, 1),
        True,
    )
    assert target.recorded_by == world.admin


@pytest.mark.parametrize("text, limit", [("4,7 / 4,1", Decimal("4.1")), ("4,7 / ingen", None), ("4,7 gul 4,0", Decimal("4.0"))])
def test_the_yellow_limit_can_be_written_in_the_cell(world, admin, text, limit):
    typed = opened(admin, world.url("mal/"))

    admin.post(world.url("mal/"), typed | {name(world.survey, world.unit): text})

    assert own(world.survey, world.unit)[0].yellow_limit == limit


def test_an_emptied_cell_inherits_again_and_the_history_remembers(world, admin):
    TargetFactory(indicator=world.survey, unit=world.unit, value=Decimal("4.9"), yellow_limit=None)
    typed = opened(admin, world.url("mal/"))

    admin.post(world.url("mal/"), typed | {name(world.survey, world.unit): ""})

    page = admin.get(world.url("mal/")).content.decode()
    assert f'name="{name(world.survey, world.unit)}" value="" placeholder="4,5 / 4,2"' in page
    assert [row.withdrawn for row in Target.history.filter(unit_id=world.unit.pk).order_by("history_id")] == [False, True]


@pytest.mark.parametrize("text", [">9,9 %", "> 9.9 %", "minst 9,9", "over 9,9 %"])
def test_a_target_against_the_direction_is_stopped_with_what_was_meant(world, admin, text):
    typed = opened(admin, world.url("mal/"))

    answer = admin.post(world.url("mal/"), typed | {name(world.sick_leave, world.unit): text})

    page = answer.content.decode().replace("\xa0", " ")
    assert answer.status_code == 422
    assert "lavere er bedre for denne indikatoren. Mente du «høyst 9,9 %»?" in page
    assert own(world.sick_leave, world.unit) == []


def test_what_was_typed_stays_and_nothing_is_half_saved(world, admin):
    typed = opened(admin, world.url("mal/")) | {name(world.survey, world.unit): "4,8", name(world.survey, world.sister): "bra nok"}

    answer = admin.post(world.url("mal/"), typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="4,8"' in page
    assert 'value="bra nok"' in page
    assert "«bra nok» kan ikke leses som et mål" in page
    assert Target.objects.count() == 2


def test_all_errors_are_listed_at_once_with_links_to_their_cells(world, admin):
    wrong = {
        name(world.survey, world.unit): "7",
        name(world.survey, world.sister): "4,5 / 4,9",
        name(world.sick_leave, world.unit): "85–90",
        name(world.sick_leave, world.sister): "9,9 / x",
    }

    page = admin.post(world.url("mal/"), opened(admin, world.url("mal/")) | wrong).content.decode().replace("\xa0", " ")

    summary = page.split("data-error-summary")[1].split("</ul>")[0]
    assert all(f'href="#{cell}"' in summary for cell in wrong)
    assert "7 ligger utenfor det som er mulig, 1 til 6." in summary
    assert "Gulgrensen 4,9 ligger på feil side av målet 4,5" in summary
    assert "Et område passer ikke her" in summary
    assert "Gulgrensen «x» er ikke et tall" in summary


def test_an_ambiguous_percent_must_be_chosen_and_shows_what_each_reading_comes_to(world, share, admin):
    typed = opened(admin, world.url("mal/")) | {name(share, world.unit): "10 % bedre enn snitt for Oslo"}

    answer = admin.post(world.url("mal/"), typed)

    page = answer.content.decode().replace("\xa0", " ")
    assert answer.status_code == 422
    assert "10 % av 77 %, som gir målet 84,7 %" in page
    assert "10 prosentpoeng fra 77 %, som gir målet 87 %" in page
    assert "selve tallet er 10 %" in page
    assert own(share, world.unit) == []


@pytest.mark.parametrize(
    "choice, value, kind", [("percent", "84.7", "benchmark"), ("points", "87", "benchmark"), ("absolute", "10", "absolute")]
)
def test_each_reading_is_saved_as_chosen_and_the_number_is_told(world, share, admin, choice, value, kind):
    cell = name(share, world.unit)
    typed = opened(admin, world.url("mal/")) | {cell: "10 % bedre enn Oslo", f"v-{cell}": choice}

    page = admin.post(world.url("mal/"), typed, follow=True).content.decode().replace("\xa0", " ")

    [target] = own(share, world.unit)
    assert (target.value, target.kind) == (Decimal(value), kind)
    if kind == "benchmark":
        assert f"gir målet {value.replace('.', ',')} %" in page
        assert (target.amount, target.baseline_value, target.benchmark_group) == (10, 77, "oslo")


def test_points_in_the_text_need_no_choice_and_read_back_unchanged(world, share, admin):
    cell = name(share, world.unit)
    admin.post(world.url("mal/"), opened(admin, world.url("mal/")) | {cell: "10 prosentpoeng bedre enn Oslo / 80"})

    again = opened(admin, world.url("mal/"))

    assert own(share, world.unit)[0].value == 87
    assert again[cell] == "10 prosentpoeng bedre enn Oslo / 80"


def test_without_a_benchmark_or_a_baseline_the_target_is_stopped(world, share, admin):
    Benchmark.objects.all().delete()
    wrong = {name(share, world.unit): "10 prosentpoeng bedre enn Oslo", name(share, world.sister): "5 prosentpoeng bedre enn 2025"}

    page = admin.post(world.url("mal/"), opened(admin, world.url("mal/")) | wrong).content.decode()

    assert "Det finnes ikke noe tall å sammenlikne med." in page
    assert "Verdien det sammenliknes med, mangler." in page
    assert own(share, world.unit) == []


def test_a_benchmark_of_one_body_is_no_benchmark(world, share, admin):
    Benchmark.objects.update(bodies=1)

    page = admin.post(
        world.url("mal/"), opened(admin, world.url("mal/")) | {name(share, world.unit): "5 poeng bedre enn Oslo"}
    ).content.decode()

    assert "Bare én kommune står bak tallet" in page


def test_a_baseline_is_taken_from_the_measured_year(world, share, admin):
    MeasurementFactory(indicator=share, unit=world.unit, period=Period.of_year(2025), value=80, numerator=80, denominator=100)
    derive.rebuild()

    admin.post(world.url("mal/"), opened(admin, world.url("mal/")) | {name(share, world.unit): "5 prosentpoeng bedre enn 2025"})

    [target] = own(share, world.unit)
    assert (target.value, target.baseline_value, target.baseline_start) == (85, 80, date(2025, 1, 1))


def test_the_same_form_twice_saves_once(world, admin):
    typed = opened(admin, world.url("mal/")) | {name(world.survey, world.unit): "4,8 / 4,5"}

    admin.post(world.url("mal/"), typed)
    again = admin.post(world.url("mal/"), typed, follow=True)

    assert "Ingen mål er endret." in again.content.decode()
    assert Target.history.filter(unit_id=world.unit.pk).count() == 1


def test_two_people_in_the_same_cell_the_second_is_told_and_keeps_the_text(world, admin):
    first, second = opened(admin, world.url("mal/")), opened(admin, world.url("mal/"))
    admin.post(world.url("mal/"), first | {name(world.survey, world.unit): "4,8 / 4,5"})

    refused = admin.post(world.url("mal/"), second | {name(world.survey, world.unit): "4,6 / 4,3"})

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Noen har endret dette målet mens du skrev. Nå står det: 4,8 / 4,5." in page
    assert 'value="4,6 / 4,3"' in page
    assert own(world.survey, world.unit)[0].value == Decimal("4.8")


def test_two_people_in_different_cells_do_not_disturb_each_other(world, admin):
    first, second = opened(admin, world.url("mal/")), opened(admin, world.url("mal/"))
    admin.post(world.url("mal/"), first | {name(world.survey, world.unit): "4,8 / 4,5"})

    taken = admin.post(world.url("mal/"), second | {name(world.survey, world.sister): "4,6 / 4,3"})

    assert taken.status_code == 302
    assert own(world.survey, world.unit)[0].value == Decimal("4.8")
    assert own(world.survey, world.sister)[0].value == Decimal("4.6")


@pytest.mark.parametrize("seen", ["", "juks", "W10:abc:def"])
def test_a_made_up_memory_of_the_page_saves_nothing(world, admin, seen):
    typed = opened(admin, world.url("mal/")) | {name(world.survey, world.unit): "4,8", "seen": seen}

    answer = admin.post(world.url("mal/"), typed)

    assert answer.status_code == 422
    assert own(world.survey, world.unit) == []


def test_a_unit_that_begins_in_the_year_gets_its_target_from_its_first_day(world, admin):
    late = UnitFactory(code="499", name="Ny enhet", valid_from=date(2026, 2, 1), parent=world.district)

    admin.post(world.url("mal/"), opened(admin, world.url("mal/")) | {name(world.survey, late): "4,8"})

    assert own(world.survey, late)[0].valid_from == date(2026, 2, 1)


def test_copied_targets_are_confirmed_by_ticking_or_by_changing(world, admin):
    PlacedIndicator.objects.update(target_confirmed=False)
    assert "Ikke bekreftet" in admin.get(world.url("mal/")).content.decode()

    admin.post(world.url("mal/bekreft/"), {"indicator": [world.sick_leave.pk, "juks", "9" * 30]})
    admin.post(world.url("mal/"), opened(admin, world.url("mal/")) | {name(world.survey, world.district): "4,6"})

    assert set(PlacedIndicator.objects.values_list("target_confirmed", flat=True)) == {True}


def test_the_table_is_narrowed_by_area_indicator_and_unit(world, admin):
    page = admin.get(world.url("mal/"), {"indikator": "sykefravaer"}).content.decode()
    assert name(world.sick_leave, world.unit) in page
    assert name(world.survey, world.unit) not in page
    assert admin.get(world.url("mal/"), {"indikator": "finnes-ikke", "omrade": "x", "enheter": "\x00"}).status_code == 200


def test_the_table_costs_the_same_with_two_and_with_thirty_units(world, admin):
    few = statements(admin, world.url("mal/"))
    for _ in range(30):
        unit = UnitFactory(parent=world.district)
        TargetFactory(indicator=world.survey, unit=unit)

    assert statements(admin, world.url("mal/")) == few


def test_saving_many_cells_reads_what_they_compare_with_once(world, admin, django_assert_max_num_queries):
    units = [UnitFactory(parent=world.district) for _ in range(10)]
    typed = opened(admin, world.url("mal/")) | {name(world.survey, unit): "bra nok" for unit in units}

    with django_assert_max_num_queries(25):
        assert admin.post(world.url("mal/"), typed).status_code == 422
