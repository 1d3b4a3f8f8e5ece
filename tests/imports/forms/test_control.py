"""The control page's sentences."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from imports.forms.control import took
from imports.models import Batch

CAME = datetime(2026, 10, 9, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "seconds, told",
    [
        (0.2, "Ferdig på ett sekund"),
        (1, "Ferdig på ett sekund"),
        (2, "Ferdig på to sekunder"),
        (30, "Ferdig på 30 sekunder"),
        (601, ""),
        (None, ""),
    ],
)
def test_how_long_it_took(seconds, told):
    checked = None if seconds is None else CAME + timedelta(seconds=seconds)
    with override("nb"):
        assert took(Batch(received_at=CAME, checked_at=checked)) == told
