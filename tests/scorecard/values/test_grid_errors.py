"""The grid of figures: bad input is told at its field, stands as typed, and stores nothing."""

from decimal import Decimal

import pytest

from common.periods import Period
from organisation.rules.access import Role
from scorecard.models import Measurement
from tests.factories.organisation import UnitFactory, person
from tests.scorecard.values.conftest import SEPTEMBER, fields, sent_by, shown

BAD = [
    ("count", {"value": "ti"}, "Skriv et tall, for eksempel"),
    ("count", {"value": "1.234"}, "Skriv 1234 eller 1,234."),
    ("count", {"value": "٣"}, "Skriv et tall, for eksempel"),
    ("count", {"value": "1" * 101}, "Skriv et tall, for eksempel"),
    ("count", {"value": "1000000000000"}, "Tallet har for mange sifre."),
    ("count", {"value": "-5"}, "Skriv 0 eller mer."),
    ("count", {"note": "bare merknad"}, "Skriv tallet, eller velg en kvalitet"),
    ("count", {"value": "5", "quality": "missing"}, "Du har skrevet et tall og sagt at det ikke finnes."),
    ("count", {"value": "5", "quality": "xyz"}, "xyz"),
    ("count", {"value": "5", "note": "a" * 501}, "500"),
    ("count", {"value": "5", "note": "a\x00b"}, "Null"),
    ("leave", {"numerator": "116"}, "Skriv både teller og nevner."),
    ("leave", {"denominator": "116"}, "Skriv både teller og nevner."),
    ("leave", {"numerator": "116", "denominator": "0"}, "Nevneren kan ikke være 0."),
    ("leave", {"numerator": "116", "denominator": "-2"}, "Nevneren kan ikke være under 0."),
    ("leave", {"numerator": "116", "denominator": "??"}, "Bare det ene tallet mangler."),
    ("leave", {"numerator": "116", "denominator": "100"}, "Skriv 100\u00a0% eller mindre."),
]


@pytest.mark.parametrize("which, typed, sentence", BAD)
def test_bad_input_is_told_at_its_field_and_stands_as_typed(world, leader, which, typed, sentence):
    other = fields(
        world,
        world.count if which == "leave" else world.leave,
        **({"value": "7"} if which == "leave" else {"numerator": "1", "denominator": "9"}),
    )
    page = leader.post(world.url, fields(world, getattr(world, which), **typed) | other)

    assert page.status_code == 422
    assert sentence in shown(page)
    assert not Measurement.objects.exists()
    rows = {row.place.indicator: row for row in page.context["grid"].rows}
    for name, text in typed.items():
        assert rows[getattr(world, which)].form[name].value() == text
    ids = {line.target for line in page.context["grid"].errors}
    assert ids
    assert all(f'id="{target}"' in shown(page) for target in ids)
    assert "<title>Feil:" in shown(page)


def test_a_cleared_field_asks_instead_of_removing_the_figure(world, leader):
    world.record(world.count, value="100")
    key = f"{world.count.pk}-{world.unit.pk}"
    for text in ("", "-"):
        page = leader.post(world.url, sent_by(leader.get(world.url)) | {f"{key}-value": text, f"{key}-reason": "Bort"})
        assert page.status_code == 422
        assert "her står det et tall fra før" in shown(page)
    assert Measurement.objects.get().value == Decimal(100)

    leader.post(world.url, sent_by(leader.get(world.url)) | {f"{key}-value": "??", f"{key}-reason": "Telt feil enhet"})
    row = Measurement.objects.get()
    assert (row.value, row.quality, row.version) == (None, "missing", 2)


def test_a_month_that_is_not_over_takes_only_an_estimate(world, leader):
    url = f"{world.url}?periode=2026-10"

    page = leader.post(url, fields(world, world.count, value="100"))
    assert page.status_code == 422
    assert "Oktober 2026 er ikke over ennå. Velg Anslag, eller vent til 1. november 2026." in shown(page)
    assert leader.post(url, fields(world, world.count, value="ca 100")).status_code == 302
    assert Measurement.objects.get().quality == "estimate"


def test_a_period_before_the_unit_existed_is_refused(world, client):
    young = UnitFactory(parent=world.district, valid_from=SEPTEMBER.first_day, name="Ny enhet")
    client.force_login(person(Role.UNIT_LEADER, young))
    url = f"/malekart/verdier/{young.code}/?periode=2026-08"

    page = client.post(url, fields(world, world.count, young, value="100"))
    assert page.status_code == 422
    assert "Ny enhet fantes ikke i august 2026." in shown(page)
    assert not Measurement.objects.exists()


def test_a_figure_far_from_the_last_one_must_be_confirmed(world, leader):
    world.record(world.count, Period.month(2026, 8), value="100")
    key = f"{world.count.pk}-{world.unit.pk}"
    typed = fields(world, world.count, value="1000")

    page = leader.post(world.url, typed)
    assert page.status_code == 422
    assert "1\u00a0000 er mye mer enn sist: 100 i august 2026. Er det riktig?" in shown(page)
    assert f'id="id_{key}-sure"' in shown(page)
    assert not Measurement.objects.filter(value=1000).exists()
    sure = page.context["grid"].rows[1].sure_value

    other = leader.post(world.url, typed | {f"{key}-value": "9000", f"{key}-sure": sure})
    assert other.status_code == 422, "what was confirmed was another figure"
    assert leader.post(world.url, typed | {f"{key}-sure": sure}).status_code == 302
    assert Measurement.objects.filter(value=1000).exists()


def test_a_figure_near_the_last_one_is_not_asked_about(world, leader):
    world.record(world.count, Period.month(2026, 8), value="100")

    assert leader.post(world.url, fields(world, world.count, value="150")).status_code == 302
