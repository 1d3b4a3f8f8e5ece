"""A row of a file that belongs to nobody is not stored, but for ledger lines: nobody loses one without having been told."""

from imports.models import Batch, UnknownCode
from reporting.models import SickLeaveMonth
from tests.imports.views.conftest import IMPORT, page_of
from tests.pages import markup_of, text_of

HEAD = "Enhetskode;Enhet;Periode;Årsverk;Avtalte dagsverk;Egenmeldt;Legemeldt;Sum fravær;1-16 dager;Over 16 dager;Fravær %"
FILE = f"""{HEAD}
402;Hjemmetjenesten;2026-09;120,0;2640,0;79,5;284,8;364,3;131,2;233,1;13,8
499;Ukjent sted;2026-09;18,0;396,0;6,0;14,6;20,6;9,4;11,2;5,2
""".encode()


def test_a_sick_leave_file_with_a_code_of_nobody_is_saved_when_somebody_says_so(world, controller):
    batch = world.batch(controller, FILE, "sykefravaer.csv", source="hr")
    assert "Jeg har sett at rader ikke hører til noen enhet" in text_of(controller.get(page_of(batch)))

    controller.post(page_of(batch, "bestem/"), {"handling": "lagre"})
    assert Batch.objects.get().state == "checked"

    controller.post(page_of(batch, "bestem/"), {"handling": "lagre", "sett": "lost_rows"})
    assert Batch.objects.get().state == "saved"
    assert SickLeaveMonth.objects.count() == 1


def test_the_queue_says_that_the_file_must_be_read_anew(world, controller):
    batch = world.batch(controller, FILE, "sykefravaer.csv", source="hr")
    controller.post(page_of(batch, "bestem/"), {"handling": "lagre", "sett": "lost_rows"})
    code = UnknownCode.objects.get()
    undo = page_of(batch, "angre/")

    queue = controller.get(f"{IMPORT}ukjente/")
    assert "Radene er ikke med i tallene." in text_of(queue)
    assert undo in markup_of(queue)

    sent = {f"kode-{code.pk}-unit": "301", f"kode-{code.pk}-valid_from": "2026-09-01"}
    answer = controller.post(f"{IMPORT}ukjente/", sent, follow=True)
    assert "Angre filen, og les den inn på nytt." in text_of(answer)
    assert "Tallene følger med." not in text_of(answer)
    assert undo in markup_of(answer)
