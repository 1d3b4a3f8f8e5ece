"""Figures pasted from a spreadsheet: how cells, points, periods and tables are read, and what is said of those that are not."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scorecard.models import Measurement
from scorecard.rules.statuses import Quality
from tests.factories.organisation import UnitFactory
from tests.factories.scorecard import SickLeaveFactory
from tests.scorecard.values.conftest import SEPTEMBER, shown
from tests.scorecard.values.pasting import check, row, save, sentences, states, table

CODES = ["{code}", " {code} ", "{code}.0", "{code},0", "00{code}"]


@pytest.mark.parametrize("written", CODES)
def test_a_code_is_known_also_after_a_spreadsheet_has_made_a_number_of_it(world, leader, written):
    page = check(leader, world, table(f"{written.format(code=world.unit.code)};{world.count.code};2026-09;;;5;;"))

    assert states(page) == [(2, "new")]


READ = [
    ("130 500,00", Decimal("130500.00"), Quality.FINAL),
    ("1.234,5", Decimal("1234.5"), Quality.FINAL),
    ("ca 97", Decimal(97), Quality.ESTIMATE),
    ("??", None, Quality.MISSING),
    ("#I/T", None, Quality.MISSING),
]


@pytest.mark.parametrize("cell, value, quality", READ)
def test_figures_are_read_as_people_and_systems_write_them(world, leader, cell, value, quality):
    save(leader, world, table(row(world, world.count, cells=f";;{cell};;")))

    kept = Measurement.objects.get()
    assert (kept.value, kept.quality) == (value, quality)


def test_an_empty_cell_or_a_dash_is_no_figure(world, leader):
    page = check(leader, world, table(row(world, world.count, cells=";;;;"), row(world, world.leave, cells="-;-;-;;")))

    assert page.context["found"].rows == []
    assert "2 tomme rader" in shown(page)


def test_what_a_point_means_is_decided_by_the_column_else_asked(world, leader):
    lines = [row(world, world.count, f"2026-0{month}", f";;{cell};;") for month, cell in ((7, "1.234"), (8, "1.234.567"))]
    page = check(leader, world, table(*lines))
    assert [each.after for each in page.context["found"].rows] == ["1\u00a0234", "1\u00a0234\u00a0567"]

    page = check(leader, world, table(lines[0]))
    assert page.status_code == 422
    assert sentences(page) == ["«1.234» kan leses på to måter. Si over tabellen hva punktumet betyr."]
    assert "Hva betyr punktum i tallene?" in shown(page)
    assert check(leader, world, table(lines[0]), point="thousands").context["found"].entries[0].value == Decimal(1234)
    assert check(leader, world, table(lines[0]), point="decimals").context["found"].entries[0].value == Decimal("1.234")


FAULTY = [
    (";;ti;;", "«ti» er ikke et tall."),
    (";;٣;;", "«٣» er ikke et tall."),
    (";;5;veldig sikker;", "«veldig sikker» er ingen kvalitet."),
    (";;5;mangler;", "Du har skrevet et tall og sagt at det ikke finnes."),
    ("5;;;;", "Denne indikatoren har ikke teller."),
    (";;-5;;", "Skriv 0 eller mer."),
    (";;;endelig;", "Skriv tallet, eller velg en kvalitet"),
    (f";;5;;{'a' * 501}", "Merknaden er for lang."),
    (f";;{'9' * 13};;", "Tallet har for mange sifre."),
]


@pytest.mark.parametrize("cells, sentence", FAULTY)
def test_a_bad_cell_says_what_to_write(world, leader, cells, sentence):
    page = check(leader, world, table(row(world, world.count, cells=cells)))

    assert page.status_code == 422
    assert sentence in sentences(page)[0]


HALVES = [
    ("116;;;;", "Skriv både teller og nevner"),
    (";1000;85;;", "Skriv både teller og nevner"),
    ("116;0;;;", "Nevneren kan ikke være 0."),
]


@pytest.mark.parametrize("cells, sentence", HALVES)
def test_half_a_rate_is_no_rate(world, leader, cells, sentence):
    assert sentence in sentences(check(leader, world, table(row(world, world.leave, cells=cells))))[0]


def test_a_rate_alone_is_taken_as_its_source_printed_it(world, leader):
    save(leader, world, table(row(world, world.leave, "2013-09", ";;85;endelig;")))

    kept = Measurement.objects.get()
    assert (kept.value, kept.numerator, kept.denominator) == (Decimal(85), None, None)


@pytest.mark.parametrize("printed, stated", [("11,6", None), ("12", None), ("11,7", Decimal("11.7")), ("10", Decimal(10))])
def test_a_printed_rate_that_differs_from_its_parts_stands_beside_them(world, leader, printed, stated):
    save(leader, world, table(row(world, world.leave, cells=f"116;1000;{printed};;")))

    kept = Measurement.objects.get()
    assert (kept.value, kept.stated) == (Decimal("11.6"), stated)


def test_periods_are_read_in_any_spelling_and_wrong_ones_are_told(world, leader):
    lines = [row(world, world.count, period) for period in ("202601", "feb.26", "03.2026", "2026-04-01", "mai 2026")]
    assert len(check(leader, world, table(*lines)).context["found"].entries) == 5

    page = check(
        leader,
        world,
        table(row(world, world.count, "tirsdag"), row(world, world.count, "3. kvartal 2026"), row(world, world.count, "2026-10")),
    )
    assert [text.split(".")[0] for text in sentences(page)] == [
        "«tirsdag» er ingen periode",
        "Indikatoren måles hver måned",
        "Oktober 2026 er ikke over ennå",
    ]


def test_the_same_figure_twice_in_the_table_is_told(world, leader):
    page = check(leader, world, table(row(world, world.count), row(world, world.count, cells=";;101;;")))

    assert sentences(page) == ["Det samme tallet står to ganger. La ett av dem stå."]


def test_a_cross_table_has_units_down_and_periods_across(world, leader):
    below = UnitFactory(parent=world.unit)
    text = f"Enhet\tjan 2026\tfeb 2026\n{world.unit.code}\t5\t-\n{below.name}\tca 7\t8\nSum\t12\t8"

    assert "Velg den over feltet" in shown(check(leader, world, text))
    page = check(leader, world, text, indicator=world.count.code)
    assert states(page) == [(2, "new"), (3, "new"), (3, "new")]
    assert shown(page).count('id="rad-3"') == 1
    save(leader, world, text, indicator=world.count.code)
    assert sorted((kept.unit_id, kept.period.code, kept.value) for kept in Measurement.objects.all()) == [
        (world.unit.pk, "2026-01", Decimal(5)),
        (below.pk, "2026-01", Decimal(7)),
        (below.pk, "2026-02", Decimal(8)),
    ]


UNREADABLE = [
    ("", "Lim inn tallene først."),
    ("   \n ", "Lim inn tallene først."),
    ("bare tekst", "Finner ikke overskriftene."),
    ("a;b\x00c", "tegn"),
    ("Enhet;Indikator;Periode;Merknad\n1;2;3;4", "Finner ingen tall."),
    ("Enhet;Periode;Verdi\n1;2026;3", "Velg den over feltet"),
    ("Enhet;Ansattnr;Periode;Verdi\n1;2;2026;3", "en kolonne om personer: Ansattnr"),
    (";".join(["Enhet"] * 2000), "for mange kolonner"),
    ("Enhet;Indikator;Periode;Verdi\n" + '"' + "a" * 200_000, "kan ikke leses som en tabell"),
    ("x" * (2 * 1024 * 1024 + 1), "større enn 2 MB"),
]


@pytest.mark.parametrize("text, sentence", UNREADABLE)
def test_a_text_that_is_no_table_is_told_and_stands(world, leader, text, sentence):
    page = check(leader, world, text)

    assert page.status_code == 422
    assert sentence in shown(page)
    assert page.context["form"]["text"].value() == text


def test_more_than_five_thousand_figures_are_not_taken(world, leader):
    text = "Enhet;Indikator;Periode;Verdi\n" + "\n".join(f"{number};x;2026-01;5" for number in range(5001))

    page = check(leader, world, text)
    assert page.status_code == 422
    assert "mer enn 5000 tall" in shown(page)


def test_five_hundred_rows_cost_statements_by_indicator_and_not_by_row(world, leader):
    months = [SEPTEMBER.previous(back).code for back in range(200)]
    leader.get(world.paste_url)

    def statements(periods):
        with CaptureQueriesContext(connection) as queries:
            page = check(
                leader,
                world,
                table(
                    *[
                        row(world, indicator, period, "5;10;;;" if indicator == world.leave else ";;5;;")
                        for period in periods
                        for indicator in (world.leave, world.count)
                    ]
                ),
            )
        return len(queries), len(page.context["found"].entries)

    assert statements(months[:1])[1] == 2
    few, many = statements(months[:1]), statements(months)
    assert many[1] == 400
    assert many[0] == few[0]


def test_names_that_hold_markup_are_shown_as_they_are(world, leader):
    page = check(leader, world, table(f"<script>alert(1)</script>;{SickLeaveFactory().code};<b>x;;;<i>5;<u>q;<s>n"))

    for text in ("<script>alert", "<b>x", "<i>5", "<u>q"):
        assert text not in shown(page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown(page)
