"""One filled demonstration for all tests of this folder; every test sees it and leaves it as it was."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from alna.demo.filling import fill
from tests.alna.demo.tables import TODAY


@pytest.fixture(scope="package", autouse=True)
def demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        fill(today=TODAY)
        yield
        transaction.set_rollback(True)
