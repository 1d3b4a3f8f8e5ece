"""What makes the tests quick changes nothing of what they see, and hands out every test once."""

import os
from contextlib import closing
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client

from scripts.machine import ROOT
from tests import pace


def item(path):
    return SimpleNamespace(path=ROOT / path)


@pytest.mark.parametrize("path", [*pace.LONGEST, pace.WALKS])
def test_what_begins_first_is_there(path):
    assert (ROOT / path).exists()


def test_the_longest_begin_first_and_every_test_is_still_there_in_its_order():
    short, walk, long = item("tests/actions/test_pages.py"), item("tests/e2e/test_chart.py"), item(pace.LONGEST[3])

    assert pace.longest_first([short, walk, long], ROOT) == [long, short, walk]


@pytest.mark.parametrize(
    "one,other,same",
    [
        ("tests/actions/test_pages.py::test_a", "tests/actions/test_pages.py::test_b[x::y]", True),
        ("tests/actions/test_pages.py::test_a", "tests/actions/test_access.py::test_a", False),
        (f"{pace.TOGETHER}test_nav.py::test_a", f"{pace.TOGETHER}test_month.py::test_b", True),
        (f"{pace.WALKS}test_chart.py::test_a[wide]", f"{pace.WALKS}test_chart.py::test_a[phone]", False),
    ],
)
def test_what_shares_something_stays_with_one_process(one, other, same):
    def scope(nodeid):
        return object.__new__(pace.FilesInOrder)._split_scope(nodeid)

    assert (scope(one) == scope(other)) is same


def test_every_client_finds_the_static_files(db):
    for client in (Client(), Client()):
        with closing(client.get("/static/css/values.css")) as answer:
            assert answer.status_code == 200


def test_a_short_refusal_is_a_refusal(db, short_refusals):
    answer = Client().get("/finnes-ikke")

    assert (answer.status_code, answer.content) == (404, b"finnes ikke")


def test_without_it_a_refusal_is_a_page(db):
    assert "Siden finnes ikke" in Client().get("/finnes-ikke").text


def test_no_two_workers_share_a_data_folder():
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    assert os.environ["ALNA_DATA_DIR"] == str(settings.DATA_DIR)
    assert settings.DATA_DIR.name == worker or not worker
