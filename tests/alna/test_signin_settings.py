"""The municipality's sign-in is set up by variables alone, and the browser is let through to it and to nothing else."""

import json
import os
import subprocess
import sys

import pytest

from scripts.sources import ROOT

ASK = "import json; from alna import settings; print(json.dumps(settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']))"
CLIENT = {"ALNA_OIDC_CLIENT_ID": "alna", "ALNA_OIDC_SECRET": "hemmelig"}


@pytest.fixture
def form_action(tmp_path):
    """Where forms may be sent, in a process that is given these variables."""

    def ask(**variables):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ALNA_")}
        environment = {**kept, "ALNA_MODE": "test", "ALNA_DATA_DIR": str(tmp_path), **variables}
        answer = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        return json.loads(answer.stdout)

    return ask


def test_without_a_sign_in_elsewhere_forms_stay_here(form_action):
    assert form_action() == ["'self'"]


def test_the_button_of_the_sign_in_may_lead_to_its_issuer(form_action):
    found = form_action(ALNA_OIDC_ISSUER="https://login.example/tenant/v2.0", **CLIENT)

    assert found == ["'self'", "https://login.example"]


def test_a_sign_in_that_shows_its_pages_on_other_hosts_is_named(form_action):
    found = form_action(
        ALNA_OIDC_ISSUER="https://issuer.example", ALNA_OIDC_ORIGINS="https://issuer.example, https://login.example", **CLIENT
    )

    assert found == ["'self'", "https://issuer.example", "https://login.example"]
