"""What operations are told about settings and containers is what the settings and containers are."""

import re
import shlex
from io import StringIO

import pytest
import yaml
from django.core.management import call_command

from organisation.models import RoleAssignment, Unit
from organisation.rules.access import Role
from scripts.sources import ROOT

VARIABLE = re.compile(r'"(ALNA_[A-Z_]+|DATABASE_URL)"')
READ_BY_SETTINGS = {name for path in (ROOT / "alna").rglob("*.py") for name in VARIABLE.findall(path.read_text())}
DOCUMENT = (ROOT / "docs" / "operations.md").read_text()
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
ASKED_BY_COMPOSE = set(re.findall(r"\$\{(ALNA_[A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
OURS = sorted(name for name, service in SERVICES.items() if "build" in service)


def test_every_setting_is_explained():
    explained = set(re.findall(r"`(ALNA_[A-Z_]+|DATABASE_URL)`", DOCUMENT))

    assert len(READ_BY_SETTINGS) > 10
    assert explained == READ_BY_SETTINGS | ASKED_BY_COMPOSE
    assert {"ALNA_PORT", "ALNA_BIND"} <= explained


def test_a_setting_has_one_row_with_its_default_and_its_meaning():
    rows = re.findall(
        r"^\| (`(?:ALNA|DATABASE)[A-Z_`, ]+) \| (.+) \| (.+) \|$", DOCUMENT.split("\n## Settings\n")[1].split("\n## ")[0], re.MULTILINE
    )
    named = [name for names, _default, _meaning in rows for name in re.findall(r"`([A-Z_]+)`", names)]

    assert sorted(named) == sorted(READ_BY_SETTINGS | {"ALNA_PORT"})


def test_the_services_are_the_ones_that_were_promised():
    assert set(SERVICES) == {"db", "redis", "migrate", "web", "worker", "beat"}


@pytest.mark.parametrize("name", OURS)
def test_a_container_is_given_only_settings_that_exist(name):
    assert set(SERVICES[name]["environment"]) <= READ_BY_SETTINGS


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate", "web"}))
def test_a_service_says_whether_it_is_well(name):
    assert SERVICES[name]["healthcheck"]["test"]


def test_the_web_container_inherits_the_health_check_of_the_image():
    assert "healthcheck" not in SERVICES["web"]
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()


def test_nothing_listens_to_the_world_by_default():
    published = [port for service in SERVICES.values() for port in service.get("ports", ())]

    assert published == ["${ALNA_BIND:-127.0.0.1}:${ALNA_PORT:-8000}:8000"]


def test_volumes_are_declared():
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", ())}

    assert used == set(COMPOSE["volumes"])


def test_the_container_does_not_run_as_root():
    stage = (ROOT / "Dockerfile").read_text().split("\nFROM ")[-1]

    assert re.search(r"^USER alna$", stage, re.MULTILINE)


@pytest.mark.django_db
def test_the_first_administrator_is_made_as_it_is_told():
    told = re.search(r"manage\.py (first_administrator .*)$", DOCUMENT, re.MULTILINE)
    call_command(*shlex.split(told[1]), "--no-password", stdout=StringIO())

    row = RoleAssignment.objects.get()
    assert (row.role, row.unit.kind) == (Role.ADMINISTRATOR, Unit.Kind.DISTRICT)
    assert (row.unit.code, row.user.email) == ("alna", "kari.nordmann@kommune.example")
