"""Files from other systems' folders: taken once, never half, and put away with a report."""

import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from imports.importing.reading import read
from imports.models import Batch
from imports.rules.states import BatchState
from imports.services import folders, telling
from imports.services.batches import receive
from imports.services.work import work
from notifications.models import Message
from organisation.models import CostCentre
from organisation.queries.tree import mark_changed
from organisation.rules.access import Role
from reporting.models import LedgerLine, ReportingMonth
from tests.factories.imports import SourceFactory, ubw_file
from tests.factories.organisation import EPOCH, UnitFactory, person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 8, 6, tzinfo=UTC)
TODAY = date(2026, 10, 8)


@pytest.fixture
def inbox(settings, tmp_path):
    settings.INBOX = tmp_path / "inbox"
    return settings.INBOX


@pytest.fixture
def source(inbox):
    source = SourceFactory(folder="okonomi", saves_by_itself=True)
    folders.sweep_folders(now=NOW)
    return source


@pytest.fixture
def leader(source):
    unit = UnitFactory(code="402", parent=source.district)
    CostCentre.objects.create(unit=unit, code="402100", valid_from=EPOCH)
    mark_changed()
    return person(Role.UNIT_LEADER, unit)


def put(inbox, name="okonomi_2026_09.csv", content=None):
    path = inbox / "okonomi" / name
    path.write_bytes(ubw_file(("402100", "10101", "100,00")) if content is None else content)
    return path


def run():
    folders.sweep_folders(now=NOW)
    return work(now=NOW, today=TODAY, worker="w", read=read)


def names(folder: Path):
    return sorted(path.name for path in folder.iterdir())


def test_a_good_file_is_saved_and_the_leaders_are_told_once(inbox, source, leader):
    put(inbox)
    assert run() == 1
    batch = Batch.objects.get()
    assert (batch.state, LedgerLine.objects.count(), batch.leaders_told_at) == ("saved", 1, NOW)
    assert names(inbox / "okonomi" / "done") == ["20261008-060000-okonomi_2026_09.csv", "20261008-060000-okonomi_2026_09.csv.txt"]
    report = (inbox / "okonomi" / "done" / "20261008-060000-okonomi_2026_09.csv.txt").read_text()
    assert "Rader lest: 1 av" in report
    assert list(Message.objects.values_list("recipient", "kind")) == [(leader.pk, "figures_ready")]
    assert ReportingMonth.objects.get().leaders_told_at == NOW
    put(inbox)
    assert run() == 1
    assert Batch.objects.order_by("pk").last().state == BatchState.SAME
    assert (Message.objects.count(), LedgerLine.objects.count()) == (1, 1)


def test_leaders_wait_for_the_last_of_the_months_files(inbox, source, leader):
    SourceFactory(kind="sick_leave", district=source.district, folder="sykefravaer")
    put(inbox)
    run()
    assert (Batch.objects.get().state, Message.objects.count()) == ("saved", 0)


@pytest.mark.parametrize("name", [".skjult.csv", "halv.csv.part", "halv.tmp", "~$apen.xlsx"])
def test_hidden_and_unfinished_files_are_left(inbox, source, name):
    path = put(inbox, name)
    assert run() == 0
    assert path.exists()


def test_a_file_that_still_grows_is_left(inbox, source, settings, monkeypatch):
    path = put(inbox)

    def grow(_seconds):
        with path.open("ab") as file:
            file.write(b"more")

    monkeypatch.setattr(folders.time, "sleep", grow)
    assert folders.sweep_folders(now=NOW) == 0
    monkeypatch.setattr(folders.time, "sleep", lambda _seconds: None)
    assert folders.sweep_folders(now=NOW) == 1


def test_an_empty_file_is_left_and_a_link_is_never_followed(inbox, source, tmp_path):
    put(inbox, content=b"")
    secret = tmp_path / "secret.csv"
    secret.write_bytes(ubw_file(("1", "2", "3")))
    (inbox / "okonomi" / "link.csv").symlink_to(secret)
    assert run() == 0


def test_a_source_cannot_name_a_folder_outside_the_inbox(inbox):
    SourceFactory(folder="../../elsewhere")
    folders.sweep_folders(now=NOW)
    assert (inbox / "elsewhere").is_dir()
    assert not (inbox.parent.parent / "elsewhere").exists()


def test_a_refused_file_says_why_and_somebody_is_told(inbox, source, leader):
    controller = person(Role.CONTROLLER, source.district)
    put(inbox, content=b"%PDF-1.4 nothing to read here")
    run()
    assert Batch.objects.get().state == "refused"
    assert len(names(inbox / "okonomi" / "rejected")) == 2
    assert list(Message.objects.values_list("recipient", "kind")) == [(controller.pk, "file_waits")]


def test_what_needs_a_person_is_not_saved(inbox, source, leader):
    controller = person(Role.CONTROLLER, source.district)
    put(inbox, content=ubw_file(("402100", "10101", "100,00"), ("999", "10101", "50,00")))
    run()
    assert (Batch.objects.get().state, LedgerLine.objects.exists()) == ("checked", False)
    assert Message.objects.get().recipient == controller


def test_two_sweeps_take_a_file_once(inbox, source, monkeypatch):
    put(inbox)
    ready = list(folders._waiting(inbox / "okonomi"))
    assert [folders._take_in(source, path, NOW) for path in (*ready, *ready)] == [1, 0]
    assert Batch.objects.count() == 1


def test_a_file_taken_by_somebody_who_was_stopped_is_taken_again(inbox, source, monkeypatch):
    path = put(inbox)
    monkeypatch.setattr(folders, "receive", lambda **_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        folders.sweep_folders(now=NOW)
    assert not path.exists()
    monkeypatch.setattr(folders, "receive", receive)
    assert folders.sweep_folders(now=NOW) == 0
    later = time.time() + 600
    monkeypatch.setattr(folders.time, "time", lambda: later)
    assert folders.sweep_folders(now=NOW) == 1
    assert Batch.objects.get().file_name == "okonomi_2026_09.csv"
    assert folders.sweep_folders(now=NOW) == 0


def test_too_large_files_go_to_rejected(inbox, source, settings):
    settings.IMPORT_MAX_BYTES = 10
    put(inbox)
    assert run() == 0
    assert "større enn" in next((inbox / "okonomi" / "rejected").glob("*.txt")).read_text()


def test_two_files_of_one_name_both_stay(inbox, source, leader):
    for actual in ("100,00", "101,00"):
        put(inbox, content=ubw_file(("402100", "10101", actual)))
        run()
    assert len(names(inbox / "okonomi" / "done")) == 4


def test_a_file_that_has_not_come_is_told_once_to_those_who_take_files_in(source, leader):
    controller = person(Role.CONTROLLER, source.district)
    hr = person(Role.HR, source.district)
    assert telling.tell_late(now=NOW, today=TODAY) == 0
    late = date(2026, 10, 9)
    assert telling.tell_late(now=NOW, today=late) == 1
    assert telling.tell_late(now=NOW, today=late) == 0
    assert Message.objects.get().recipient == controller
    SourceFactory(kind="sick_leave", district=source.district, expected_workday=6)
    assert telling.tell_late(now=NOW, today=late) == 2
    assert Message.objects.filter(recipient=hr).count() == 1
