"""The fixtures see what they promise to see: a guard that cannot fail guards nothing."""

import pytest

from tests.e2e.conftest import Complaints

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
