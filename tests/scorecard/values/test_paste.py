"""Figures pasted from a spreadsheet: shown first, then all or nothing."""

from decimal import Decimal

from common.periods import Period
from organisation.rules.access import Role
from scorecard.models import Measurement
from tests.factories.organisation import UnitFactory, person
from tests.scorecard.values.conftest import shown, told
from tests.scorecard.values.pasting import check, row, save, sentences, states, table


def test_nothing_is_stored_before_the_preview_is_confirmed(world, leader):
    text = table(row(world, world.count), row(world, world.leave, cells="116;1000;;foreløpig;Etter ferien"))

    page = check(leader, world, text)
    assert (page.status_code, states(page)) == (200, [(2, "new"), (3, "new")])
    assert "Ingenting er lagret ennå." in shown(page)
    assert "Lagre 2 tall" in shown(page)
    assert not Measurement.objects.exists()

    response = save(leader, world, text)
    assert (response.status_code, told(response)) == (302, ["2 tall lagret."])
    kept = Measurement.objects.get(indicator=world.leave)
    assert (kept.value, kept.quality, kept.note) == (Decimal("11.6"), "preliminary", "Etter ferien")
    assert (kept.origin, kept.source_place, kept.recorded_by) == ("pasted", "rad 3", world.leader)


def test_the_same_paste_twice_says_that_nothing_is_new(world, leader):
    text = table(row(world, world.count))
    save(leader, world, text)

    page = check(leader, world, text)
    assert states(page) == [(2, "same")]
    assert "Ingenting er nytt." in shown(page)
    assert 'value="save"' not in shown(page)
    leader.post(world.paste_url, {"text": text, "do": "save", "digest": page.context["found"].digest})
    assert Measurement.objects.get().history.count() == 1


def test_a_change_shows_from_and_to_and_asks_why(world, leader):
    world.record(world.count, value="90")
    text = table(row(world, world.count))

    page = check(leader, world, text)
    line = page.context["found"].rows[0]
    assert (line.state.value, line.before, line.after) == ("changed", "90", "100")
    refused = leader.post(world.paste_url, {"text": text, "do": "save", "digest": page.context["found"].digest})
    assert refused.status_code == 422
    assert "Skriv hvorfor tallet rettes." in shown(refused)
    assert Measurement.objects.get().value == Decimal(90)
    assert told(save(leader, world, text, reason="Talt på nytt")) == ["1 tall rettet."]
    kept = Measurement.objects.get()
    assert (kept.value, kept.version, kept.reason) == (Decimal(100), 2, "Talt på nytt")


def test_what_the_table_does_not_speak_of_goes_on_standing(world, leader):
    world.record(world.count, value="100", note="Telles den 15.")
    world.record(world.score, Period.of_year(2025), value="4.5", denominator="120")

    page = check(
        leader,
        world,
        f"Enhet;Indikator;Periode;Verdi\n{world.unit.name};{world.count.name};sep. 2026;100\n{world.unit.code};{world.score.code};2025;4,5",
    )
    assert states(page) == [(2, "same"), (3, "same")]


def test_a_preview_that_is_no_longer_true_is_shown_again(world, leader):
    text = table(row(world, world.count))
    digest = check(leader, world, text).context["found"].digest
    world.record(world.count, value="90")

    page = leader.post(world.paste_url, {"text": text, "do": "save", "digest": digest, "reason": "Talt på nytt"})
    assert page.status_code == 422
    assert "Tallene er ikke de samme som da du så på dem." in shown(page)
    assert Measurement.objects.get().value == Decimal(90)
    other = leader.post(
        world.paste_url, {"text": table(row(world, world.count, cells=";;5;;")), "do": "save", "digest": digest, "reason": "x"}
    )
    assert other.status_code == 422, "the text was changed after the preview"


def test_one_bad_row_keeps_everything_from_being_stored(world, leader):
    text = table(row(world, world.count), row(world, world.score, "2025", ";;7;;"))

    page = check(leader, world, text)
    assert (page.status_code, states(page)) == (422, [(2, "new"), (3, "faulty")])
    assert "1 rad må rettes før noe kan lagres" in shown(page)
    assert text in page.context["form"]["text"].value()
    leader.post(world.paste_url, {"text": text, "do": "save", "digest": page.context["found"].digest})
    assert not Measurement.objects.exists()


def test_rows_of_units_that_are_not_reached_are_as_unknown_as_rows_of_units_that_are_not_there(world, leader):
    page = check(leader, world, table(row(world, world.count, unit=world.neighbour), f"finnes-ikke;{world.count.code};2026-09;;;5;;"))

    wanted = [f"Enheten «{code}» er ukjent. Skriv koden eller hele navnet." for code in (world.neighbour.code, "finnes-ikke")]
    assert sentences(page) == wanted
    named = check(leader, world, f"Enhet;Indikator;Periode;Verdi\n{world.neighbour.name}x;{world.count.code};2026-09;5")
    assert named.context["unknown_units"]
    near = str(named.context["unknown_units"]).replace(f"{world.neighbour.name}x", "")
    assert world.neighbour.name not in near, "nearest names are those one reaches"


def test_shielded_figures_are_pasted_by_those_who_may_see_them(world, client):
    world.record(world.leave, numerator="116", denominator="1000")
    client.force_login(person(Role.REPORTER, world.unit))

    page = check(client, world, table(row(world, world.leave, cells="1;10;;;"), row(world, world.count)))
    assert sentences(page) == ["Tallet er skjermet og føres av enhetens leder."]
    assert "11,6" not in shown(page)


def test_unknown_names_are_listed_with_the_nearest(world, leader):
    world.unit.name = "Hjemmetjenesten"
    world.unit.save()
    UnitFactory(parent=world.district)  # the tree is read anew

    page = check(
        leader,
        world,
        f"Enhet;Indikator;Periode;Verdi\nHjemmetjensten;{world.count.code};2026-09;5\n{world.unit.code};Bruker i alt;2026-09;5",
    )
    assert page.context["unknown_units"] == ["«Hjemmetjensten» (rad 2). Mente du Hjemmetjenesten?"]
    assert page.context["unknown_indicators"] == ["«Bruker i alt» (rad 3). Mente du Brukere i alt?"]
