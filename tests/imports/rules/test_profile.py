"""A profile is data: every fault in it is named, and the built-in ones have none."""

import json
from pathlib import Path

import pytest

from imports.rules.profile import ProfileError, load_profile

PROFILES = sorted((Path(__file__).parents[3] / "imports" / "profiles").glob("*.json"))
SMALL = {"code": "a", "name": "A", "kind": "figures", "format": "delimited", "columns": {"code": ["Enhet"]}}


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_built_in_profiles_can_be_used(path):
    profile = load_profile(json.loads(path.read_text(encoding="utf-8")))

    assert profile.code == path.stem
    assert profile.name


def test_every_fault_is_named():
    with pytest.raises(ProfileError) as error:
        load_profile(
            {
                **SMALL,
                "name": "",
                "format": "pdf",
                "unit": 7,
                "colour": "blue",
                "columns": {"code": ["Enhet", "Kode"], "name": ["enhet "], "salary": ["Lønn"], "value": {"at": [5, 2]}},
            }
        )

    assert {(place, code) for place, code, _text in error.value.faults} == {
        ("name", "text_needed"),
        ("format", "not_a_choice"),
        ("unit", "not_a_choice"),
        ("colour", "not_known"),
        ("columns.name", "name_used_twice"),
        ("columns.salary", "no_such_field"),
        ("columns.value", "place_not_understood"),
    }


@pytest.mark.parametrize("definition", [[], "x", None, {**SMALL, "columns": 5}, {**SMALL, "decimal_point": "yes"}, {**SMALL, "kind": []}])
def test_nonsense_is_a_fault_and_no_crash(definition):
    with pytest.raises(ProfileError):
        load_profile(definition)
