"""Every answer carries the headers that keep a browser from being used against the person, also errors and files."""

import pytest
from django.test import Client
from django.urls import reverse

from organisation.rules.access import Role
from tests.security.conftest import as_role

pytestmark = pytest.mark.django_db
SECURE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def missing(response) -> list[str]:
    wrong = [name for name, value in SECURE.items() if response.headers.get(name) != value]
    policy = response.headers.get("Content-Security-Policy", "")
    return wrong + [part for part in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'") if part not in policy]


@pytest.mark.parametrize(
    "address",
    ["/", "/konto/login/", "/finnes-ikke", "/healthz", "/readyz", "/static/css/values.css", "/static/finnes-ikke.css", "/personvern/"],
)
def test_an_anonymous_answer_has_every_header(home, address):
    answer = Client().get(address)
    answer.close()
    assert missing(answer) == []


def test_pages_files_refusals_and_unchanged_answers_have_every_header(home):
    director = as_role(Role.DIRECTOR, home.top)
    card = reverse("scorecard:card", args=[home.top.code, 2026])
    director.get(card)
    page = director.get(card)
    answers = {
        200: page,
        304: director.get(card, headers={"if-none-match": page["ETag"]}),
        404: director.get(reverse("scorecard:card", args=["Z9", 2026])),
        405: director.post(card),
        422: director.get(card + "?kjent=tull"),
    }
    assert {status: answer.status_code for status, answer in answers.items()} == {status: status for status in answers}
    file = director.get(reverse("scorecard:card_export", args=[home.top.code, 2026, "csv"]))
    assert file["Content-Disposition"].startswith("attachment")
    assert file["Cache-Control"] == "private, no-store"
    assert {name: missing(answer) for name, answer in {**answers, "file": file}.items()} == {name: [] for name in [*answers, "file"]}


def test_a_failure_has_every_header_and_tells_nothing(home, monkeypatch):
    def fail(*_arguments, **_more):
        raise ValueError("hemmelig-tekst")

    monkeypatch.setattr("overview.views.home.kpis", fail)
    client = as_role(Role.DIRECTOR, home.top)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert missing(answer) == []
    assert "hemmelig-tekst" not in answer.text
    assert "Traceback" not in answer.text


def test_a_form_without_its_token_is_refused(home):
    client = Client(enforce_csrf_checks=True)
    for address in (reverse("account_login"), reverse("set_language")):
        answer = client.post(address, {"login": "a@example.test", "password": "x", "language": "en"})
        assert answer.status_code == 403
        assert missing(answer) == []


@pytest.mark.parametrize("address", ["/", "/administrasjon/personer/", "/administrasjon/logg/", "/malekart/"])
def test_what_a_person_was_shown_is_kept_by_no_shared_store(home, address):
    answer = as_role(Role.ADMINISTRATOR, home.top).get(address, follow=True)
    assert answer.status_code == 200
    assert "private" in answer.headers.get("Cache-Control", "") or "no-store" in answer.headers.get("Cache-Control", "")


def test_a_host_that_is_not_ours_gets_nothing(home):
    answer = Client(SERVER_NAME="ond.example").get("/konto/login/")
    assert answer.status_code == 400
    assert "Logg inn" not in answer.text
