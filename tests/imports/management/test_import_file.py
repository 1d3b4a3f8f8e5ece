"""`manage.py import_file` goes the browser's way, and `run_due` does what beat would have done."""

import json
from datetime import date
from io import StringIO

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from imports.models import Batch, UnknownCode
from notifications.models import Message
from organisation.models import CostCentre
from organisation.queries.tree import mark_changed
from reporting.models import Balance, Delivery
from tests.factories.imports import BUILT_IN, SourceFactory, ubw_file
from tests.factories.organisation import EPOCH, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(settings):
    settings.ALNA_TODAY = date(2026, 10, 8)
    source = SourceFactory(code="okonomi", folder="okonomi")
    unit = UnitFactory(code="402", parent=source.district)
    CostCentre.objects.create(unit=unit, code="402100", valid_from=EPOCH)
    mark_changed()
    return source


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "okonomi.csv"
    path.write_bytes(ubw_file(("402100", "10101", "100,00"), ("402100", "10201", "50,00"), total="150,00"))
    return path


def run(*arguments):
    out = StringIO()
    call_command("import_file", *map(str, arguments), "--json", stdout=out)
    return json.loads(out.getvalue())


def failed(*arguments):
    """The exit code, and what was written before."""
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("import_file", *map(str, arguments), "--json", stdout=out)
    return error.value.returncode, json.loads(out.getvalue()) if out.getvalue() else None


def kept():
    folder = django_settings.IMPORT_FOLDER
    return len(list(folder.iterdir())) if folder.exists() else 0


def test_without_commit_everything_is_said_and_nothing_kept(source, file):
    files = kept()
    said = run("okonomi", file)
    assert (said["state"], said["period"], said["rows"], said["errors"]) == ("checked", "2026-09", 2, 0)
    assert [(each["what"], each["in_file"], each["ok"]) for each in said["sums"]] == [("actual", "150.00", True)]
    assert said["by_unit"] == {"402": "150.00"}
    assert (Batch.objects.count(), Balance.objects.count(), kept()) == (0, 0, files)


def test_with_commit_it_is_saved_once(source, file):
    assert run("okonomi", file, "--commit")["state"] == "saved"
    assert Balance.objects.get().actual == 150
    assert run("okonomi", file, "--commit")["state"] == "same"
    assert Delivery.objects.count() == 1


def test_a_corrected_file_says_what_changed(source, file):
    run("okonomi", file, "--commit")
    file.write_bytes(ubw_file(("402100", "10101", "170,00")))
    said = run("okonomi", file, "--commit")
    assert (said["version"], said["changed"]) == (2, [{"unit": "402", "before": "150.00", "after": "170.00"}])


def test_what_must_be_accepted_is_refused_without_accept(source, file):
    file.write_bytes(ubw_file(("999", "10101", "100,00")))
    code, said = failed("okonomi", file, "--commit")
    assert (code, said["state"], said["to_accept"]) == (1, "checked", ["unmapped"])
    assert [each["code"] for each in said["unknown_codes"]] == ["999"]
    assert run("okonomi", file, "--commit", "--accept")["state"] == "saved"
    assert UnknownCode.objects.get().code == "999"


def test_a_refused_file_has_an_exit_code_and_a_reason(source, file):
    file.write_bytes(b"%PDF-1.4 not a table")
    code, said = failed("okonomi", file)
    assert (code, said["state"], said["refusal"]["code"]) == (1, "refused", "not_a_table")


def test_a_profile_by_name_or_file_needs_no_code(source, file, tmp_path):
    assert run("okonomi", file, "--profile", "ubw")["profile"] == "ubw"
    definition = json.loads((BUILT_IN / "ubw.json").read_text(encoding="utf-8"))
    definition |= {"code": "annen", "unit": 1000}
    own = tmp_path / "annen.json"
    own.write_text(json.dumps(definition), encoding="utf-8")
    said = run("okonomi", file, "--profile", own)
    assert (said["profile"], said["by_unit"]) == ("annen", {"402": "150000.00"})
    definition["encoding"] = "ebcdic"
    own.write_text(json.dumps(definition), encoding="utf-8")
    with pytest.raises(CommandError, match="encoding: not_a_choice ebcdic"):
        call_command("import_file", "okonomi", str(file), "--profile", str(own))


@pytest.mark.parametrize(
    "arguments", [("nowhere", "FILE"), ("okonomi", "/no/such/file"), ("okonomi", "FILE", "--profile", "nothing"), ("okonomi", "/tmp")]
)
def test_wrong_arguments(source, file, arguments):
    code, _said = failed(*[str(file) if each == "FILE" else each for each in arguments])
    assert code == 2


@pytest.mark.parametrize("period", ["2026", "2026-16", "2026-00", "09.2026"])
def test_a_period_is_written_one_way(source, file, period):
    with pytest.raises(CommandError, match="2026-09"):
        call_command("import_file", "okonomi", str(file), "--period", period)


def test_a_period_other_than_the_files_own_is_refused(source, file):
    assert failed("okonomi", file, "--period", "2026-08")[1]["refusal"]["code"] == "other_period"


def test_lines_for_the_eye(source, file):
    out = StringIO()
    call_command("import_file", "okonomi", str(file), stdout=out)
    assert "okonomi.csv: checked, period 2026-09, 2 of" in out.getvalue()


def test_run_due_takes_the_folders_files_once(source, settings, tmp_path, file):
    settings.INBOX = tmp_path / "inbox"
    source.saves_by_itself = True
    source.save()

    def due():
        out = StringIO()
        call_command("run_due", "--now", "2026-10-08T06:00", "--json", stdout=out)
        return json.loads(out.getvalue())

    first = due()
    assert (first["today"], first["done"]["sweep_folders"], first["done"]["late_files"]) == ("2026-10-08", 0, 0)
    (settings.INBOX / "okonomi" / "okonomi.csv").write_bytes(file.read_bytes())
    done = due()["done"]
    assert (done["sweep_folders"], done["handle_files"]) == (1, 1)
    assert Balance.objects.get().actual == 150
    done = due()["done"]
    assert (done["sweep_folders"], done["handle_files"]) == (0, 0)
    assert not Message.objects.filter(kind="file_late").exists()


def test_run_due_wants_a_moment():
    with pytest.raises(CommandError, match="2026-10-08T06:00"):
        call_command("run_due", "--now", "tomorrow")
