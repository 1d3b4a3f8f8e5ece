"""What is written to the log, with the secrets of calendar addresses left out."""

import logging

import pytest
from django.conf import settings

from common.logs import WithoutSecrets, without_secrets

SECRET = "J0l2Yb5q-_wRk3nE8sVtUXaZ1cMhDgPf7iLoQy4uB9A"


@pytest.mark.parametrize(
    "address", [f"/styringshjul/kalender/{SECRET}.ics", f"/Styringshjul/KALENDER/{SECRET}", f"/styringshjul/kalender/{SECRET}/"]
)
def test_the_secret_is_left_out_and_the_rest_stays(address):
    found = without_secrets(f'Not Found: {address} "GET" 100 %')
    assert SECRET not in found
    assert found.startswith("Not Found: /")
    assert found.endswith('"GET" 100 %')


@pytest.mark.parametrize(
    "address", ["/styringshjul/kalender/", "/styringshjul/kalender/ny/", "/styringshjul/kalender/12345/steng/", "/tiltak/17/"]
)
def test_other_addresses_stay_as_they_are(address):
    assert without_secrets(f"Not Found: {address}") == f"Not Found: {address}"


def test_what_went_wrong_is_told_without_it_too():
    handler_saw = []
    logger = logging.getLogger("tests.secrets")
    shall = WithoutSecrets()
    logger.addFilter(shall)
    handler = logging.Handler()
    handler.emit = lambda record: handler_saw.append(logging.Formatter().format(record))
    logger.addHandler(handler)
    try:
        raise ValueError(f"/styringshjul/kalender/{SECRET}.ics")
    except ValueError:
        logger.exception("Internal Server Error: %s", f"/styringshjul/kalender/{SECRET}.ics")
    finally:
        logger.removeHandler(handler)
        logger.removeFilter(shall)
    assert SECRET not in handler_saw[0]
    assert "Internal Server Error: /styringshjul/kalender/…" in handler_saw[0]
    assert "ValueError: /styringshjul/kalender/…" in handler_saw[0]


def test_whatever_is_written_goes_through_it():
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["secrets"]
