"""What people write is text everywhere: never markup on a page, never a formula in a file."""

import csv
import io
import re
from decimal import Decimal

import pytest
from django.test import Client
from openpyxl import load_workbook

from common.periods import Period
from organisation.models import ServiceSite, UnitName
from organisation.rules.access import Role
from organisation.services import people as person_services
from scorecard.models import AcceptedDeviation, Benchmark, FocusArea, PointNote, Scorecard, SuccessFactor
from scorecard.rules.lifecycle import State
from tests.factories.organisation import RoleAssignmentFactory, person
from tests.factories.scorecard import TargetFactory
from tests.security.conftest import NOW, TODAY, record, signed_in
from tests.security.test_bad_characters import OURS, address_of

pytestmark = pytest.mark.django_db
MARKUP = "</script></textarea>\"'><script>alert(7)</script><img src=x onerror=alert(7)>"
FORMULA = '=HYPERLINK("http://ond.example";"7")'
SEEN = re.compile(r"<script>alert\(7\)|<img src=x", re.IGNORECASE)


def write_everywhere(home, text: str) -> Client:
    """The text wherever a person can leave one, and somebody who may open every page of the district."""
    user = person(Role.ADMINISTRATOR, home.top)
    for role in (Role.DIRECTOR, Role.UNIT_LEADER, Role.CONTROLLER, Role.QUALITY):
        RoleAssignmentFactory(user=user, role=role, unit=home.top)
    user.name = text
    user.save()
    for unit in (home.top, home.north, home.south):
        unit.name = f"{text}{unit.code}"[:120]
        unit.save()
        UnitName.objects.filter(unit=unit).update(name=unit.name)
        ServiceSite.objects.create(unit=unit, name=text, valid_from=TODAY.replace(month=1))
    sick = home.sick
    for name in ("name", "definition", "numerator_text", "denominator_text", "method_text", "source", "owner_role"):
        setattr(sick, name, text[: sick._meta.get_field(name).max_length or 400])
    sick.unit_text = text[: sick._meta.get_field("unit_text").max_length]
    sick.save()
    FocusArea.objects.update(name=text[:100], short_name=text[:30])
    SuccessFactor.objects.update(name=text[:100])
    Scorecard.objects.update(title=text[:100], source_note=text)
    period = Period.parse("2026-09")
    note = PointNote(indicator=sick, unit=home.north, text=text, author=user, recorded_at=NOW)
    note.period = period
    note.save()
    fields = {"reason": text, "valid_from": TODAY, "valid_to": TODAY.replace(year=2027), "recorded_at": NOW}
    AcceptedDeviation.objects.create(indicator=sick, unit=home.north, agreed_by=user, interim_target=Decimal(12), **fields)
    TargetFactory(indicator=sick, unit=home.north, value=Decimal(7), reason=text, recorded_by=user, approved_by=user)
    TargetFactory(indicator=sick, unit=home.south, value=Decimal(7), reason=text, recorded_by=user, confirmed=False)
    benchmark = Benchmark(indicator=sick, group=Benchmark.Group.OSLO, value=Decimal(9), source=text[:200])
    benchmark.period = Period.of_year(2025)
    benchmark.save()
    record(sick, home.south, Period.parse("2026-08"), parts=("70", "1000"))
    person_services.note_link_sent(person=user, actor=user)
    return signed_in(user)


def answers(client: Client, home):
    for unit in (home.top, home.north):
        given = {"unit_code": unit.code, "target_unit": home.north.code}
        for name, arguments in OURS:
            if name == "set_language":
                continue
            response = client.get(address_of(name, arguments, given), follow=True)
            if response.status_code in (200, 422):
                yield name, response


@pytest.mark.parametrize("state", [State.PUBLISHED, State.DRAFT, State.PROPOSED])
def test_no_page_takes_what_people_write_for_markup(home, state):
    client = write_everywhere(home, MARKUP)
    Scorecard.objects.update(state=state)

    escaped, broken = set(), []
    for name, response in answers(client, home):
        if "text/html" not in response["Content-Type"]:
            continue
        text = response.text
        if "&lt;script&gt;alert(7)" in text or "\\u003Cscript\\u003Ealert(7)" in text:
            escaped.add(name)
        if SEEN.search(text):
            broken.append(name)
    assert len(escaped) > 25
    assert broken == []


def test_no_file_takes_what_people_write_for_a_formula(home):
    client = write_everywhere(home, FORMULA)
    seen, broken = set(), []
    for name, response in answers(client, home):
        if "attachment" not in response.get("Content-Disposition", ""):
            continue
        data = response.content
        if "text/csv" in response["Content-Type"]:
            cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";") for cell in row]
            dangerous = [
                cell for cell in cells if (cell[:1] in "=+@\t\r" and cell) or (cell[:1] == "-" and not re.fullmatch(r"-[\d,]+", cell))
            ]
        else:
            sheets = load_workbook(io.BytesIO(data)).worksheets
            found = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
            cells = [str(cell.value) for cell in found]
            dangerous = [cell.value for cell in found if cell.data_type == "f"]
        if any("HYPERLINK" in cell for cell in cells):
            seen.add(name)
        if dangerous:
            broken.append((name, dangerous[:2]))
    assert len(seen) >= 6
    assert broken == []


def test_a_chart_gets_words_the_library_cannot_take_for_markup(home):
    """The chart library reads <a href> and <b> inside its labels."""
    text = '<a href="https://ond.example">7</a>'
    home.sick.unit_text = text[: home.sick._meta.get_field("unit_text").max_length]
    home.sick.measure = "number"
    home.sick.save()
    director = signed_in(person(Role.DIRECTOR, home.top))
    for month in (5, 6, 7, 8):
        record(home.sick, home.north, Period.month(2026, month), parts=("70", "1000"))
    page = director.get(f"/malekart/{home.north.code}/indikator/sykefravaer/").text
    figure = page.split('<script id="utvikling" type="application/json">')[1].split("</script>")[0]
    assert "7,0\\u00a0\\u0026lt;a href" in figure
    assert "\\u003Ca" not in figure
