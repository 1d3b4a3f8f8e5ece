"""The address of a calendar is a secret: a reading that finds nothing any more leaves it out of the log."""

import logging

import pytest

from organisation.rules.access import Role
from tests.annualcycle.calendar_programs import made, read
from tests.factories.organisation import DistrictFactory, UnitFactory, person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("cut", ["{}", "{}/", "{}x", "/STYRINGSHJUL/kalender/{secret}.ics"])
def test_the_secret_of_a_calendar_does_not_reach_the_log(caplog, cut):
    leader = person(Role.UNIT_LEADER, UnitFactory(parent=DistrictFactory()))
    address = made(leader)
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    leader.is_active = False
    leader.save()
    caplog.clear()
    with caplog.at_level(logging.INFO):
        assert read(cut.format(address, secret=secret)).status_code == 404
    assert "Not Found" in caplog.text
    assert secret not in caplog.text
