"""Pages are in the municipality's language until somebody chooses another."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _language_is_put_back():
    """A request leaves its language behind for the thread."""
    with translation.override("nb"):
        yield


def test_a_browser_in_english_gets_bokmal(client, db):
    response = client.get("/konto/login/", headers={"Accept-Language": "en-US,en;q=0.9"})

    assert response.headers["Content-Language"] == "nb"
    assert '<html lang="nb"' in response.content.decode()


@pytest.mark.parametrize("cookie, shown", [("en", "en"), ("nb", "nb"), ("so", "nb"), ("../../etc", "nb"), ("", "nb")])
def test_the_chosen_language_stays(client, db, settings, cookie, shown):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie

    assert client.get("/konto/login/").headers["Content-Language"] == shown


def test_the_switch_is_remembered(client, db):
    client.post("/sprak/", {"language": "en", "next": "/konto/login/"})

    assert client.get("/konto/login/").headers["Content-Language"] == "en"
