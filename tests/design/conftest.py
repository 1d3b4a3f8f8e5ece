"""The browser of the walks, for what a component does when it is used."""

import pytest
from csp.utils import build_policy
from django.template.loader import render_to_string
from django.test import RequestFactory

from common import icons
from common.samples import component_samples
from tests.e2e.conftest import any_page, audit, phone_page, screenshot, wide_page

__all__ = ["any_page", "audit", "phone_page", "screenshot", "wide_page"]


@pytest.fixture
def open_sheet(live_server):
    """Show the component sheet, which has no address outside debug, with the policy of the application."""
    if not icons.vendored("plotly/plotly-basic.min.js"):
        pytest.skip("static/vendor is not there: run the set-up")
    request = RequestFactory().get("/komponenter/")
    html = render_to_string("components/sheet.html", component_samples() | {"request": request})

    def show(page):
        answer = {"body": html, "content_type": "text/html; charset=utf-8", "headers": {"Content-Security-Policy": build_policy()}}
        page.route("**/komponenter/", lambda route: route.fulfill(**answer))
        page.goto(f"{live_server.url}/komponenter/")
        page.wait_for_selector(".js-plotly-plot")

    return show
