"""What can run here is run, what cannot is named, and the last line counts all rounds together."""

import pytest

from scripts import run_tests
from scripts.machine import answers, browser_path, left_out, postgres_url, redis_url

REPORT = '<testsuites><testsuite tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"/></testsuites>'


@pytest.fixture
def rounds_end_with(monkeypatch, tmp_path):
    """Rounds that write a report and end with a code, instead of running anything."""

    def prepare(missing, code=0, **report):
        monkeypatch.setattr(run_tests, "REPORTS", tmp_path)
        monkeypatch.setattr(run_tests, "left_out", lambda: missing)
        monkeypatch.setattr(run_tests, "postgres_url", lambda: "postgres://here/test")
        figures = {"tests": 3, "failures": 0, "errors": 0, "skipped": 0, **report}

        def end(wanted, arguments):
            wanted.report.write_text(REPORT.format(**figures))
            return code

        monkeypatch.setattr(run_tests, "run", end)

    return prepare


def test_a_machine_with_everything_runs_three_rounds(rounds_end_with, capsys):
    rounds_end_with({})

    assert run_tests.main([]) == 0
    written = capsys.readouterr().out.splitlines()
    assert written[-1] == "tests: 9 passed, 0 failed, 0 skipped"
    assert written[-2].startswith("Left out: nothing")


def test_what_is_missing_is_named_and_its_round_left_out(rounds_end_with, capsys):
    rounds_end_with({"e2e": "browser tests: no Chromium", "postgres": "everything on PostgreSQL: no server"})

    assert run_tests.main([]) == 0
    written = capsys.readouterr().out
    assert "Left out: browser tests: no Chromium" in written
    assert "Left out: everything on PostgreSQL: no server" in written
    assert written.endswith("tests: 3 passed, 0 failed, 0 skipped\n")


def test_where_nothing_may_be_left_out_a_missing_browser_is_a_failure(rounds_end_with):
    rounds_end_with({"e2e": "browser tests: no Chromium"})

    assert run_tests.main(["--nothing-left-out"]) == 1


def test_a_failed_round_fails_the_whole(rounds_end_with, capsys):
    rounds_end_with({"e2e": "", "postgres": ""}, code=1, failures=1, errors=1)

    assert run_tests.main([]) == 1
    assert capsys.readouterr().out.endswith("tests: 1 passed, 2 failed, 0 skipped\n")


def test_a_round_that_died_without_a_report_counts_as_a_failure(rounds_end_with, monkeypatch, capsys):
    rounds_end_with({"e2e": "", "postgres": ""})
    monkeypatch.setattr(run_tests, "run", lambda wanted, arguments: 3)

    assert run_tests.main([]) == 1
    assert capsys.readouterr().out.endswith("tests: 0 passed, 1 failed, 0 skipped\n")


def test_a_port_where_nobody_listens_does_not_answer():
    assert answers("postgres://127.0.0.1:1/test", 5432) is False


def test_an_empty_address_switches_a_part_off(monkeypatch):
    for name in ("ALNA_TEST_DATABASE_URL", "ALNA_TEST_REDIS_URL", "ALNA_CHROMIUM"):
        monkeypatch.setenv(name, "")

    assert (postgres_url(), redis_url(), browser_path()) == (None, None, None)
    assert set(left_out()) == {"e2e", "postgres", "redis"}


def test_a_browser_can_be_named(monkeypatch, tmp_path):
    (tmp_path / "chrome").touch()
    monkeypatch.setenv("ALNA_CHROMIUM", str(tmp_path / "chrome"))

    assert browser_path() == tmp_path / "chrome"
