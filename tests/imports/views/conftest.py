"""A district with two units and a ledger source, the people around it, and a browser for each. It is 9 October 2026."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from imports.models import Batch, Source
from organisation.models import CostCentre, Unit
from organisation.queries.tree import mark_changed
from organisation.rules.access import Role
from tests.factories.imports import ProfileFactory, SourceFactory, ubw_file
from tests.factories.organisation import EPOCH, DistrictFactory, UnitFactory, person

IMPORT = "/administrasjon/import/"
ROWS = (("402100", "10101", "100,00"), ("402100", "10201", "50,00"), ("301100", "10101", "30,00"))
GOOD = ubw_file(*ROWS, total="180,00")
WRONG_SUM = ubw_file(*ROWS, total="185,00")
UNKNOWN = ubw_file(*ROWS, ("402150", "10101", "20,00"), total="200,00")


@dataclass
class World:
    district: Unit
    homecare: Unit
    nav: Unit
    source: Source
    sick_leave: Source
    sign_in: Callable[[Role], Client]
    neighbour: Client

    def upload(self, client, content, name="okonomi.csv", **more):
        data = {"source": self.source.code, "period": "", "file": SimpleUploadedFile(name, content), **more}
        return client.post(f"{IMPORT}ny/", data)

    def batch(self, client: Client, content: bytes, name: str = "okonomi.csv", **more: str) -> Batch:
        assert self.upload(client, content, name, **more).status_code == 302
        return Batch.objects.latest("pk")


def page_of(batch: Batch, rest: str = "") -> str:
    return f"{IMPORT}{batch.pk}/{rest}"


def statements(client: Client, url: str) -> int:
    """How many SQL statements a page costs once the process has the organisation in memory."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


@pytest.fixture
def world(db, settings):
    settings.ALNA_TODAY = date(2026, 10, 9)
    district = DistrictFactory(code="B1", name="Bydel Bekk")
    homecare = UnitFactory(code="402", name="Hjemmetjenesten", parent=district)
    nav = UnitFactory(code="301", name="NAV", parent=district)
    for unit in (homecare, nav):
        CostCentre.objects.create(unit=unit, code=f"{unit.code}100", valid_from=EPOCH)
    mark_changed()
    other = DistrictFactory(code="B2", name="Bydel Nabo")

    def sign_in(role, unit=district):
        client = Client()
        client.force_login(person(role, unit), backend="django.contrib.auth.backends.ModelBackend")
        return client

    hr = ProfileFactory(code="sick_leave_hr")
    return World(
        district=district,
        homecare=homecare,
        nav=nav,
        source=SourceFactory(code="okonomi", district=district),
        sick_leave=SourceFactory(code="hr", name="Sykefravær fra HR", kind="sick_leave", profile=hr, district=district),
        sign_in=sign_in,
        neighbour=sign_in(Role.CONTROLLER, other),
    )


@pytest.fixture
def controller(world: World) -> Client:
    return world.sign_in(Role.CONTROLLER)
