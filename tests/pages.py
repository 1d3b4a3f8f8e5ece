"""A browser of one person, and what a response says: the words a person reads, or the markup, both with ordinary spaces."""

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client


def signed_in(user) -> Client:
    """A browser in which the person has signed in."""
    client = Client()
    client.force_login(user)
    return client


def text_of(response: HttpResponse) -> str:
    """The words of the page."""
    body = re.sub(r"<script.*?</script>", " ", response.content.decode(), flags=re.DOTALL)
    return _spaced(unescape(re.sub(r"<[^>]+>", " ", body)))


def markup_of(response: HttpResponse) -> str:
    """The page as it was sent."""
    return _spaced(response.content.decode())


def _spaced(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())
