"""What files of the other kinds become: sick leave, indicators, published surveys, benchmarks. And all of it taken back."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest

from common.periods import Period
from imports.importing.reading import read
from imports.models import RecordedFigure
from imports.rules.states import Way
from imports.services import batches
from reporting.models import SickLeaveMonth
from scorecard.models import Benchmark, Measurement
from scorecard.services.values import Entry, Source, record_values
from tests.factories.imports import ProfileFactory, SourceFactory
from tests.factories.organisation import DistrictFactory, UnitFactory
from tests.factories.scorecard import IndicatorFactory, SickLeaveFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 8, 6, tzinfo=UTC)
EARLIER = datetime(2026, 10, 1, 6, tzinfo=UTC)
TODAY = date(2026, 10, 8)
SICK = """Enhetskode;Enhet;Periode;Årsverk;Avtalte dagsverk;Egenmeldt;Legemeldt;Sum fravær;1-16 dager;Over 16 dager;Fravær %
402;Hjemmetjenesten;2026-09;120,0;2640,0;79,5;284,8;364,3;131,2;233,1;13,8
407;Seniorsentre;2026-09;18,0;396,0;6,0;14,6;20,6;9,4;11,2;5,2
;Sum;;138,0;3036,0;85,5;299,4;384,9;140,6;244,3;12,7
"""


@pytest.fixture
def district():
    return DistrictFactory()


@pytest.fixture
def units(district):
    return {code: UnitFactory(code=code, parent=district) for code in ("402", "407")}


def source(district, profile):
    profile = ProfileFactory(code=profile)
    return SourceFactory(kind=profile.kind, profile=profile, district=district)


def checked(source, text):
    batch = batches.receive(source=source, data=BytesIO(text.encode()), file_name="fil.csv", way=Way.BROWSER, actor=None, now=NOW)
    return batches.check(batch=batch, worker="w", now=NOW, today=TODAY, read=read)


def saved(source, text, accept=True):
    batch = checked(source, text)
    assert batch.state == "checked", (batch.state, batch.refusal)
    needed = batches.needed_for_saving(batch) if accept else ()
    return batches.save(batch=batch, acknowledged=needed, actor=None, now=NOW, today=TODAY, read=read)


def back(batch):
    return batches.roll_back(batch=batch, reason="Feil fil", actor=None, now=NOW, today=TODAY)


def test_sick_leave(district, units):
    batch = saved(source(district, "sick_leave_hr"), SICK, accept=False)
    assert (batch.state, batch.year, batch.number, batch.delivery.rows) == ("saved", 2026, 9, 2)
    row = SickLeaveMonth.objects.get(unit=units["402"])
    assert (row.month, row.contracted, row.lost, row.row) == (date(2026, 9, 1), 2640, Decimal("364.3"), 2)
    assert checked(batch.source, SICK).state == "same"
    back(batch)
    assert not SickLeaveMonth.objects.filter(delivery__is_current=True).exists()


def test_a_corrected_sick_leave_file_and_back(district, units):
    first = saved(source(district, "sick_leave_hr"), SICK)
    second = saved(first.source, SICK.replace("402;Hjemmetjenesten", "402;Hjemmetjenester"))
    assert second.delivery.version == 2
    back(second)
    first.delivery.refresh_from_db()
    assert first.delivery.is_current


def figures(*lines):
    return "\n".join(["Enhetskode;Indikator;Periode;Teller;Nevner;Verdi;Kvalitet", *lines]) + "\n"


def test_figures_are_measured_with_their_row_and_taken_back(district, units):
    indicator = IndicatorFactory(
        code="saker", frequency="month", rollup="sum", scale_min=None, scale_max=None, score_floor=None, measure="number"
    )
    september = Period.month(2026, 9)
    typed = Entry(indicator, units["402"], september, value=Decimal(80))
    record_values(entries=[typed], actor=None, source=Source(), now=EARLIER, today=TODAY)
    batch = saved(source(district, "figures"), figures("402;saker;2026-09;;;85;endelig", "407;saker;2026-09;;;12;foreløpig"))
    found = {row.unit_id: row for row in Measurement.objects.filter(period_start=september.start)}
    mine = found[units["402"].pk]
    assert (mine.value, mine.origin, mine.source_name, mine.source_place) == (85, "file", "fil.csv", "2")
    assert found[units["407"].pk].quality == "preliminary"
    assert list(RecordedFigure.objects.values_list("unit__code", "row")) == [("402", 2), ("407", 3)]
    back(batch)
    left = Measurement.objects.get(period_start=september.start)
    assert (left.unit, left.value, left.origin) == (units["402"], 80, "typed")


def test_a_figure_that_cannot_be_recorded_stops_the_whole_file(district, units):
    IndicatorFactory(code="saker", frequency="month", rollup="sum", scale_min=Decimal(0), scale_max=Decimal(100), score_floor=None)
    batch = checked(source(district, "figures"), figures("402;saker;2026-09;;;85;endelig", "407;saker;2026-09;;;120;endelig"))
    assert [(each["row"], each["code"]) for each in batch.findings["problems"]] == [(3, "value_above_scale")]
    with pytest.raises(batches.NotSaveable):
        batches.save(batch=batch, acknowledged=(), actor=None, now=NOW, today=TODAY, read=read)
    assert not Measurement.objects.exists()


def test_published_surveys_without_answers_are_not_pooled(district, units):
    indicator = IndicatorFactory(code="samlet", name="Samlet tilfredshet")
    text = (
        "Undersøkelse;År;Enhet;Spørsmålsgruppe;Snitt;Antall svar;Snitt land;Høyest;Lavest\n"
        "Bruker;2025;402;Samlet tilfredshet;4,7;;4,6;5,5;3,9\nBruker;2025;407;Samlet tilfredshet;4,2;120;4,6;5,5;3,9\n"
    )
    batch = saved(source(district, "survey_published"), text)
    alone, pooled = (Measurement.objects.get(unit=units[code], indicator=indicator) for code in ("402", "407"))
    assert (alone.value, alone.denominator, bool(alone.note)) == (Decimal("4.7"), None, True)
    assert (pooled.value, pooled.denominator, pooled.note) == (Decimal("4.2"), 120, "")
    groups = dict(Benchmark.objects.values_list("group", "value"))
    assert groups == {"norway": Decimal("4.6"), "highest": Decimal("5.5"), "lowest": Decimal("3.9")}
    back(batch)
    assert (Measurement.objects.exists(), Benchmark.objects.exists()) == (False, False)


def test_benchmarks_are_put_back_as_they_were(district):
    indicator = SickLeaveFactory(code="sykefravaer")
    text = "arstall;kvartal;tapte_dagsverk;mulige_dagsverk\n2025;3;600;10000\n2025;4;650;10000\n"
    row = Benchmark(indicator=indicator, group="norway", value=Decimal(5), source="for hånd")
    row.period = Period.quarter(2025, 3)
    row.save()
    batch = saved(source(district, "nav_country"), text)
    assert list(Benchmark.objects.order_by("period_start").values_list("value", flat=True)) == [6, Decimal("6.5")]
    back(batch)
    assert list(Benchmark.objects.values_list("value", "source")) == [(5, "for hånd")]
