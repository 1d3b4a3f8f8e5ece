"""How the tests of the director's pages come to them, and read them as people do."""

import re

from django.test import Client
from django.urls import reverse

from tests.factories.month import SEPTEMBER

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def address(world, name="approval", *more):
    return reverse(f"reporting:{name}", args=[world.district.code, SEPTEMBER, *more])


def page(world, user=None, query=""):
    response = signed_in(user or world.director).get(f"{address(world)}{query}")
    assert response.status_code == 200
    return plain(response)


def plain(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u00ad", ""))
