"""Every address with every role: what the one table says is what happens."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from actions.models import Action
from alna.access import PAGES, Gate, gate_of
from annualcycle.services.feeds import create
from organisation.models import RoleAssignment, Unit, User
from organisation.queries.access import access_of
from organisation.rules.access import TABLE, Permission, Role
from scorecard.models import FocusArea, PlacedIndicator, Scorecard, Snapshot, SuccessFactor
from scorecard.rules.lifecycle import State
from tests.factories.organisation import DistrictFactory, person

TODAY = date(2026, 10, 9)
pytestmark = pytest.mark.django_db


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """(view name, names of its arguments) of every address."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        else:
            yield f"{prefix}{pattern.name or ''}", tuple(pattern.pattern.converters)


ADDRESSES = sorted(set(addresses(get_resolver().url_patterns)))
OURS = [(name, arguments) for name, arguments in ADDRESSES if name in PAGES]


def test_every_address_is_in_the_table_and_every_line_of_the_table_is_an_address():
    # An address without a name has no line either, and is closed.
    assert [name for name, _ in ADDRESSES if name and gate_of(name) is None] == []
    assert gate_of("") is None
    assert set(PAGES) - {name for name, _ in ADDRESSES} == set()


def test_every_permission_is_asked_for_by_a_page_or_a_query():
    asked = {gate for gate in PAGES.values() if isinstance(gate, Permission)}
    # Shielded figures, targets and reports of one's own are decided inside pages, not by their addresses.
    assert set(Permission) - asked <= {
        Permission.SEE_RESTRICTED,
        Permission.MANAGE_ROLES,
        Permission.PROPOSE_TARGETS,
        Permission.SEE_REPORT,
        Permission.SEE_SICK_LEAVE_SPLIT,
        Permission.RETURN_REPORT,
        # Nobody opens a page by it: what is overdue below is told to those who hold it.
        Permission.FOLLOW_UP,
    }


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        call_command("demo", "--today", TODAY.isoformat(), verbosity=0)
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def arguments(demonstration) -> dict[str, object]:
    """One real object for every kind of argument; the draft of next year is what set-up pages are tried on."""
    draft = Scorecard.objects.get(unit__code="alna", state=State.DRAFT)
    area = FocusArea.objects.filter(scorecard=draft).first()
    return {
        "unit_code": "alna",
        "district": "alna",
        "target_unit": "alna",
        "year": 2026,
        "draft_year": draft.year,
        "code": "sykefravaer",
        "period": "2026-08",
        "month": date(2026, 9, 1),
        "form": "csv",
        "kind": "csv",
        "area": area.pk if area else 0,
        "factor": SuccessFactor.objects.filter(area=area).values_list("pk", flat=True)[0],
        "place": PlacedIndicator.objects.filter(factor__area=area).values_list("pk", flat=True)[0],
        "action_id": getattr(Action.objects.first(), "pk", 0),
        "snapshot": getattr(Snapshot.objects.first(), "pk", 0),
        "secret": create(user=someone(Role.DIRECTOR), unit=None, now=datetime(2026, 10, 9, 6, 0, tzinfo=UTC)),
    }


def someone(role: Role) -> User:
    """A person of the demonstration with this role and no other."""
    rows = RoleAssignment.objects.filter(role=role, deputy_for=None, valid_from__lte=TODAY).exclude(valid_to__lte=TODAY)
    for row in rows.select_related("user", "unit"):
        if row.user.assignments.count() == 1:
            return row.user
    return person(role, Unit.objects.get(code="alna"))


def address_of(name: str, wanted: tuple[str, ...], given: dict[str, object]) -> str:
    chosen = {argument: given.get(argument, 0) for argument in wanted}
    if "setup_" in name and "year" in chosen:
        chosen["year"] = given["draft_year"]
    if "pk" in chosen:
        chosen["pk"] = next((given[word] for word in ("area", "factor", "place", "snapshot") if word in name), 0)
    if name in ("scorecard:setup_move", "scorecard:setup_remove"):
        chosen["kind"] = "area"
    return reverse(name, kwargs=chosen)


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_a_role_opens_what_the_table_gives_it_and_nothing_else(role, arguments, settings, short_refusals):
    settings.ALNA_TODAY = TODAY
    client = Client()
    user = someone(role)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    access = access_of(user, TODAY)
    opened, closed, wrong = 0, 0, []

    for name, wanted in OURS:
        gate = PAGES[name]
        if gate in (Gate.DEMO, Gate.DEBUG) or name == "set_language":
            continue
        status = client.get(address_of(name, wanted, arguments)).status_code
        allowed = not isinstance(gate, Permission) or access.may(gate)
        if not allowed:
            closed += 1
            if status != 404:
                wrong.append((name, status))
        elif not wanted:
            opened += 1
            if status not in (200, 302, 405):
                wrong.append((name, status))
        elif status >= 500:
            wrong.append((name, status))

    assert wrong == []
    assert opened >= 6
    assert closed >= 5


def test_nobody_opens_anything_but_public_pages_without_signing_in(arguments, settings):
    settings.ALNA_TODAY = TODAY
    client = Client()
    for name, wanted in OURS:
        response = client.get(address_of(name, wanted, arguments))
        if PAGES[name] is Gate.PUBLIC:
            assert response.status_code in (200, 405) or name == "set_language", name
        elif PAGES[name] in (Gate.DEMO, Gate.DEBUG):
            assert response.status_code == 404, name
        else:
            assert response.status_code == 302, name
            assert "/konto/login/" in response["Location"], name


@pytest.mark.parametrize("role", [role for role in Role if TABLE[role]], ids=lambda role: role.value)
def test_a_person_of_another_district_finds_nothing_of_this_one(role, arguments, settings, short_refusals):
    settings.ALNA_TODAY = TODAY
    client = Client()
    client.force_login(person(role, DistrictFactory()), backend="django.contrib.auth.backends.ModelBackend")
    found = [
        name
        for name, wanted in OURS
        if "unit_code" in wanted and client.get(address_of(name, wanted, arguments)).status_code not in (404, 405)
    ]
    assert found == []


def test_a_session_that_was_idle_too_long_has_ended(client, settings, arguments):
    settings.ALNA_TODAY = TODAY
    user = someone(Role.DIRECTOR)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/bydelen-na/").status_code == 200
    session = client.session
    session["seen_at"] -= settings.SESSION_IDLE_MINUTES_SENSITIVE * 60 + 61
    session.save()

    assert client.get("/bydelen-na/").status_code == 302


def test_a_director_without_a_second_factor_comes_no_further_where_it_is_required(client, settings, arguments):
    settings.ALNA_TODAY, settings.MFA_REQUIRED = TODAY, True
    client.force_login(someone(Role.DIRECTOR), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/bydelen-na/")["Location"] == reverse("mfa_index")

    client.force_login(someone(Role.EMPLOYEE), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/").status_code == 200


def test_an_expired_deputy_may_nothing(client, settings, arguments):
    settings.ALNA_TODAY = TODAY
    unit = Unit.objects.get(code="402")
    deputy = person(Role.EMPLOYEE, Unit.objects.get(code="401"))
    leader = RoleAssignment.objects.filter(unit=unit, role=Role.UNIT_LEADER).first().user
    row = RoleAssignment.objects.create(
        user=deputy, role=Role.UNIT_LEADER, unit=unit, valid_from=date(2026, 9, 1), valid_to=TODAY, deputy_for=leader
    )
    client.force_login(deputy, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/malekart/verdier/402/").status_code == 200

    row.valid_to = date(2026, 10, 8)
    row.save()

    assert client.get("/malekart/verdier/402/").status_code == 404
