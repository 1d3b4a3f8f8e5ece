"""One figure with its earlier versions beside."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.periods import Period, PeriodKind
from organisation.rules.access import Role
from scorecard.models import Measurement
from scorecard.rules.lifecycle import State
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Quality
from scorecard.services.values import Entry, Source, record_values
from tests.factories.organisation import UnitFactory, UserFactory, person
from tests.factories.scorecard import IndicatorFactory, ScorecardFactory, SickLeaveFactory
from tests.scorecard.values.conftest import NOW, SEPTEMBER, TODAY, fields, sent_by, shown, told


def test_a_figure_of_a_neighbour_does_not_exist(world, leader):
    world.record(world.count, unit=world.neighbour, value="100")

    assert leader.get(world.edit_url(world.count)).status_code == 200
    assert leader.get(world.edit_url(world.count, unit=world.neighbour)).status_code == 404
    assert leader.post(world.edit_url(world.count, unit=world.neighbour), {}).status_code == 404


@pytest.mark.parametrize("period, status", [("2026-09", 200), ("2026", 200), ("2026-K3", 404), ("2026-13", 404), ("x", 404)])
def test_only_periods_of_the_indicators_rhythm_and_years_are_pages(world, leader, period, status):
    assert leader.get(world.edit_url(world.count, period)).status_code == status


def test_an_indicator_that_is_not_there_is_not_a_page(world, leader):
    assert leader.get(f"/malekart/{world.unit.code}/indikator/finnes_ikke/2026-09/rediger/").status_code == 404


def test_everything_about_a_figure_can_be_written(world, leader):
    typed = fields(world, world.leave, numerator="116", denominator="1000", quality="preliminary", note="Etter ferien", stated="11,7")

    response = leader.post(world.edit_url(world.leave), typed)
    assert told(response) == ["1 tall lagret."]
    row = Measurement.objects.get()
    assert (row.value, row.stated, row.quality, row.note) == (Decimal("11.6"), Decimal("11.7"), "preliminary", "Etter ferien")


def test_earlier_versions_stand_beside_with_reason_person_and_source(world, leader):
    seed = Source(origin=Measurement.Origin.FILE, name="tall.csv", checks_versions=False)
    first = Entry(world.count, world.unit, SEPTEMBER, value=Decimal(100), note="Fra filen", source_place="rad 12")
    record_values(entries=[first], actor=UserFactory(name="Ada Andersen"), source=seed, now=NOW, today=TODAY)
    key = f"{world.count.pk}-{world.unit.pk}"

    typed = sent_by(leader.get(world.edit_url(world.count)))
    refused = leader.post(world.edit_url(world.count), typed | {f"{key}-value": "101"})
    assert refused.status_code == 422
    assert "Skriv hvorfor tallet rettes." in shown(refused)
    leader.post(world.edit_url(world.count), typed | {f"{key}-value": "101", f"{key}-reason": "Talt på nytt"})

    page = leader.get(world.edit_url(world.count))
    newest, oldest = page.context["versions"]
    assert (newest.figure, newest.current, newest.reason, newest.source) == ("101", True, "Talt på nytt", "Skrevet inn")
    assert (oldest.figure, oldest.current, oldest.note) == ("100", False, "Fra filen")
    assert (oldest.by, oldest.source) == ("Ada Andersen, 8. oktober 2026 kl. 08.00", "Lest fra fil: tall.csv, rad 12")
    assert "Rettet fordi: Talt på nytt" in shown(page)


def test_what_a_source_printed_is_kept_when_the_grid_corrects_the_figure(world, leader):
    leader.post(world.edit_url(world.count), fields(world, world.count, value="100", stated="99"))
    key = f"{world.count.pk}-{world.unit.pk}"

    leader.post(world.url, sent_by(leader.get(world.url)) | {f"{key}-value": "101", f"{key}-reason": "Talt på nytt"})
    row = Measurement.objects.get()
    assert (row.value, row.stated) == (Decimal(101), Decimal(99))


def test_a_locked_year_says_so_and_a_correction_becomes_a_version(world, leader):
    ScorecardFactory(unit=world.district, year=2025, state=State.LOCKED)
    url = world.edit_url(world.score, "2025")

    page = leader.get(url)
    assert "Målekartet for 2025 er låst." in shown(page)
    typed = fields(world, world.score, value="4,5")
    refused = leader.post(url, typed)
    assert refused.status_code == 422
    assert "Målekartet for 2025 er låst. Skriv hvorfor tallet føres nå." in shown(refused)
    assert 'value="4,5"' in shown(refused)
    key = f"{world.score.pk}-{world.unit.pk}"
    assert leader.post(url, typed | {f"{key}-reason": "Kom etter fristen"}).status_code == 302
    assert Measurement.objects.get().reason == "Kom etter fristen"


def test_a_year_beside_the_months_may_be_a_printed_rate(world, leader):
    url = world.edit_url(world.leave, "2025")

    assert leader.post(url, fields(world, world.leave, value="10,5")).status_code == 302
    row = Measurement.objects.get()
    assert (row.value, row.denominator, row.period) == (Decimal("10.5"), None, Period.of_year(2025))


def test_a_printed_rate_goes_on_standing_while_its_note_is_changed(world, leader):
    seed = Source(origin=Measurement.Origin.SEED, checks_versions=False)
    record_values(entries=[Entry(world.leave, world.unit, SEPTEMBER, value=Decimal(85))], actor=None, source=seed, now=NOW, today=TODAY)
    key = f"{world.leave.pk}-{world.unit.pk}"

    typed = sent_by(leader.get(world.edit_url(world.leave))) | {f"{key}-note": "Fra rapporten", f"{key}-reason": "Merknad"}
    assert leader.post(world.edit_url(world.leave), typed).status_code == 302
    row = Measurement.objects.get()
    assert (row.value, row.denominator, row.note) == (Decimal(85), None, "Fra rapporten")


def test_the_sum_of_answers_goes_on_standing_while_the_quality_is_changed(world, leader):
    mean = IndicatorFactory(rollup=Method.POOLED, frequency=PeriodKind.MONTH)
    world.place(mean)
    survey = Source(origin=Measurement.Origin.SURVEY, checks_versions=False)
    entry = Entry(mean, world.unit, SEPTEMBER, numerator=Decimal(100), denominator=Decimal(23), quality=Quality.PRELIMINARY)
    record_values(entries=[entry], actor=None, source=survey, now=NOW, today=TODAY)
    key = f"{mean.pk}-{world.unit.pk}"

    assert leader.post(world.edit_url(mean), sent_by(leader.get(world.edit_url(mean))) | {f"{key}-quality": "final"}).status_code == 302
    row = Measurement.objects.get()
    assert (row.numerator, row.denominator, row.quality) == (Decimal(100), Decimal(23), "final")


def test_a_calculated_figure_has_no_form(world, leader):
    indicator = IndicatorFactory(formula="[a] / [b]", frequency=PeriodKind.MONTH)

    page = leader.get(world.edit_url(indicator))
    assert "Tallet regnes ut av andre tall." in shown(page)
    assert "<textarea" not in shown(page)
    assert leader.post(world.edit_url(indicator), fields(world, indicator, value="5")).status_code == 302
    assert not Measurement.objects.exists()


def test_the_page_costs_the_same_with_one_version_and_with_thirty(world, leader):
    world.record(world.count, value="100", actor=UserFactory())
    leader.get(world.edit_url(world.count))
    with CaptureQueriesContext(connection) as few:
        leader.get(world.edit_url(world.count))
    for value in range(29):
        world.record(world.count, value=str(value), actor=UserFactory())
    with CaptureQueriesContext(connection) as many:
        page = leader.get(world.edit_url(world.count))

    assert len(page.context["versions"]) == 30
    assert len(few) == len(many)


def test_a_shielded_figure_is_edited_by_those_who_may_see_it(world, client):
    below = UnitFactory(parent=world.unit)
    client.force_login(person(Role.SUB_UNIT_LEADER, below))
    assert client.get(world.edit_url(SickLeaveFactory(), unit=below)).status_code == 200
    client.force_login(person(Role.REPORTER, below))
    assert client.get(world.edit_url(world.count, unit=below)).status_code == 200
    assert client.get(world.edit_url(world.leave, unit=below)).status_code == 404
