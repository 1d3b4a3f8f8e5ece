"""What may be said of a task that is done."""

from datetime import date

import pytest

from annualcycle.rules.finishing import Flaw, finish_flaws, is_address

TODAY, DUE = date(2026, 10, 9), date(2026, 10, 30)


@pytest.mark.parametrize(
    "text, fits",
    [
        ("https://eksempel.no/plan", True),
        ("http://eksempel.no:8080/plan?a=1#b", True),
        ("HTTPS://eksempel.no", True),
        ("/rapportering/402/2026-09/", True),
        ("/", True),
        ("", False),
        ("rapportering/", False),
        ("//eksempel.no/plan", False),
        ("/\\eksempel.no", False),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https:///plan", False),
        ("https://eksempel.no/en plan", False),
        ("https://eksempel.no/\x00", False),
        ("https://navn:ord@eksempel.no/", False),
        ("https://eksempel.no:abc/", False),
        ("https://[::1", False),
        ("/plan\n", False),
    ],
)
def test_only_addresses_of_the_web_and_paths_within_alna_are_kept(text, fits):
    assert is_address(text) is fits


@pytest.mark.parametrize(
    "changed, flaws",
    [
        ({}, []),
        ({"done_on": date(2026, 10, 10)}, [Flaw.DAY_TO_COME]),
        ({"done_on": date(2025, 10, 8)}, []),
        ({"done_on": date(2025, 10, 7)}, [Flaw.DAY_LONG_AGO]),
        ({"due_on": date(2026, 1, 5), "done_on": date(2025, 1, 4)}, []),
        ({"due_on": date(2026, 1, 5), "done_on": date(2025, 1, 3)}, [Flaw.DAY_LONG_AGO]),
        ({"product": "/plan/", "product_name": "Plan"}, []),
        ({"product_name": "Plan"}, [Flaw.NAME_WITHOUT_PRODUCT]),
        ({"product": "plan", "done_on": date(2027, 1, 1)}, [Flaw.DAY_TO_COME, Flaw.NO_ADDRESS]),
    ],
)
def test_everything_that_is_wrong_is_said_at_once(changed, flaws):
    given = {"done_on": TODAY, "product": "", "product_name": "", "due_on": DUE, "today": TODAY}
    assert finish_flaws(**given | changed) == flaws
