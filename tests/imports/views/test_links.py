"""A figure on the målekart leads to the file it was read from, and a delivery to its file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from common.periods import PeriodKind
from imports.models import Batch
from organisation.rules.access import Role
from reporting.models import Delivery, FigureFeed
from reporting.rules.kinds import FeedKind
from scorecard.models import Indicator, Measurement
from scorecard.rules.rollup import Method
from tests.factories.imports import ProfileFactory, SourceFactory
from tests.factories.scorecard import IndicatorFactory
from tests.imports.views.conftest import GOOD, IMPORT, page_of
from tests.pages import markup_of, text_of

FIGURES = "Enhetskode;Indikator;Periode;Teller;Nevner;Verdi;Kvalitet\r\n402;brukere;2026-09;;;430;endelig\r\n"
VALUE = "/malekart/402/indikator/brukere/2026-09/"


@pytest.fixture
def figures(world, controller):
    """A saved file with one figure."""
    IndicatorFactory(
        code="brukere",
        measure=Indicator.Measure.COUNT,
        rollup=Method.SUM,
        frequency=PeriodKind.MONTH,
        scale_min=None,
        scale_max=None,
        score_floor=None,
    )
    profile = ProfileFactory(code="figures")
    SourceFactory(code="produksjon", kind="figures", profile=profile, district=world.district)
    file = SimpleUploadedFile("produksjon.csv", FIGURES.encode())
    assert controller.post(f"{IMPORT}ny/", {"source": "produksjon", "period": "", "file": file}).status_code == 302
    batch = Batch.objects.latest("pk")
    controller.post(page_of(batch, "bestem/"), {"handling": "lagre"})
    batch.refresh_from_db()
    assert batch.state == "saved", text_of(controller.get(page_of(batch)))
    return batch


def test_a_figure_says_its_file_row_and_importer_and_leads_to_the_file(figures, controller):
    page = controller.get(VALUE)

    assert "produksjon.csv" in text_of(page)
    assert f'href="{page_of(figures)}"' in markup_of(page)
    row = Measurement.objects.get(indicator__code="brukere")
    assert row.source_place == "2"
    assert controller.get(f"{IMPORT}tall/{row.pk}/")["Location"] == page_of(figures)


def test_who_sees_no_files_sees_the_name_without_a_link(world, figures):
    leader = world.sign_in(Role.UNIT_LEADER)
    page = leader.get(VALUE)

    assert "produksjon.csv" in text_of(page)
    assert IMPORT not in markup_of(page)
    assert leader.get(f"{IMPORT}tall/{Measurement.objects.get().pk}/").status_code == 404


def test_a_neighbour_follows_no_number_to_a_file(world, figures, controller):
    batch = world.batch(controller, GOOD)
    controller.post(page_of(batch, "bestem/"), {"handling": "lagre"})
    delivery = Delivery.objects.get()

    assert controller.get(f"{IMPORT}leveranse/{delivery.pk}/")["Location"] == page_of(batch)
    assert world.neighbour.get(f"{IMPORT}leveranse/{delivery.pk}/").status_code == 404
    assert world.neighbour.get(f"{IMPORT}tall/{Measurement.objects.get().pk}/").status_code == 404
    assert controller.get(f"{IMPORT}tall/{2**70}/").status_code == 404


def test_a_figure_of_the_ledger_leads_to_the_units_economy(world, figures, controller):
    FigureFeed.objects.create(kind=FeedKind.SPENT_TO_DATE, indicator=Indicator.objects.get(code="brukere"))

    assert 'href="/rapportering/okonomi/402/2026-09/"' in markup_of(controller.get(VALUE))
    assert "/rapportering/okonomi/" not in markup_of(world.sign_in(Role.QUALITY).get(VALUE)).split("<main")[1]
