"""A wrong setting stops the start and says what to write."""

import os
import subprocess
import sys
from datetime import date

import pytest

from alna.env import Environment, InvalidSetting
from scripts.sources import ROOT

GOOD_KEY = "k3-" + "abcdefghij0123456789" * 3


def test_values_are_read_as_what_they_are():
    env = Environment({"FLAG": "Yes", "COUNT": "30", "DAY": "2026-10-09", "NAMES": "a, b,,c", "EMPTY": "  "})
    assert env.flag("FLAG", default=False) is True
    assert env.number("COUNT", 5) == 30
    assert env.day("DAY") == date(2026, 10, 9)
    assert env.names("NAMES") == ["a", "b", "c"]
    assert env.text("EMPTY", "standard") == "standard"
    assert env.number("MISSING", 5) == 5


@pytest.mark.parametrize(
    "read, value, wanted",
    [
        (lambda env: env.flag("X", default=True), "maybe", "true or false"),
        (lambda env: env.number("X", 1, least=1), "0", "at least 1"),
        (lambda env: env.number("X", 1), "٣", "whole number"),
        (lambda env: env.choice("X", "a", ("a", "b")), "c", "one of a, b"),
        (lambda env: env.day("X"), "9.10.2026", "2026-10-09"),
        (lambda env: env.url("X", "", ("redis", "rediss")), "http://x", "redis://"),
    ],
)
def test_a_wrong_value_is_refused_with_what_to_write(read, value, wanted):
    with pytest.raises(InvalidSetting, match=wanted):
        read(Environment({"X": value}))


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"ALNA_SECRET_KEY": ""}, "ALNA_SECRET_KEY"),
        ({"ALNA_SECRET_KEY": "kort"}, "at least 50 characters"),
        ({"ALNA_ALLOWED_HOSTS": ""}, "ALNA_ALLOWED_HOSTS"),
        ({"ALNA_DEBUG": "true"}, "ALNA_DEBUG"),
        ({"ALNA_TODAY": "2026-01-01"}, "ALNA_TODAY"),
        ({"ALNA_MODE": "prod"}, "one of development, demo, production, test"),
        ({"ALNA_BROKER_URL": "amqp://x"}, "ALNA_BROKER_URL"),
        ({"ALNA_OIDC_ISSUER": "http://x", "ALNA_OIDC_CLIENT_ID": "a", "ALNA_OIDC_SECRET": "b"}, "https://"),
    ],
)
def test_production_does_not_start_with_a_wrong_setting(changed, said, tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ALNA_") and name != "DATABASE_URL"}
    good = {"ALNA_MODE": "production", "ALNA_DATA_DIR": str(tmp_path), "ALNA_SECRET_KEY": GOOD_KEY, "ALNA_ALLOWED_HOSTS": "alna.example"}

    def start(variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "import alna.settings"]
        return subprocess.run(command, cwd=ROOT, env={**kept, **variables}, capture_output=True, text=True, check=False)

    assert start(good).returncode == 0
    refused = start(good | changed)
    assert refused.returncode != 0
    assert said in refused.stderr
