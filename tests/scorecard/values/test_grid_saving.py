"""The grid of figures: what is stored, and two people at the same row."""

from decimal import Decimal

import pytest

from scorecard.models import Measurement
from scorecard.rules.statuses import Quality
from tests.factories.organisation import UserFactory
from tests.scorecard.values.conftest import fields, sent_by, shown, told


def test_figures_are_stored_counted_and_shown_back(world, leader):
    response = leader.post(
        world.url,
        fields(world, world.leave, numerator="116", denominator="1 000", note="Etter ferien") | fields(world, world.count, value="1.512,0"),
    )

    assert (response.status_code, told(response)) == (302, ["2 tall lagret."])
    row = Measurement.objects.get(indicator=world.leave)
    assert (row.value, row.numerator, row.denominator, row.note) == (Decimal("11.6"), Decimal(116), Decimal(1000), "Etter ferien")
    assert (row.recorded_by, row.origin, row.quality) == (world.leader, "typed", "final")
    assert Measurement.objects.get(indicator=world.count).value == Decimal(1512)
    assert "11,6\u00a0%" in shown(leader.get(world.url))


MARKED = [
    ("ca 97", Decimal(97), Quality.ESTIMATE),
    ("Ca. 97", Decimal(97), Quality.ESTIMATE),
    ("~97", Decimal(97), Quality.ESTIMATE),
    ("??", None, Quality.MISSING),
    ("0", Decimal(0), Quality.FINAL),
    ("1 234,5", Decimal("1234.5"), Quality.FINAL),
    ("1,2E+06", Decimal(1200000), Quality.FINAL),
]


@pytest.mark.parametrize("typed, value, quality", MARKED)
def test_what_is_written_decides_the_quality(world, leader, typed, value, quality):
    assert leader.post(world.url, fields(world, world.count, value=typed)).status_code == 302

    row = Measurement.objects.get()
    assert (row.value, row.quality) == (value, quality)


@pytest.mark.parametrize("typed", ["", " ", "-", "–", "−"])
def test_an_empty_field_or_a_lone_dash_is_no_entry_and_never_zero(world, leader, typed):
    response = leader.post(world.url, fields(world, world.count, value=typed))

    assert told(response) == ["Ingenting var endret, så ingenting er lagret."]
    assert not Measurement.objects.exists()


def test_a_row_that_is_left_alone_is_not_written_even_when_somebody_else_has_changed_it(world, leader):
    world.record(world.count, value="100")
    opened = sent_by(leader.get(world.url))
    world.record(world.count, value="120")

    leave = f"{world.leave.pk}-{world.unit.pk}"
    response = leader.post(world.url, opened | {f"{leave}-numerator": "116", f"{leave}-denominator": "1000"})
    assert told(response) == ["1 tall lagret."]
    assert Measurement.objects.get(indicator=world.count).value == Decimal(120)


def test_the_same_form_sent_twice_changes_nothing_twice(world, leader):
    typed = fields(world, world.count, value="100")
    leader.post(world.url, typed)
    response = leader.post(world.url, typed)

    assert told(response)[-1] == "Ingenting var endret, så ingenting er lagret."
    assert Measurement.objects.get().history.count() == 1


def test_a_correction_says_why_and_is_counted_apart(world, leader):
    world.record(world.count, value="100")
    key = f"{world.count.pk}-{world.unit.pk}"
    typed = sent_by(leader.get(world.url)) | {f"{key}-value": "101"}

    refused = leader.post(world.url, typed)
    assert refused.status_code == 422
    assert "Skriv hvorfor tallet rettes." in shown(refused)
    assert 'value="101"' in shown(refused)
    both = typed | {f"{key}-reason": "Talt på nytt"} | fields(world, world.leave, numerator="1", denominator="10")
    response = leader.post(world.url, both)
    assert told(response) == ["1 tall lagret, 1 rettet."]
    row = Measurement.objects.get(indicator=world.count)
    assert (row.value, row.version, row.reason) == (Decimal(101), 2, "Talt på nytt")


def test_a_figure_that_was_missing_becomes_final_when_it_comes(world, leader):
    world.record(world.count, quality=Quality.MISSING)
    key = f"{world.count.pk}-{world.unit.pk}"

    leader.post(world.url, sent_by(leader.get(world.url)) | {f"{key}-value": "100"})
    row = Measurement.objects.get()
    assert (row.value, row.quality) == (Decimal(100), Quality.FINAL)


def test_compute_shows_the_rate_and_stores_nothing(world, leader):
    page = leader.post(world.url, fields(world, world.leave, numerator="116", denominator="1000") | {"do": "compute"})

    assert page.status_code == 200
    assert "<output>11,6\u00a0%</output>" in shown(page)
    assert 'value="116"' in shown(page)
    assert not Measurement.objects.exists()


def test_the_second_of_two_people_sees_what_the_first_wrote_and_may_save_after_it(world, leader):
    other = UserFactory(name="Ada Andersen")
    key = f"{world.count.pk}-{world.unit.pk}"
    opened = sent_by(leader.get(world.url))
    world.record(world.count, value="100", note="Fra listen", actor=other)

    page = leader.post(world.url, opened | {f"{key}-value": "120"})
    assert page.status_code == 422
    assert "Ada Andersen lagret 100 8. oktober 2026 kl. 08.00, etter at du åpnet siden." in shown(page)
    assert "Merknad: «Fra listen»" in shown(page)
    assert 'value="120"' in shown(page)
    assert Measurement.objects.get().value == Decimal(100)

    again = sent_by(page)
    assert again[f"{key}-value"] == "120"
    response = leader.post(world.url, again | {f"{key}-reason": "Listen var gammel"})
    assert told(response) == ["1 tall rettet."]
    assert Measurement.objects.get().value == Decimal(120)


@pytest.mark.parametrize("version", ["", "0", "99", "abc", "-1", "1.5", "9" * 50, "٣", "\x00"])
def test_a_version_nobody_has_seen_is_a_conflict_and_not_a_failure(world, leader, version):
    world.record(world.count, value="100")

    page = leader.post(world.url, fields(world, world.count, version=version, value="120", reason="Rettet"))
    assert page.status_code == 422
    assert Measurement.objects.get().value == Decimal(100)


@pytest.mark.parametrize(
    "seen", ["", "null", "[]", "[" * 100_000, '{"value": 5}', '{"quality": "\\ud800"}', '{"value": "\\ud800"}', "{", "\x00"]
)
def test_a_spoilt_hidden_field_is_as_if_nothing_had_stood_there(world, leader, seen):
    assert leader.post(world.url, fields(world, world.count, seen=seen, value="120")).status_code == 302
    page = leader.post(world.url, fields(world, world.count, seen=seen, value="ti"))
    assert page.status_code == 422
