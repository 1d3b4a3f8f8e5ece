"""Every code that reading a file can give has a sentence."""

import re
from pathlib import Path

import pytest

from imports.forms.problem_words import PROBLEMS, problem
from imports.forms.words import REFUSALS, SKIPPED, refusal, size
from imports.rules.findings import Problem
from scorecard.rules.values import Problem as ValueProblem

ROOT = Path(__file__).parents[3]
SOURCES = [*(ROOT / "imports").rglob("*.py"), ROOT / "common" / "uploads.py", ROOT / "common" / "workbooks.py"]
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
# What recording asks a person who types; a file carries its own reason, version and quality.
NOT_OF_FILES = {ValueProblem.STALE, ValueProblem.REASON_MISSING}


def codes(pattern: str) -> set[str]:
    return set(re.findall(pattern, TEXT))


def test_every_problem_has_a_sentence():
    found = codes(r'(?:findings\.add|BadCell|_complain)\(\s*(?:\w+, )?"([a-z_]+)"')

    assert len(found) > 20
    assert found - PROBLEMS.keys() == set()
    assert {f"value_{each.value}" for each in ValueProblem if each not in NOT_OF_FILES} - PROBLEMS.keys() == set()


def test_every_refusal_has_a_sentence_and_what_to_do():
    found = codes(r'(?:Refused|UnreadableFile)\(\s*"([a-z_]+)"')

    assert len(found) > 15
    assert found - REFUSALS.keys() == set()


def test_every_reason_to_skip_a_line_has_words():
    found = codes(r'skip\(\s*"([a-z_0-9]+)"')

    assert found
    assert found - SKIPPED.keys() == set()


def test_a_sentence_without_its_facts_is_still_a_sentence():
    assert problem(Problem("duplicate_row")) == "Det samme står også i rad"
    assert (
        problem(Problem("accounts_without_budget", params={"count": "1240"})) == "Kontoer uten budsjett: 1\xa0240. Prosenten vises som «–»."
    )
    assert problem(Problem("unheard_of")) == "Raden kan ikke brukes (unheard_of)."
    assert refusal({"code": "person_columns"})[0] == "Filen har opplysninger om personer"
    assert refusal({}) == ("Filen kan ikke leses.", "Lagre den som CSV UTF-8 eller XLSX, og prøv igjen.")


@pytest.mark.parametrize("count, shown", [(1, "1 kB"), (15_300, "15 kB"), (1_440_000, "1,4 MB"), (98_700_000, "98,7 MB")])
def test_a_size_is_told_as_people_do(count, shown):
    assert size(count).replace("\xa0", " ") == shown
