"""Deliveries as versions, and balances that always equal what the lines come to."""

import random
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from organisation.models import CostCentre
from organisation.queries.tree import mark_changed
from reporting.models import AccountGroup, Balance, Delivery, EarmarkedProject, FunctionArea, FunctionCode, LedgerLine, ReportingMonth
from reporting.services.ledger import (
    DeliveryChanged,
    Line,
    NotCurrent,
    SickLeaveRow,
    rebuild_balances,
    remap,
    roll_back,
    store_economy,
    store_sick_leave,
)
from tests.factories.organisation import EPOCH, DistrictFactory, UnitFactory
from tests.factories.reporting import MonthlyReportFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 8, 6, tzinfo=UTC)
TODAY = date(2026, 10, 8)
AMOUNTS = ("original", "revised", "budget", "actual")


@pytest.fixture
def district():
    return DistrictFactory()


@pytest.fixture
def classes():
    care = FunctionArea.objects.create(code="FO3", name="Pleie", first_year=2004)
    FunctionCode.objects.create(area=care, prefix="25")
    FunctionCode.objects.create(area=FunctionArea.objects.create(code="FO1", name="Annet", first_year=2004), prefix="2")
    old = FunctionArea.objects.create(code="FO9", name="Nedlagt", first_year=2004, last_year=2020)
    FunctionCode.objects.create(area=old, prefix="254")
    AccountGroup.objects.create(code="vikar", name="Vikarer", prefixes="1020, 1030")
    AccountGroup.objects.create(code="lonn", name="Lønn", prefixes="10")
    EarmarkedProject.objects.create(prefix="9", name="Tilskudd", first_year=2020)


def centre(unit, code, since=EPOCH, until=None):
    CostCentre.objects.create(unit=unit, code=code, valid_from=since, valid_to=until)
    mark_changed()


def line(row=1, *, actual="100.00", budget="90.00", revised="120.00", number=9, code="402100", unit_id=None, **more):
    figures = {"original": None, "revised": revised, "budget": budget, "actual": actual}
    plain = {name: None if value is None else Decimal(value) for name, value in figures.items()}
    codes = {"account": "10101", "account_name": "Fastlønn", "function": "254", "project": "", **more}
    return Line(row=row, number=number, cost_centre=code, unit_id=unit_id, **codes, **plain)


def store(district, lines, number=9, *, cumulative=True, sha="", year=2026):
    return store_economy(
        district=district, year=year, number=number, cumulative=cumulative, file_name="fil.csv", sha256=sha,
        lines=lines, actor=None, now=NOW, today=TODAY,
    )  # fmt: skip


def balances(district):
    return {
        (row.unit_id, row.month, row.area, row.group, row.earmarked): tuple(getattr(row, name) for name in AMOUNTS)
        for row in Balance.objects.filter(district=district)
    }


def test_lines_are_kept_as_they_were_read(district):
    texts = {"account_name": "Lønn \\ æøå\t«x»\n", "project": "9001"}
    delivery = store(district, [line(7, **texts), line(8, budget=None, revised=None)])
    first, second = LedgerLine.objects.order_by("row")
    assert (first.row, first.account_name, first.project, first.actual) == (7, texts["account_name"], "9001", Decimal("100.00"))
    assert second.budget is None
    assert (delivery.rows, delivery.version, delivery.is_current) == (2, 1, True)


@pytest.mark.parametrize("text", ["\\N", "a\\b", "x\r", "\\", "None", "%s", "."])
def test_no_text_becomes_something_else(district, text):
    store(district, [line(1, project=text), line(2, budget=None, project="")])
    assert list(LedgerLine.objects.order_by("row").values_list("project", "budget")) == [(text, 90), ("", None)]


def test_blocks_and_single_lines_are_the_same(district):
    plain = (3, 9, "402100", None, "10101", "Fastlønn", "254", "", None, "120.00", "90.00", "100.00")
    assert store(district, [line(1), [plain, (4, *plain[1:])], line(2)]).rows == 4
    assert sorted(LedgerLine.objects.values_list("row", flat=True)) == [1, 2, 3, 4]
    assert set(LedgerLine.objects.values_list("actual", flat=True)) == {Decimal("100.00")}


def test_more_lines_than_a_block(district):
    assert store(district, (line(row, actual="0.10") for row in range(1, 5002))).rows == 5001
    assert Balance.objects.get(district=district).actual == Decimal("500.10")


def test_area_group_and_earmarked_by_longest_beginning(district, classes):
    unit = UnitFactory(parent=district)
    store(
        district,
        [
            line(1, unit_id=unit.pk),
            line(2, unit_id=unit.pk, account="10201"),
            line(3, unit_id=unit.pk, account="20000", function="211", project="901"),
        ],
    )
    september = date(2026, 9, 1)
    assert balances(district) == {
        (unit.pk, september, "FO3", "lonn", False): (None, Decimal(120), Decimal(90), Decimal(100)),
        (unit.pk, september, "FO3", "vikar", False): (None, Decimal(120), Decimal(90), Decimal(100)),
        (unit.pk, september, "FO1", "", True): (None, Decimal(120), Decimal(90), Decimal(100)),
    }


def test_the_same_file_changes_nothing(district):
    first = store(district, [line()], sha="a")
    assert store(district, [line(actual="999")], sha="a") == first
    assert (Delivery.objects.count(), LedgerLine.objects.get().actual) == (1, 100)


def test_a_corrected_file_is_a_new_version_and_can_be_taken_back(district):
    first = store(district, [line()], sha="a")
    second = store(district, [line(actual="150.00")], sha="b")
    first.refresh_from_db()
    assert (second.version, second.replaces, first.is_current) == (2, first, False)
    assert Balance.objects.get().actual == 150
    roll_back(delivery=second, actor=None, now=NOW, today=TODAY)
    first.refresh_from_db()
    assert (first.is_current, Balance.objects.get().actual) == (True, 100)
    with pytest.raises(NotCurrent):
        roll_back(delivery=second, actor=None, now=NOW, today=TODAY)
    third = store(district, [line(actual="1.00")], sha="b")
    assert third.version == 3
    roll_back(delivery=third, actor=None, now=NOW, today=TODAY)
    first.refresh_from_db()
    assert first.is_current
    roll_back(delivery=first, actor=None, now=NOW, today=TODAY)
    assert not Balance.objects.exists()
    assert ReportingMonth.objects.get().figures_ready_at is None


def test_half_a_file_is_no_file(district):
    def broken():
        yield line(1)
        raise ValueError

    store(district, [line()], sha="a")
    with pytest.raises(ValueError):
        store(district, broken(), sha="b")
    assert (Delivery.objects.get().is_current, LedgerLine.objects.count(), Balance.objects.get().actual) == (True, 1, 100)


def test_period_13_counts_as_december(district):
    store(district, [line(number=12, actual="100")], 12)
    store(district, [line(number=13, actual="180", budget=None, revised=None)], 13, cumulative=False)
    row = Balance.objects.get()
    assert (row.month, row.actual, row.budget, row.revised) == (date(2026, 12, 1), 280, 90, 120)


def test_single_months_are_added_from_january_and_a_year_budget_is_the_newest(district):
    store(district, [line(number=1, actual="10", budget="10", revised="100")], 1, cumulative=False)
    store(district, [line(number=2, actual="20", budget="10", revised="130")], 2, cumulative=False)
    store(district, [line(number=1, actual="15", budget="10", revised="110")], 1, cumulative=False)
    january, february = Balance.objects.order_by("month")
    assert (january.actual, january.revised) == (15, 110)
    assert (february.actual, february.budget, february.revised) == (35, 20, 130)


def test_a_cost_centre_gets_a_unit_from_the_day_it_has_one(district):
    unit = UnitFactory(parent=district)
    for number in (8, 9):
        store(district, [line(number=number)], number)
    centre(unit, "402100", since=date(2026, 9, 1))
    remap(district=district, codes=["402100"], actor=None, now=NOW, today=TODAY)
    assert dict(Balance.objects.values_list("month", "unit_id")) == {date(2026, 8, 1): None, date(2026, 9, 1): unit.pk}


def test_another_districts_cost_centre_is_nobodys_here(district):
    centre(UnitFactory(parent=DistrictFactory()), "402100")
    store(district, [line()])
    remap(district=district, codes=["402100"], actor=None, now=NOW, today=TODAY)
    assert Balance.objects.get().unit is None


def test_two_at_once_do_not_both_win(district, monkeypatch):
    store(district, [line()], sha="a")
    monkeypatch.setattr("django.db.models.query.QuerySet.update", lambda self, **values: 0)
    with pytest.raises(DeliveryChanged):
        store(district, [line()], sha="b")


def test_sick_leave_is_versioned_too(district):
    unit = UnitFactory(parent=district)

    def deliver(lost, sha):
        row = SickLeaveRow(2, unit.pk, date(2026, 9, 1), contracted=Decimal(2640), lost=Decimal(lost))
        return store_sick_leave(
            district=district, year=2026, number=9, file_name="f.csv", sha256=sha, rows=[row], actor=None, now=NOW, today=TODAY
        )

    first, second = deliver("364.3", "a"), deliver("370", "b")
    assert deliver("1", "b") == second
    roll_back(delivery=second, actor=None, now=NOW, today=TODAY)
    first.refresh_from_db()
    assert (first.is_current, first.sick_leave.get().lost) == (True, Decimal("364.3"))


def expected(district):
    """The same sums, added up here line by line."""
    found = {}
    for month in range(1, 13):
        current = list(Delivery.objects.filter(district=district, is_current=True).order_by("number"))
        if not any(min(each.number, 12) == month for each in current):
            continue
        until = [each for each in current if each.number <= (15 if month == 12 else month)]
        while any(each.cumulative for each in until[1:]):
            until.pop(0)
        sums = defaultdict(lambda: defaultdict(lambda: None))
        for each in until:
            for row in each.lines.all():
                group = "vikar" if row.account[:4] in ("1020", "1030") else "lonn" if row.account[:2] == "10" else ""
                area = "FO3" if row.function[:2] == "25" else "FO1" if row.function[:1] == "2" else ""
                key = (row.unit_id, date(2026, month, 1), area, group, row.project[:1] == "9")
                for name in ("budget", "actual"):
                    if getattr(row, name) is not None:
                        sums[key][name] = (sums[key][name] or 0) + getattr(row, name)
                for name in ("original", "revised"):
                    stating = [one for one in until if one.lines.filter(**{f"{name}__isnull": False}).exists()]
                    if getattr(row, name) is not None and stating[-1] == each:
                        sums[key][name] = (sums[key][name] or 0) + getattr(row, name)
                _ = sums[key]
        found.update({key: tuple(values[name] for name in AMOUNTS) for key, values in sums.items()})
    return found


def drawn_lines(chance, number, units, codes, year_budget):
    def amount():
        return chance.choice([None, f"{chance.randint(-99999, 99999) / 100:.2f}"])

    def one(row):
        return line(
            row,
            number=number,
            code=chance.choice(codes),
            unit_id=chance.choice([None, *(unit.pk for unit in units)]),
            account=chance.choice(["10101", "10201", "20"]),
            function=chance.choice(["254", "211", "9"]),
            project=chance.choice(["", "901"]),
            actual=amount(),
            budget=amount(),
            revised=year_budget,
        )

    return [one(row) for row in range(1, chance.randint(2, 9))]


@pytest.mark.parametrize("seed", range(6))
def test_balances_equal_the_lines_whatever_happens(seed, district, classes):
    chance = random.Random(seed)
    units = [UnitFactory(parent=district) for _ in range(3)]
    codes = ["401", "402", "403"]
    for _ in range(14):
        act = chance.choice(["deliver", "deliver", "deliver", "back", "map"])
        if act == "deliver":
            number = chance.choice([1, 2, 3, 11, 12, 13])
            lines = drawn_lines(chance, number, units, codes, None if seed % 2 else "1.01")
            store(district, lines, number, cumulative=chance.random() < 0.6)
        elif act == "back" and (current := list(Delivery.objects.filter(is_current=True).order_by("pk"))):
            roll_back(delivery=chance.choice(current), actor=None, now=NOW, today=TODAY)
        elif act == "map" and not CostCentre.objects.filter(code=codes[0]).exists():
            centre(chance.choice(units), codes[0])
            remap(district=district, codes=[codes[0]], actor=None, now=NOW, today=TODAY)
    kept = balances(district)
    assert kept == expected(district)
    rebuild_balances(district=district, months=[date(2026, month, 1) for month in range(1, 13)])
    assert balances(district) == kept


def test_delivered_reports_of_units_with_other_figures_say_so(district):
    moved, same = UnitFactory(parent=district), UnitFactory(parent=district)
    store(district, [line(1, unit_id=moved.pk), line(2, unit_id=same.pk)], sha="a")
    reports = [MonthlyReportFactory(unit=unit, month=date(2026, 9, 1)) for unit in (moved, same)]
    store(district, [line(1, unit_id=moved.pk, actual="101.00"), line(2, unit_id=same.pk)], sha="b")
    for report in reports:
        report.refresh_from_db()
    assert [report.figures_changed_at for report in reports] == [NOW, None]
