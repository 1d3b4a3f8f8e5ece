"""How far the parts of a row of sick leave may be from their sum is what was decided for the file's month."""

from datetime import date
from decimal import Decimal

import pytest

from reporting.models import SickLeaveShield
from tests.imports.views.conftest import page_of
from tests.imports.views.test_lost_rows import HEAD
from tests.pages import text_of

# Egenmeldt 79,5 and legemeldt 285,9 are 1,1 more than the sum.
FILE = f"{HEAD}\n402;Hjemmetjenesten;2026-09;120,0;2640,0;79,5;285,9;364,3;131,2;233,1;13,8\n".encode()
SAID = "Egenmeldt og legemeldt"


@pytest.mark.parametrize(
    "tolerance, valid_from, told",
    [(None, None, True), ("1.0", date(2026, 9, 1), True), ("1.1", date(2026, 9, 1), False), ("1.1", date(2026, 10, 1), True)],
)
def test_the_decided_difference_is_let_through(world, controller, tolerance, valid_from, told):
    if tolerance:
        SickLeaveShield.objects.create(min_fte=10, min_persons=5, tolerance=Decimal(tolerance), valid_from=valid_from)
    batch = world.batch(controller, FILE, "sykefravaer.csv", source="hr", period="2026-09")
    assert (SAID in text_of(controller.get(page_of(batch)))) is told
