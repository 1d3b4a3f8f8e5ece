"""Every page of an administrator, wide and on a phone. A file of its own, so that another process may walk it."""

import pytest

from organisation.rules.access import Role
from tests.e2e.addresses import visits_of
from tests.e2e.demonstration import someone
from tests.e2e.walks import walk

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_every_page_of_an_administrator(wide_page, demonstration, sign_in, audit, screenshot):
    user = someone(Role.ADMINISTRATOR)
    sign_in(wide_page, user)
    visits = visits_of(user)
    wrong = walk(wide_page, visits, "administrator", audit=audit, screenshot=screenshot)

    assert not wrong, "\n\n".join(wrong)
    assert len(visits) >= 60
