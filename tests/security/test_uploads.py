"""Files from people: what they carry besides rows is refused before it is unpacked, and nobody confirms another's."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from organisation.models import UploadedTable
from organisation.rules.access import Role
from tests.factories.organisation import person
from tests.security.conftest import as_role, signed_in

pytestmark = pytest.mark.django_db
HEADS = ["Enhetskode", "Enhet", "Type", "Overordnet", "Gjelder fra", "Årsverk"]


def workbook(rows: list[list[str]], change=None) -> bytes:
    book = Workbook()
    for row in [HEADS, *rows]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    if change is None:
        return out.getvalue()
    changed = io.BytesIO()
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return changed.getvalue()


def send(client, data: bytes, name: str = "enheter.xlsx"):
    return client.post(reverse("organisation:units_import"), {"file": SimpleUploadedFile(name, data)})


def bomb(name: str, content: bytes) -> bytes:
    return b"<a>" + b" " * 300_000_000 + b"</a>" if name.endswith("sheet1.xml") else content


def entities(name: str, content: bytes) -> bytes:
    if not name.endswith("sheet1.xml"):
        return content
    head = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    return content.replace(b'<?xml version="1.0"?>', head) if b"<?xml" in content else head + content


@pytest.mark.parametrize("change", [bomb, entities], ids=["bomb", "entities"])
def test_a_workbook_that_is_a_weapon_is_refused_in_words(home, change):
    admin = as_role(Role.ADMINISTRATOR, home.top)
    rows = [["A1-x", "Ny enhet", "Resultatenhet", home.top.code, "2027-01-01", "3"]]
    assert send(admin, workbook(rows)).status_code == 302
    kept = UploadedTable.objects.count()

    answer = send(admin, workbook(rows, change))

    assert answer.status_code == 422
    assert "data-error-summary" in answer.text
    assert UploadedTable.objects.count() == kept


@pytest.mark.parametrize("text", ["_x0000_", "a_x0000_b", "_xD800_", "_xFFFF_"])
def test_characters_that_only_a_workbook_can_carry_are_never_a_failure(home, text):
    user = person(Role.ADMINISTRATOR, home.top)
    client = signed_in(user)
    client.raise_request_exception = False
    rows = [["A1-x", text, "Resultatenhet", home.top.code, "2027-01-01", "3"]]

    answer = send(client, workbook(rows))

    assert answer.status_code in (302, 422)
    if answer.status_code == 302:
        assert client.get(answer["Location"]).status_code == 200
        assert client.post(answer["Location"], {"seen": "a\x00b"}).status_code in (302, 422)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "a\x00b.csv", "a" * 300 + ".csv", "<script>alert(7)</script>.csv", "\u202ecsv.exe"]
)
def test_the_name_of_a_file_is_only_a_name(home, name):
    client = as_role(Role.ADMINISTRATOR, home.top)
    client.raise_request_exception = False
    data = ";".join(HEADS) + f"\r\nA1-x;Ny;Resultatenhet;{home.top.code};2027-01-01;3\r\n"

    answer = send(client, data.encode(), name)

    assert answer.status_code in (302, 422)
    if answer.status_code == 302:
        page = client.get(answer["Location"])
        assert page.status_code == 200
        assert "<script>alert(7)" not in page.text
        assert "etc/passwd" not in page.text


def test_an_upload_waits_for_its_own_person_only_and_for_their_rights(home, away):
    admin = person(Role.ADMINISTRATOR, home.top)
    client = signed_in(admin)
    rows = [["A1-x", "Ny", "Resultatenhet", home.top.code, "2027-01-01", "3"]]
    address = send(client, workbook(rows))["Location"]
    assert client.get(address).status_code == 200

    for other in (as_role(Role.ADMINISTRATOR, home.top), as_role(Role.ADMINISTRATOR, away.top), as_role(Role.DIRECTOR, home.top)):
        assert other.get(address).status_code == 404
        assert other.post(address, {"seen": ""}).status_code == 404
    admin.assignments.update(role=Role.DIRECTOR)
    assert client.get(address).status_code == 404
    assert client.post(address, {"seen": ""}).status_code == 404


def test_a_very_large_form_is_refused(home):
    client = as_role(Role.UNIT_LEADER, home.north)
    client.raise_request_exception = False
    values = reverse("scorecard:values", args=[home.north.code])
    assert client.post(values, {"a": "x"}).status_code in (200, 302, 422)
    assert client.post(values, {"a": "x" * 6_000_000}).status_code == 400
    assert client.post(values, {f"f{number}": "1" for number in range(5001)}).status_code == 400
