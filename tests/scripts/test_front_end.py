"""The set-up finds a usable npm, or falls back to the one in the wheel; and it finds a usable Python, or says what to install."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import front_end
from scripts.sources import ROOT


@pytest.fixture
def only_these(tmp_path, monkeypatch):
    """A path with nothing on it but the given programs, each a line of shell."""

    def put(**programs):
        for name, line in programs.items():
            program = tmp_path / name.replace("_", ".")
            program.write_text(f"#!/bin/sh\n{line}\n")
            program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        return tmp_path

    return put


@pytest.mark.parametrize("version, usable", [("11.19.1", True), ("9.0.0", True), ("8.19.4", False), ("", False), ("not npm", False)])
def test_an_npm_must_read_our_lock(only_these, version, usable):
    folder = only_these(npm=f"echo '{version}'", node="exit 0")

    assert front_end.usable_npm() == (str(folder / "npm") if usable else None)


def test_an_npm_that_fails_is_not_used(only_these):
    only_these(npm="echo 11.0.0; exit 1", node="exit 0")

    assert front_end.usable_npm() is None


def test_an_npm_without_node_is_not_used(only_these):
    only_these(npm="echo 11.0.0")

    assert front_end.usable_npm() is None


def test_where_there_is_none_the_wheel_is_asked(only_these, tmp_path, monkeypatch):
    only_these()
    asked = []
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(front_end.subprocess, "run", lambda command, **_: asked.append(command))

    assert front_end.npm_of_wheel() == str(tmp_path / "npm")
    assert asked[0][-2:] == ["-r", str(ROOT / "requirements" / "node.txt")]
    assert "--require-hashes" in asked[0]


def test_a_wheel_that_is_there_is_not_installed_again(only_these, tmp_path, monkeypatch):
    only_these(npm="exit 0")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(front_end.subprocess, "run", lambda command, **_: pytest.fail(f"ran {command}"))

    assert front_end.npm_of_wheel() == str(tmp_path / "npm")


def test_the_cache_moves_below_the_project_where_home_is_closed(monkeypatch):
    monkeypatch.setenv("HOME", "/nowhere/at/all")

    assert Path(front_end.environment()["npm_config_cache"]) == ROOT / "var" / "npm"


def make_venv(folder, target):
    environment = {"PATH": str(folder)}
    command = ["/bin/sh", str(ROOT / "scripts" / "make_venv.sh"), str(target)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_an_old_python_is_passed_over_for_a_newer(only_these, tmp_path):
    folder = only_these(python3_11="exit 1", python3='case "$*" in *venv) echo "made $*" ;; *version) echo Python 3.12.1 ;; esac')

    outcome = make_venv(folder, tmp_path / "v")

    assert outcome.returncode == 0
    assert "Python 3.12.1" in outcome.stdout


def test_no_python_is_a_sentence(only_these, tmp_path):
    outcome = make_venv(only_these(python3="exit 1"), tmp_path / "v")

    assert outcome.returncode == 1
    assert outcome.stderr.startswith("Python 3.11 or newer is needed")


def test_a_python_without_venv_is_a_sentence(only_these, tmp_path):
    outcome = make_venv(only_these(python3='case "$*" in *ensurepip*) exit 1 ;; esac'), tmp_path / "v")

    assert outcome.returncode == 1
    assert "apt-get install python3-venv" in outcome.stderr


def test_the_makefile_lists_its_targets():
    outcome = subprocess.run(["make"], cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False)

    assert outcome.returncode == 0
    assert all(f"make {name} " in outcome.stdout for name in ("setup", "demo", "test", "check", "bench"))
