"""The import contracts speak of every app there is, and of the layers of docs/architecture.md."""

import tomllib

import pytest

from scripts.sources import APPS, ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())
LINTER = SETTINGS["tool"]["importlinter"]
CONTRACTS = {contract["id"]: contract for contract in LINTER["contracts"]}
EXISTING = {app for app in APPS if (ROOT / app / "__init__.py").exists()}
# Wiring and tools have no rooms with an order between them.
WITHOUT_ROOMS = {"alna", "common"}


def test_every_app_is_watched():
    assert set(LINTER["root_packages"]) == EXISTING


def test_the_rooms_of_every_app_are_watched():
    assert set(CONTRACTS["rooms"]["containers"]) == EXISTING - WITHOUT_ROOMS


def test_the_layers_name_every_app_once_and_common_is_the_lowest():
    named = [name.strip().strip("()") for layer in CONTRACTS["apps"]["layers"] for name in layer.split("|")]

    assert sorted(named) == sorted(APPS)
    assert named[0] == "alna"
    assert named[-1] == "common"


def test_a_folder_with_python_at_the_top_is_an_app_or_known():
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}

    assert folders - set(APPS) <= {"tests", "scripts", "benchmarks"}


def test_ruff_knows_the_same_apps():
    assert set(APPS) <= set(SETTINGS["tool"]["ruff"]["lint"]["isort"]["known-first-party"])


@pytest.mark.parametrize("app", sorted(EXISTING))
def test_an_app_says_what_it_is(app):
    beginnings = [(ROOT / app / name).read_text() for name in ("__init__.py", "apps.py") if (ROOT / app / name).exists()]

    assert any(text.startswith('"""') for text in beginnings)
