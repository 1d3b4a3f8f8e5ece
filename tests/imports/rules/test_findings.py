"""Findings go to JSON and come back the same."""

import json
from decimal import Decimal

from imports.rules.findings import MAX_PROBLEMS, WARNING, Change, ControlSum, Findings, UnknownCode


def test_there_and_back():
    findings = Findings(
        "economy", "ubw", year=2025, number=9, totals={"actual": Decimal("12.50")}, by_unit={"": Decimal(1), "7": Decimal(2)}
    )
    findings.skip("blank", 4)
    findings.add("not_an_amount", row=5, column="Regnskap", text="x")
    findings.add("switch_sign", severity=WARNING)
    findings.sums.append(ControlSum("actual", Decimal(5), Decimal("5.5"), Decimal("-0.5"), Decimal(0), ok=False))
    findings.unknown.append(UnknownCode("1", "N", 2, Decimal("3.25")))
    findings.changes.append(Change(7, Decimal(1), Decimal(2), Decimal(-1)))

    again = Findings.from_json(json.loads(json.dumps(findings.as_json())))

    assert again == findings
    assert again.sums_differ == findings.sums
    assert not again.saveable


def test_from_something_older_or_newer():
    assert Findings.from_json({"kind": "economy", "profile": "ubw", "gone": 1}).rows == 0


def test_many_problems_are_counted_and_the_first_kept():
    findings = Findings("economy", "ubw")
    for row in range(1, 1001):
        findings.add("not_an_amount", row=row)
        findings.skip("blank", row)

    assert (findings.errors, len(findings.problems)) == (1000, MAX_PROBLEMS)
    assert (findings.skipped_count, len(findings.skipped[0].rows)) == (1000, 20)
