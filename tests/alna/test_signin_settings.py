"""The municipality's sign-in is set up by variables alone, and the browser is let through to it and to nothing else."""

import json
import os
import subprocess
import sys

import pytest

from scripts.sources import ROOT

FORM_ACTION = "settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']"
SCOPES = "settings.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0]['settings']['scope']"
CLIENT = {"ALNA_OIDC_CLIENT_ID": "alna", "ALNA_OIDC_SECRET": "hemmelig"}


ISSUER = "https://login.example/tenant/v2.0"


@pytest.fixture
def settled(tmp_path):
    """What a setting is in a process that is given these variables."""

    def ask(setting, **variables):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ALNA_")}
        environment = {**kept, "ALNA_MODE": "test", "ALNA_DATA_DIR": str(tmp_path), **variables}
        command = f"import json; from alna import settings; print(json.dumps({setting}))"
        answer = subprocess.run([sys.executable, "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        return json.loads(answer.stdout)

    return ask


def test_without_a_sign_in_elsewhere_forms_stay_here(settled):
    assert settled(FORM_ACTION) == ["'self'"]


def test_the_button_of_the_sign_in_may_lead_to_its_issuer(settled):
    assert settled(FORM_ACTION, ALNA_OIDC_ISSUER=ISSUER, **CLIENT) == ["'self'", "https://login.example"]


def test_a_sign_in_that_shows_its_pages_on_other_hosts_is_named(settled):
    found = settled(FORM_ACTION, ALNA_OIDC_ISSUER=ISSUER, ALNA_OIDC_ORIGINS="https://one.example, https://two.example", **CLIENT)

    assert found == ["'self'", "https://one.example", "https://two.example"]


def test_the_scopes_are_those_that_the_issuer_knows(settled):
    assert settled(SCOPES, ALNA_OIDC_ISSUER=ISSUER, **CLIENT) == ["openid", "profile", "email"]
    assert settled(SCOPES, ALNA_OIDC_ISSUER=ISSUER, ALNA_OIDC_SCOPES="openid profile no_pid", **CLIENT) == ["openid", "profile", "no_pid"]
