"""The fixtures see what they promise to see: a guard that cannot fail guards nothing."""

import pytest

from tests.e2e.conftest import Complaints
from tests.e2e.walks import Hand

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_the_application_answers_in_the_browser(any_page):
    answer = any_page.goto("/healthz")

    assert answer.status == 200


def test_a_request_to_another_host_is_noticed(wide_page):
    complaints = Complaints(own_host="somewhere.else")
    complaints.listen(wide_page)

    wide_page.goto("/healthz")

    assert len(complaints.found) == 1
    assert complaints.found[0].startswith("request to another host: http://")


def test_a_script_error_is_noticed(browser):
    page = browser.new_page()
    complaints = Complaints(own_host="")
    complaints.listen(page)

    page.goto("data:text/html,<script>throw new Error('falt')</script>")

    assert complaints.found == ["script error: falt"]
    page.close()


def test_a_page_that_overflows_is_noticed(browser, audit):
    page = browser.new_page()
    page.goto("data:text/html,<html lang=nb><title>Bred</title><main><h1>Bred</h1><div style='width:3000px'>Bred</div></main>")

    with pytest.raises(AssertionError, match=r"the page is 30\d\d pixels wide in a window of \d+"):
        audit(page)
    page.close()


def test_a_page_that_overflows_on_a_phone_is_noticed_though_the_phone_shows_all_of_it(phone_page, audit):
    phone_page.goto("/konto/login/")
    audit(phone_page)
    phone_page.evaluate("document.querySelector('main').append('x'.repeat(100))")

    assert phone_page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    with pytest.raises(AssertionError, match=r"the page is \d+ pixels wide in a window of 390"):
        audit(phone_page)


def test_a_hand_takes_a_phone_and_the_mouse_again(wide_page):
    wide_page.goto("/konto/login/")
    hand = Hand(wide_page)
    asked = "[innerWidth, matchMedia('(pointer: coarse)').matches]"
    assert wide_page.evaluate(asked) == [1280, False]

    hand.takes_a_phone()
    assert wide_page.evaluate(asked) == [390, True]

    hand.takes_the_mouse()
    assert wide_page.evaluate(asked) == [1280, False]


def test_a_picture_without_words_is_noticed_wide_and_after_turning_to_a_phone(wide_page, audit):
    wide_page.goto("/konto/login/")
    audit(wide_page)
    Hand(wide_page).takes_a_phone()
    audit(wide_page)
    wide_page.evaluate("document.querySelector('main').append(document.createElement('img'))")

    with pytest.raises(AssertionError, match="image-alt"):
        audit(wide_page)
