"""Characters that no database and no file system takes: an address or a form with them is refused, never a failure."""

from itertools import product
from urllib.parse import quote

import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from alna.access import PAGES
from organisation.rules.access import Role
from tests.factories.organisation import RoleAssignmentFactory, person
from tests.security.conftest import signed_in

pytestmark = pytest.mark.django_db

# A browser cannot send a lone surrogate, but a script can send the bytes that would be one.
BAD = {"nul": "%00", "surrogate": "%ED%A0%80", "half": "%C3", "long": "a" * 5000, "up": "..%2F..", "rtl": quote("\u202e402")}
GIVEN = {"year": "2026", "pk": "1", "kind": "area", "form": "csv", "period": "2026-09", "month": "2026-09", "code": "sykefravaer"}
QUERY = (
    *("enhet", "aar", "kjent", "mal", "vis", "sorter", "dato", "q", "rolle", "etter", "hvem", "handling", "fra", "til", "sok", "side"),
    *("periode", "rytme", "indikator", "omrade", "enheter", "leser", "faktor", "under", "bekreftet", "format", "next"),
)


def addresses(patterns: list, prefix: str = ""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or ''}", dict(pattern.pattern.converters)


OURS = [(name, arguments) for name, arguments in addresses(get_resolver().url_patterns) if name in PAGES]


def address_of(name: str, arguments: dict, given: dict) -> str:
    chosen = {key: given.get(key, GIVEN.get(key, "1")) for key in arguments}
    chosen |= {key: {"file": "csv"}.get(str(converter.regex), value) for key, value in chosen.items() for converter in (arguments[key],)}
    for kind in (chosen, chosen | {"kind": "csv"}):
        try:
            return reverse(name, kwargs=kind)
        except NoReverseMatch:
            continue
    raise AssertionError(name)


@pytest.fixture
def everybody(home):
    """One person with every right of the district, so that no gate hides a failure."""
    user = person(Role.ADMINISTRATOR, home.top)
    for role in (Role.DIRECTOR, Role.UNIT_LEADER, Role.CONTROLLER, Role.QUALITY):
        RoleAssignmentFactory(user=user, role=role, unit=home.top)
    client = signed_in(user)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("bad", BAD.values(), ids=list(BAD))
def test_no_address_fails_for_its_characters(everybody, home, bad, short_refusals):
    failed, tried = {}, 0
    for name, arguments in OURS:
        for changed, converter in arguments.items():
            if type(converter).__name__ != "StringConverter":
                continue
            mark = "zzzz"
            address = address_of(name, arguments, {"unit_code": home.top.code, "target_unit": home.north.code, changed: mark})
            tried += 1
            # An address of a form alone leads to its page, and that is not there.
            status = everybody.get(address.replace(mark, bad), follow=True).status_code
            if status not in (404, 405):
                failed[name, changed] = status
    assert tried > 40
    assert failed == {}


def test_no_choice_in_an_address_fails_for_its_characters(everybody, home, short_refusals):
    failed, opened = {}, 0
    for name, arguments in OURS:
        address = address_of(name, arguments, {"unit_code": home.top.code, "target_unit": home.north.code})
        plain = everybody.get(address).status_code
        if plain != 200:
            continue
        opened += 1
        for (kind, bad), where in product(BAD.items(), (QUERY[:9], QUERY[9:18], QUERY[18:])):
            status = everybody.get(f"{address}?{'&'.join(f'{field}={bad}' for field in where)}").status_code
            if status >= 500:
                failed[name, kind, where] = status
    assert opened > 25
    assert failed == {}


def test_a_word_that_was_seen_before_a_confirmation_may_be_anything(everybody, home):
    address = reverse("organisation:unit_close", args=[home.north.code])
    answer = everybody.post(address, {"last_day": "31.12.2026", "confirm": "1", "token": "a\x00b"})
    assert answer.status_code == 422


def test_the_demonstration_signs_nobody_in_for_a_strange_address(everybody, settings):
    settings.ALNA_DEMO = True
    for address in ("a\x00b", "a" * 10_000, "%00", "' or 1=1 --"):
        assert everybody.post(reverse("demo_sign_in"), {"email": address}).status_code == 404


@pytest.mark.parametrize("field", ["login", "password"])
def test_the_sign_in_form_takes_anything(everybody, field):
    everybody.logout()
    for text in ("a\x00b@example.test", "a" * 100_000, "\u202e", "a@" + "b" * 300):
        answer = everybody.post(reverse("account_login"), {"login": "a@example.test", "password": "feil", field: text})
        assert answer.status_code == 200
    for text in ("a\x00b@example.test", "a" * 100_000):
        assert everybody.post(reverse("account_reset_password"), {"email": text}).status_code == 200
