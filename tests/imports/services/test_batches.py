"""The way of one file, from its arrival until it is saved, rejected or taken back."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.conf import settings

from imports.importing.reading import read
from imports.models import Batch, UnknownCode
from imports.rules.findings import Findings
from imports.rules.states import BatchState, CodeState, Way
from imports.services import batches, codes
from imports.services.checking import NotWaiting
from imports.services.claims import Overtaken
from organisation.models import AuditEntry, CostCentre
from organisation.queries.tree import mark_changed
from organisation.rules.access import Role
from reporting.models import Balance, Delivery, LedgerLine
from reporting.services.ledger import DeliveryChanged, NotCurrent
from tests.factories.imports import SourceFactory, ubw_file
from tests.factories.organisation import EPOCH, UnitFactory, person
from tests.factories.reporting import MonthlyReportFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 8, 6, tzinfo=UTC)
TODAY = date(2026, 10, 8)
ROWS = (("402100", "10101", "100,00"), ("402100", "10201", "50,00"), ("301100", "10101", "30,00"))


@pytest.fixture
def source():
    return SourceFactory()


@pytest.fixture
def units(source):
    made = {}
    for code in ("402", "301"):
        made[code] = UnitFactory(code=code, parent=source.district)
        CostCentre.objects.create(unit=made[code], code=f"{code}100", valid_from=EPOCH)
    mark_changed()
    return made


@pytest.fixture
def controller(source):
    return person(Role.CONTROLLER, source.district)


def received(source, content, name="okonomi.csv", **more):
    return batches.receive(source=source, data=BytesIO(content), file_name=name, way=Way.BROWSER, actor=None, now=NOW, **more)


def checked(source, content, **more):
    return batches.check(batch=received(source, content, **more), worker="w", now=NOW, today=TODAY, read=read)


def saved(source, content, accept=(), actor=None, **more):
    batch = checked(source, content, **more)
    return batches.save(batch=batch, acknowledged=accept, actor=actor, now=NOW, today=TODAY, read=read)


def actuals():
    return {row.unit_id: row.actual for row in Balance.objects.all()}


def kept_files():
    folder = settings.IMPORT_FOLDER
    return sorted(str(path.relative_to(settings.DATA_DIR)) for path in folder.iterdir()) if folder.exists() else []


def test_checking_writes_no_figures(source, units):
    batch = checked(source, ubw_file(*ROWS))
    assert (batch.state, batch.rows_read, batch.year, batch.number, batch.claimed_by) == ("checked", 3, 2026, 9, "")
    assert Findings.from_json(batch.findings).by_unit[str(units["402"].pk)] == 150
    assert not LedgerLine.objects.exists()
    assert batch.stored_as in kept_files()


def test_saving_leaves_lines_balances_and_a_trail(source, units, controller):
    batch = saved(source, ubw_file(*ROWS), actor=controller)
    assert (batch.state, batch.saved_by, batch.delivery.rows) == ("saved", controller, 3)
    assert actuals() == {units["402"].pk: 150, units["301"].pk: 30}
    line = LedgerLine.objects.order_by("row").first()
    assert (line.row, line.account_name, line.number) == (3, "Lønn æøå", 9)
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"import.received", "import.saved", "delivery.stored"}


def test_the_same_file_twice_changes_nothing(source, units):
    first = saved(source, ubw_file(*ROWS))
    again = checked(source, ubw_file(*ROWS))
    assert (again.state, again.delivery) == (BatchState.SAME, first.delivery)
    with pytest.raises(NotWaiting):
        batches.save(batch=again, acknowledged=(), actor=None, now=NOW, today=TODAY, read=read)
    assert Delivery.objects.count() == 1


def test_two_of_the_same_on_their_control_page_are_saved_once(source, units):
    one, other = checked(source, ubw_file(*ROWS)), checked(source, ubw_file(*ROWS))
    batches.save(batch=one, acknowledged=(), actor=None, now=NOW, today=TODAY, read=read)
    other = batches.save(batch=other, acknowledged=(), actor=None, now=NOW, today=TODAY, read=read)
    assert (other.state, Delivery.objects.count(), LedgerLine.objects.count()) == ("same", 1, 3)


def test_a_corrected_file_shows_what_it_changes_and_flags_reports(source, units):
    saved(source, ubw_file(*ROWS))
    reports = [MonthlyReportFactory(unit=units[code], month=date(2026, 9, 1)) for code in ("402", "301")]
    batch = checked(source, ubw_file(*ROWS[:2], ("301100", "10101", "31,50")))
    assert [(each["unit_id"], Decimal(each["before"]), Decimal(each["after"])) for each in batch.differences] == [
        (units["301"].pk, Decimal(30), Decimal("31.5"))
    ]
    batch = batches.save(batch=batch, acknowledged=(), actor=None, now=NOW, today=TODAY, read=read)
    assert batch.delivery.version == 2
    for report in reports:
        report.refresh_from_db()
    assert [report.figures_changed_at is not None for report in reports] == [False, True]


def test_taken_back_whole(source, units, controller):
    first = saved(source, ubw_file(*ROWS))
    second = saved(source, ubw_file(*ROWS[:2]))
    with pytest.raises(NotCurrent):
        batches.roll_back(batch=first, reason="Feil fil", actor=controller, now=NOW, today=TODAY)
    first.refresh_from_db()
    assert first.state == "saved"
    with pytest.raises(codes.ReasonMissing):
        batches.roll_back(batch=second, reason=" ", actor=controller, now=NOW, today=TODAY)
    second = batches.roll_back(batch=second, reason="Feil fil", actor=controller, now=NOW, today=TODAY)
    assert (second.state, second.rolled_back_by) == ("rolled_back", controller)
    assert actuals() == {units["402"].pk: 150, units["301"].pk: 30}
    with pytest.raises(NotWaiting):
        batches.roll_back(batch=second, reason="En gang til", actor=controller, now=NOW, today=TODAY)
    batches.roll_back(batch=first, reason="Feil fil", actor=controller, now=NOW, today=TODAY)
    assert actuals() == {}
    assert saved(source, ubw_file(*ROWS)).state == "saved"


def test_a_sum_that_differs_must_be_accepted(source, units):
    batch = checked(source, ubw_file(*ROWS, total="999,00"))
    assert batches.needed_for_saving(batch) == ("sum::actual",)
    with pytest.raises(batches.NotAccepted) as refused:
        batches.save(batch=batch, acknowledged=["unmapped"], actor=None, now=NOW, today=TODAY, read=read)
    assert refused.value.missing == ("sum::actual",)
    batch.refresh_from_db()
    assert batch.state == "checked"
    batch = batches.save(batch=batch, acknowledged=["sum::actual"], actor=None, now=NOW, today=TODAY, read=read)
    assert (batch.state, batch.acknowledged) == ("saved", ["sum::actual"])


def test_amounts_without_a_unit_wait_in_a_queue_until_mapped(source, units, controller):
    batch = checked(source, ubw_file(*ROWS, ("999", "10101", "20,00")))
    unknown = UnknownCode.objects.get()
    assert (unknown.code, unknown.rows, unknown.amount, unknown.state) == ("999", 1, 20, "open")
    assert batches.needed_for_saving(batch) == ("unmapped",)
    batches.save(batch=batch, acknowledged=["unmapped"], actor=controller, now=NOW, today=TODAY, read=read)
    assert actuals()[None] == 20
    codes.map_code(unknown=unknown, unit=units["301"], valid_from=date(2026, 1, 1), actor=controller, now=NOW, today=TODAY)
    assert actuals() == {units["402"].pk: 150, units["301"].pk: 50}
    with pytest.raises(codes.AlreadyDecided):
        codes.map_code(unknown=unknown, unit=units["402"], valid_from=date(2026, 1, 1), actor=controller, now=NOW, today=TODAY)
    assert batches.needed_for_saving(checked(source, ubw_file(*ROWS, ("999", "10101", "21,00")))) == ()


def test_a_code_can_be_left_unallocated_with_a_reason(source, units, controller):
    batch = checked(source, ubw_file(*ROWS, ("999", "10101", "20,00")))
    unknown = UnknownCode.objects.get()
    with pytest.raises(codes.ReasonMissing):
        codes.leave_code(unknown=unknown, reason="", actor=controller, now=NOW)
    codes.leave_code(unknown=unknown, reason="Fordeles i desember", actor=controller, now=NOW)
    assert batches.needed_for_saving(batch) == ()
    assert UnknownCode.objects.get().state == CodeState.LEFT


def test_mapped_on_the_control_page_and_read_again(source, units, controller):
    batch = checked(source, ubw_file(*ROWS, ("999", "10101", "20,00")))
    codes.map_code(unknown=UnknownCode.objects.get(), unit=units["301"], valid_from=EPOCH, actor=controller, now=NOW, today=TODAY)
    with pytest.raises(batches.FindingsChanged):
        batches.save(batch=batch, acknowledged=["unmapped"], actor=None, now=NOW, today=TODAY, read=read)
    batch.refresh_from_db()
    assert (batch.state, batches.needed_for_saving(batch), Delivery.objects.count()) == ("checked", (), 0)
    batch = batches.recheck(batch=batch, actor=controller, now=NOW)
    batch = batches.check(batch=batch, worker="w", now=NOW, today=TODAY, read=read)
    assert batches.save(batch=batch, acknowledged=(), actor=None, now=NOW, today=TODAY, read=read).state == "saved"


def test_rejected_files_leave_nothing(source, units, controller, django_capture_on_commit_callbacks):
    batch = checked(source, ubw_file(("999", "10101", "20,00")))
    with django_capture_on_commit_callbacks(execute=True):
        batch = batches.reject(batch=batch, actor=controller, now=NOW, reason="Gal periode")
    assert (batch.state, batch.stored_as, UnknownCode.objects.exists()) == ("rejected", "", False)
    with pytest.raises(NotWaiting):
        batches.save(batch=batch, acknowledged=(), actor=None, now=NOW, today=TODAY, read=read)


@pytest.mark.parametrize(
    "content, code",
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, None),
        ((ubw_file(*ROWS).decode("cp1252").replace("Prosjekt", "Ansattnummer")).encode("cp1252"), "person_columns"),
    ],
)
def test_refused_files_are_not_kept(source, units, content, code, django_capture_on_commit_callbacks):
    before = kept_files()
    with django_capture_on_commit_callbacks(execute=True):
        batch = checked(source, content)
    assert (batch.state, batch.stored_as, batch.findings) == ("refused", "", {})
    assert code in (None, batch.refusal["code"])
    assert kept_files() == before


def test_too_large_files_are_not_taken_in(source, settings):
    settings.IMPORT_MAX_BYTES = 100
    before = kept_files()
    with pytest.raises(batches.TooLarge):
        received(source, b"x" * 101)
    assert (Batch.objects.exists(), kept_files()) == (False, before)


def test_a_file_name_is_no_path(source):
    assert received(source, b"x", name="..\\..\\/etc/pass\x00wd").file_name == "passwd"


def test_a_chosen_period_must_be_the_files_own(source, units):
    batch = checked(source, ubw_file(*ROWS), period=(2026, 8))
    assert (batch.state, batch.refusal["code"]) == ("refused", "other_period")


def test_who_was_overtaken_saves_nothing(source, units, monkeypatch):
    batch = checked(source, ubw_file(*ROWS))

    # The reader runs in a thread of its own, so the theft is made in what runs inside the transaction.
    monkeypatch.setattr("imports.services.batches.same_outcome", lambda *_: Batch.objects.filter(pk=batch.pk).update(claimed_by="other"))
    with pytest.raises(Overtaken):
        batches.save(batch=batch, acknowledged=(), actor=None, now=NOW, today=TODAY, read=read)
    assert not LedgerLine.objects.exists()


def test_an_error_while_saving_leaves_nothing_and_can_be_tried_again(source, units):
    batch = checked(source, ubw_file(*ROWS))

    def broken(**arguments):
        read(**arguments)
        raise OSError

    with pytest.raises(OSError):
        batches.save(batch=batch, acknowledged=(), actor=None, now=NOW, today=TODAY, read=broken)
    batch.refresh_from_db()
    assert (batch.state, batch.claimed_by, Delivery.objects.exists(), LedgerLine.objects.exists()) == ("saving", "", False, False)
    assert batches.carry_out(batch=batch, worker="w", now=NOW, today=TODAY, read=read).state == "saved"


def test_another_file_of_the_period_saved_meanwhile_is_shown_first(source, units, monkeypatch):
    batch = checked(source, ubw_file(*ROWS))

    def meanwhile(**_arguments):
        raise DeliveryChanged

    with monkeypatch.context() as patched:
        patched.setattr("reporting.services.ledger.store_economy", meanwhile)
        with pytest.raises(batches.FindingsChanged):
            batches.save(batch=batch, acknowledged=(), actor=None, now=NOW, today=TODAY, read=read)
    batch.refresh_from_db()
    assert (batch.state, batch.saved_by, batch.claimed_by) == ("checked", None, "")
    assert batches.save(batch=batch, acknowledged=(), actor=None, now=NOW, today=TODAY, read=read).state == "saved"


def test_an_error_while_reading_frees_the_file_at_once(source, units):
    batch = received(source, ubw_file(*ROWS))

    def broken(**_arguments):
        raise OSError

    with pytest.raises(OSError):
        batches.check(batch=batch, worker="w", now=NOW, today=TODAY, read=broken)
    batch.refresh_from_db()
    assert (batch.state, batch.claimed_by) == ("received", "")
    assert batches.check(batch=batch, worker="w", now=NOW, today=TODAY, read=read).state == "checked"
