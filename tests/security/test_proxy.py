"""Behind a proxy attempts are counted for each person, and nobody gets new attempts by saying another address."""

import pytest
from allauth.account.adapter import get_adapter
from django.test import RequestFactory

ONE, TWO = "192.0.2.1", "192.0.2.2"


@pytest.mark.parametrize(
    "proxies, forwarded, counted",
    [(0, "", "10.0.0.1"), (0, ONE, "10.0.0.1"), (1, "", "10.0.0.1"), (1, ONE, ONE), (1, f"{ONE}, {TWO}", TWO), (1, f"x{ONE}, {TWO}", TWO)],
)
def test_whose_attempts_are_counted(settings, proxies, forwarded, counted):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers=headers)
    assert get_adapter().get_client_ip(request) == counted
