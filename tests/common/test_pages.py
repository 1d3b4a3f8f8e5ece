"""Pages that are made again only when something on them is new."""

import pytest
from django.contrib.messages import success
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from common.pages import answer_if_changed, cached_fragment, code_version, key_of


class Somebody:
    def __init__(self, pk):
        self.pk, self.name = pk, f"Person {pk}"


def asked(path="/side/", person=1, etag="", **cookies):
    request = RequestFactory(headers={"if-none-match": etag} if etag else {}).get(path)
    request.user = Somebody(person)
    request.META.update(cookies)
    request._messages = CookieStorage(request)
    return request


def page():
    return HttpResponse("siden")


def etag_of(*parts, **ask):
    return answer_if_changed(asked(**ask), parts, page)["ETag"]


def test_an_unchanged_page_is_not_made_again():
    etag = etag_of("a", 1)

    def fail():
        raise AssertionError("made again")

    response = answer_if_changed(asked(etag=etag), ("a", 1), fail)

    assert response.status_code == 304
    assert response.content == b""
    assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "ask",
    [{"person": 2}, {"path": "/side/?aar=2008"}, {"path": "/annen/"}, {"CSRF_COOKIE": "ny"}],
    ids=["another person", "another filter", "another page", "another sign-in"],
)
def test_a_page_made_for_something_else_is_no_answer(ask):
    etag = etag_of("a")

    response = answer_if_changed(asked(etag=etag, **ask), ("a",), page)

    assert response.status_code == 200
    assert response.content == b"siden"


def test_new_data_and_another_language_are_other_pages():
    etag = etag_of("stempel 1")

    assert answer_if_changed(asked(etag=etag), ("stempel 2",), page).status_code == 200
    with override("en"):
        assert answer_if_changed(asked(etag=etag), ("stempel 1",), page).status_code == 200
    assert answer_if_changed(asked(etag=etag), ("stempel 1",), page).status_code == 304


def test_a_page_with_a_message_is_made_and_not_kept():
    etag = etag_of("a")
    request = asked(etag=etag)
    success(request, "Målet er lagret.")

    response = answer_if_changed(request, ("a",), page)

    assert response.status_code == 200
    assert "ETag" not in response
    assert response["Cache-Control"] == "private, no-store"


def test_a_fragment_is_made_once_for_the_same_parts_and_never_shared_between_rights():
    made = []

    def make(text):
        made.append(text)
        return text

    rights = frozenset({"scorecard.see", "scorecard.see_restricted"})
    assert cached_fragment(("kart", rights), lambda: make("<b>alt</b>")) == "<b>alt</b>"
    assert cached_fragment(("kart", rights), lambda: make("igjen")) == "<b>alt</b>"
    assert cached_fragment(("kart", frozenset({"scorecard.see"})), lambda: make("mindre")) == "mindre"
    assert made == ["<b>alt</b>", "mindre"]


def test_sets_make_the_same_key_whatever_order_they_came_about_in():
    assert key_of({1, 2, 300_000}) == key_of({300_000, 2, 1})
    assert key_of({1, 2}) != key_of({1, 3})
    assert len(code_version()) == 16
