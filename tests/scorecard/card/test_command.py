"""The card from the command line."""

import io
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from scorecard.rules.statuses import Quality
from tests.factories.scorecard import SickLeaveFactory

SURVEY = {"value": "4.5", "yellow_limit": "4.2"}
ROOT = Path(__file__).resolve().parents[3]


def printed(*arguments: str) -> dict:
    out = io.StringIO()
    call_command("scorecard", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_every_placed_indicator_with_figure_target_and_source(world):
    survey, never = world.indicator(code="tilfredshet"), world.indicator()
    leave = world.indicator(SickLeaveFactory, window=1, code="sykefravaer")
    world.target(survey, **SURVEY)
    world.target(leave, value="9.9", yellow_limit="10.9")
    world.record(survey, world.district, 2025, "4.45", source_place="rad 7", source_text="4,45", stated=None)
    world.record(leave, world.unit, "2026-09", parts=("884", "7560"))
    world.record(leave, world.neighbour, "2026-09", parts=("34", "1134"))

    card = printed(world.district.code, "2026")
    first, second, third = card["areas"][0]["indicators"]

    assert card["scorecard"] == {"unit": world.district.code, "title": "", "state": "published"}
    assert (first["code"], first["value"], first["status"], first["period"]) == ("tilfredshet", 4.45, "nearly", "2025")
    assert first["target"] == {
        "value": 4.5,
        "yellow_limit": 4.2,
        "low": None,
        "high": None,
        "tolerance": None,
        "own": True,
        "valid_from": "2026-01-01",
    }
    assert first["source"]["origin"] == "file"
    assert (first["source"]["name"], first["source"]["place"], first["source"]["text"]) == ("tall.csv", "rad 7", "4,45")
    assert first["coverage"] is None
    assert (second["value"], second["quality"], second["status"], second["missing"]) == (None, None, "no_target", "not_due")
    assert second["code"] == never.code
    assert (third["numerator"], third["denominator"], third["value"]) == (918, 8694, 10.559006)
    assert third["coverage"] == {"covered": 2, "expected": 2}
    assert third["source"] == {"origin": "rolled_up", "method": "ratio", "restated": False}


def test_the_system_sees_what_is_shielded(world):
    leave = world.indicator(SickLeaveFactory, window=1)
    world.record(leave, world.unit, "2026-09", parts=("884", "7560"))

    (row,) = printed(world.unit.code, "2026")["areas"][0]["indicators"]

    assert (row["value"], row["restricted"]) == (11.693122, True)


def test_as_it_was_known_with_the_source_of_that_time(world):
    survey = world.indicator()
    world.record(survey, world.unit, 2025, "4.1", quality=Quality.PRELIMINARY, now=datetime(2026, 2, 1, 12, tzinfo=UTC))
    world.record(survey, world.unit, 2025, "4.6", now=datetime(2026, 3, 1, 12, tzinfo=UTC))

    def known(*choice):
        (row,) = printed(world.unit.code, "2026", *choice)["areas"][0]["indicators"]
        return row["value"], row["quality"], row["source"] and row["source"]["version"]

    assert known() == (4.6, "final", 2)
    assert known("--known", "2026-02-15") == (4.1, "preliminary", 1)
    assert known("--known-on", "2026-01-15") == (None, None, None)


def test_without_json_it_is_lines_for_people(world):
    world.indicator(name="Medarbeidertilfredshet")
    out = io.StringIO()
    call_command("scorecard", world.unit.code, "2026", stdout=out)

    assert "Medarbeidertilfredshet: – (Ventes innen 10.01.2027)" in out.getvalue()


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        (("finnes-ikke", "2026"), "There is no unit with the code 'finnes-ikke'."),
        (("{unit}", "2011"), "No scorecard is in force for {unit} in 2011."),
        (("{unit}", "1066"), "1066 is not a year between 1990 and 2100."),
        (("{unit}", "2026", "--known", "2026-10-10"), "2026-10-10 has not been yet."),
    ],
)
def test_what_is_wrong_is_one_sentence(world, arguments, sentence):
    with pytest.raises(CommandError) as refusal:
        call_command("scorecard", *(part.format(unit=world.unit.code) for part in arguments))

    assert str(refusal.value) == sentence.format(unit=world.unit.code)
    assert refusal.value.returncode == 2


@pytest.mark.parametrize("arguments", [("102", "i fjor"), ("102", "2026", "--known", "31.12.2025"), ("102",)])
def test_arguments_that_cannot_be_read_end_with_two(arguments):
    ended = subprocess.run([sys.executable, "manage.py", "scorecard", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)

    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "error:" in ended.stderr
