"""The month as a case paper and as reports on paper: who may, the same figures in every form, nothing about small groups of people."""

import io
import shutil
import subprocess
from datetime import date
from decimal import Decimal

import docx
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from common import documents
from common.formats import number
from organisation.rules.access import Role
from reporting.models import Cause
from reporting.rules.kinds import DeliveryKind
from reporting.rules.kinds import ReportState as S
from tests.factories.month import ALNA, SEPTEMBER, a_district
from tests.factories.organisation import DistrictFactory, person
from tests.factories.reporting import BalanceFactory, DeliveryFactory, MonthlyReportFactory, SickLeaveMonthFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db
CASE = ("case_page", "case_pdf", "case_word", "case_xlsx")
K = Decimal(1000)


@pytest.fixture(autouse=True)
def october(settings):
    settings.ALNA_TODAY = date(2026, 10, 12)
    caches["pages"].clear()


def get(user, name, unit, month=SEPTEMBER, *, language="nb", **more):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = language
    return client.get(reverse(f"reporting:{name}", kwargs={"unit_code": unit.code, "month": month}), **more)


def shown(amount):
    """The amount as tables in 1000 kr show it, with ordinary spaces."""
    return number(amount, 0).replace("\u00a0", " ")


def words_of_pdf(content):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not here")
    out = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
    return " ".join(out.replace("\u00a0", " ").split())


def sick_leave(world, rates, month=SEPTEMBER):
    delivery = DeliveryFactory(kind=DeliveryKind.SICK_LEAVE, district=world.district, file_name="sykefravaer.csv")
    for code, lost in rates.items():
        SickLeaveMonthFactory(delivery=delivery, unit=world.units[code], month=month, contracted=Decimal(1000), lost=Decimal(lost))


# Who may -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*CASE, "pack_pdf"])
def test_the_neighbour_and_the_leader_do_not_find_it(name):
    world = a_district()
    others = [person(Role.DIRECTOR, DistrictFactory()), world.leader("402"), person(Role.POLITICIAN, world.district)]
    assert [get(user, name, world.district).status_code for user in others] == [404, 404, 404]


@pytest.mark.parametrize("name", CASE)
@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.CONTROLLER, Role.LEADERSHIP])
def test_those_who_put_the_month_together_have_it(name, role):
    world = a_district()
    assert get(person(role, world.district), name, world.district).status_code == 200


@pytest.mark.parametrize("name", [*CASE, "pack_pdf"])
def test_a_month_to_come_and_a_unit_are_no_case(name):
    world = a_district()
    assert get(world.director, name, world.district, date(2026, 11, 1)).status_code == 404
    assert get(world.director, name, world.units["402"]).status_code == 404


def test_without_figures_the_page_says_so_and_there_is_no_file():
    world = a_district()
    page = get(world.director, "case_page", world.district, date(2026, 3, 1))
    assert "Tallene for mars 2026 er ikke levert" in text_of(page)
    assert [get(world.director, name, world.district, date(2026, 3, 1)).status_code for name in CASE[1:]] == [404, 404, 404]


# The same figures in every form ------------------------------------------------------------


@pytest.fixture
def alna():
    world = a_district([row[0] for row in ALNA], dict.fromkeys([row[0] for row in ALNA], S.APPROVED))
    for month in (1, 2):
        for unit in world.units.values():
            MonthlyReportFactory(unit=unit, month=date(2026, month, 1), state=S.LOCKED, forecast=Decimal(50_000_000 + month * 1000))
    BalanceFactory(
        unit=world.units["402"], district=world.district, earmarked=True, revised=1200 * K, budget=900 * K, actual=860 * K, original=0
    )
    return world


SUMS = (767_573, 762_071, 1_020_000, -5_502, -9_700)
EARMARKED = (860, 900, 1200, 40)
# 23 units: 50 001 and 50 002 thousand each; what counts in a month without reports is the month before.
FORECASTS = (23 * 50_001, 23 * 50_002)


def test_the_page_has_the_sums_and_says_what_a_minus_means(alna):
    text = text_of(get(alna.director, "case_page", alna.district))
    for amount in (*SUMS, *EARMARKED, *FORECASTS, 1_029_700):
        assert shown(amount) in text
    assert "−5 502 merforbruk" in text
    assert "−9 700 merforbruk" in text
    assert "40 mindreforbruk" in text
    assert text.index("Prognose jan") < text.index("Prognose feb") < text.index("Prognose sep") < text.index("Regnskap hittil i år")


def test_word_has_the_same_figures_in_tables_with_heads(alna):
    read = docx.Document(io.BytesIO(get(alna.director, "case_word", alna.district).content))
    main, earmarked = read.tables
    rows = [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in main.rows]
    assert rows[0][:2] == ["Funksjonsområde", "Prognose jan"]
    assert rows[-1][0] == "Sum"
    assert [text.split("\n")[0] for text in rows[-1][-5:]] == [shown(amount) for amount in SUMS]
    assert rows[-1][-1].split("\n")[1] == "merforbruk"
    assert rows[-1][1:3] == [shown(amount) for amount in FORECASTS]
    assert [cell.text.split("\n")[0].replace("\u00a0", " ") for cell in earmarked.rows[-1].cells[1:]] == [shown(each) for each in EARMARKED]
    headings = [paragraph.text for paragraph in read.paragraphs if paragraph.style.name.startswith("Heading")]
    assert headings[:2] == ["Økonomi per funksjonsområde", "Forklaringer per funksjonsområde"]


def test_the_workbook_has_the_same_figures_as_numbers(alna):
    sheet = load_workbook(io.BytesIO(get(alna.director, "case_xlsx", alna.district).content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("Midler", "Kode", "Funksjonsområde", "Prognose jan (1000 kr)")
    total = next(row for row in rows if row[0] == "Ordinær drift" and row[2] == "Sum")
    assert total[-7:-2] == SUMS
    assert total[-2:] == ("merforbruk", "merforbruk")
    assert total[3:5] == FORECASTS
    apart = [row for row in rows if row[0] == "Øremerkede midler"]
    assert [row[-7:-3] for row in apart] == [EARMARKED, EARMARKED]
    # The areas add up to the sum, øre and all.
    assert sum(Decimal(row[-7]) for row in rows[1:] if row[0] == "Ordinær drift" and row[2] != "Sum") == SUMS[0]


def test_the_pdf_has_the_same_figures_and_is_tagged(alna):
    answer = get(alna.director, "case_pdf", alna.district)
    assert answer["Content-Type"] == "application/pdf"
    assert "sak-" in answer["Content-Disposition"]
    text = words_of_pdf(answer.content)
    for amount in (*SUMS, *EARMARKED, *FORECASTS):
        assert shown(amount) in text
    assert "Økonomisk status per september 2026" in text
    assert "Ikke låst" in text


@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_document_says_the_language_it_is_written_in(monkeypatch, language):
    world = a_district(["402"])
    made = []
    monkeypatch.setattr("common.pdf_answers.to_pdf", lambda markup: made.append(markup) or b"%PDF-")
    get(world.director, "report_pdf", world.units["402"], language=language)
    get(world.director, "case_pdf", world.district)
    assert [f'<html lang="{language}">' in made[0], '<html lang="nb">' in made[1]] == [True, True]


def test_what_nobody_delivered_is_counted(alna):
    alna.report("402").delete()
    text = text_of(get(alna.director, "case_page", alna.district))
    assert "22 av 23 enheter har levert prognosen" in text


def test_explanations_come_from_approved_reports_alone():
    world = a_district(["401", "402"], {"401": S.APPROVED})
    for code, words in (("401", "Flere plasser enn ventet."), ("402", "Ennå ikke lest av noen.")):
        report = world.report(code)
        report.explanation = words
        report.save()
    for name in ("case_page", "case_pdf"):
        answer = get(world.director, name, world.district)
        text = text_of(answer) if name == "case_page" else words_of_pdf(answer.content)
        assert "Flere plasser enn ventet." in text
        assert "Ennå ikke lest av noen." not in text


def test_sick_leave_is_the_districts_alone():
    world = a_district(["401", "402"])
    sick_leave(world, {"401": 40, "402": 311})
    text = text_of(get(world.director, "case_page", world.district))
    assert "Sykefraværet i bydelen var 17,6 % i september 2026." in text
    assert "31,1" not in text
    assert "4,0 %" not in text


def test_the_same_number_of_statements_for_one_unit_and_for_all():
    counts = []
    for codes in (["402"], [row[0] for row in ALNA]):
        world = a_district(codes, dict.fromkeys(codes, S.APPROVED))
        get(world.director, "case_page", world.district)
        for name in (*CASE, "pack_pdf"):
            with CaptureQueriesContext(connection) as caught:
                assert get(world.director, name, world.district).status_code == 200
            counts.append((name, len(caught)))
    assert counts[:5] == counts[5:]


def test_a_machine_without_pango_says_so_and_the_other_files_still_come(monkeypatch):
    def missing():
        raise documents.PdfUnavailable("libpango")

    world = a_district()
    monkeypatch.setattr(documents, "_library", missing)
    page = text_of(get(world.director, "case_page", world.district))
    assert "PDF kan ikke lages på denne maskinen" in page
    assert "Lag heftet" not in page
    refused = get(world.director, "case_pdf", world.district)
    assert refused.status_code == 503
    assert "mangler Pango" in text_of(refused)
    assert get(world.director, "case_word", world.district).status_code == 200


# Reports on paper ----------------------------------------------------------------------


def test_the_booklet_has_every_report_that_was_handed_in_and_names_the_others():
    world = a_district(["401", "402", "403"], {"403": S.BEGUN})
    draft = world.report("403")
    draft.explanation = "Bare et utkast."
    draft.save()
    text = words_of_pdf(get(world.director, "pack_pdf", world.district).content)
    assert "Enhet 401" in text
    assert "merforbruk 1 470" in text
    assert f"Ikke levert: {world.units['403'].code} Enhet 403." in text
    assert "Bare et utkast." not in text


def test_a_booklet_without_reports_is_not_there():
    world = a_district(["402"], {"402": S.NOT_STARTED})
    assert get(world.director, "pack_pdf", world.district).status_code == 404


def test_a_waiting_page_gets_the_way_to_the_booklet_which_is_then_ready(monkeypatch):
    world = a_district()
    answer = get(world.director, "pack_pdf", world.district, headers={"HX-Request": "true"})
    assert "Heftet er klart: 4 rapporter" in text_of(answer)
    monkeypatch.setattr("common.pdf_answers.to_pdf", lambda _markup: pytest.fail("made again"))
    assert get(world.director, "pack_pdf", world.district).content.startswith(b"%PDF-")


def test_a_report_that_changes_is_not_the_kept_one():
    world = a_district(["402"])
    before = get(world.director, "report_pdf", world.units["402"]).content
    report = world.report("402")
    report.explanation = "Noe helt annet."
    report.save()
    assert get(world.director, "report_pdf", world.units["402"]).content != before


def test_ones_own_report_also_as_a_draft():
    world = a_district(["401", "402"], {"402": S.BEGUN})
    assert get(world.leader("402"), "report_pdf", world.units["402"]).status_code == 200
    assert get(world.director, "report_pdf", world.units["402"]).status_code == 404
    assert get(world.leader("401"), "report_pdf", world.units["402"]).status_code == 404


def test_another_leader_reads_an_approved_report_in_short():
    world = a_district(["401", "402"], {"402": S.APPROVED})
    Cause.objects.create(code="vikar", label="Vikar, overtid eller innleie", part="economy")
    report = world.report("402")
    report.sick_text, report.causes = "Vi følger opp sammen med NAV.", ["vikar"]
    report.save()
    sick_leave(world, {"402": 311})
    short = words_of_pdf(get(world.leader("401"), "report_pdf", world.units["402"]).content)
    whole = words_of_pdf(get(world.leader("402"), "report_pdf", world.units["402"]).content)
    assert "Vikarbruken er høyere enn budsjettert." in short
    assert "Årsak: vikar, overtid eller innleie" in short
    for words in ("31,1 %", "Vi følger opp sammen med NAV.", "Kontogruppe"):
        assert words in whole
        assert words not in short


def test_the_report_of_another_district_is_not_there():
    world, other = a_district(["402"], {"402": S.LOCKED}), a_district(["401"])
    assert get(other.director, "report_pdf", world.units["402"]).status_code == 404


def test_no_report_is_no_file():
    world = a_district(["402"], {"402": S.NOT_STARTED})
    assert get(world.leader("402"), "report_pdf", world.units["402"]).status_code == 404
    assert get(world.leader("402"), "report_pdf", world.units["402"], date(2026, 12, 1)).status_code == 404
