"""Profiles read out loud, changed as files, and the sources that use them."""

import json

import pytest
from django.test import Client

from imports.models import Profile, Source
from organisation.models import Unit
from organisation.rules.access import Role
from tests.factories.imports import ProfileFactory, SourceFactory
from tests.factories.organisation import RoleAssignmentFactory, person
from tests.imports.views.conftest import GOOD, IMPORT
from tests.pages import markup_of, text_of

PROFILES = f"{IMPORT}profiler/"


@pytest.fixture
def admin(world):
    return world.sign_in(Role.ADMINISTRATOR)


def test_a_profile_is_told_in_words_and_given_as_a_file(world, admin):
    page = text_of(admin.get(f"{PROFILES}ubw/"))
    file = json.loads(admin.get(f"{PROFILES}ubw/fil/").content)

    assert "fra januar til og med perioden" in page
    assert "Kostnadssted" in page
    assert file == Profile.objects.get(code="ubw").definition


def test_every_fault_is_listed_and_what_was_written_stays(world, admin):
    before = Profile.objects.get(code="ubw")
    text = json.dumps({**before.definition, "encoding": "klingon", "columns": {"konto": ["Konto"]}})
    answer = admin.post(f"{PROFILES}ubw/endre/", {"version": before.version, "text": text})

    assert answer.status_code == 422
    page = text_of(answer)
    assert "encoding: «klingon» er ikke et gyldig valg." in page
    assert "columns.konto: Slike filer har ikke dette feltet." in page
    assert "klingon" in markup_of(answer).split("<textarea")[1]
    assert Profile.objects.get(code="ubw").definition == before.definition


def test_what_is_not_json_is_told_with_its_place(world, admin):
    answer = admin.post(f"{PROFILES}ny/", {"text": '{"code": '})

    assert answer.status_code == 422
    assert "Dette er ikke JSON. Se på linje 1, tegn 10." in text_of(answer)


@pytest.mark.parametrize(
    "text",
    [r'{"code": "a\u0000"}', r'{"code": "\ud800"}', '{"unit": NaN}', "[1, 2]", "7"],
    ids=["nul", "surrogate", "nan", "list", "number"],
)
def test_what_no_database_keeps_is_refused(world, admin, text):
    assert admin.post(f"{PROFILES}ny/", {"text": text}).status_code == 422


def test_two_people_do_not_undo_each_other(world, admin):
    profile = Profile.objects.get(code="ubw")
    fields = {"version": profile.version, "text": json.dumps({**profile.definition, "name": "UBW ny"})}

    assert admin.post(f"{PROFILES}ubw/endre/", fields).status_code == 302
    late = admin.post(f"{PROFILES}ubw/endre/", {**fields, "text": json.dumps({**profile.definition, "name": "UBW sen"})})

    assert late.status_code == 422
    assert "Noen har endret profilen" in text_of(late)
    assert Profile.objects.get(code="ubw").name == "UBW ny"


def test_only_whoever_sets_rules_changes_profiles(world):
    director = world.sign_in(Role.DIRECTOR)

    assert director.get(f"{PROFILES}ubw/").status_code == 200
    assert director.get(f"{PROFILES}ubw/endre/").status_code == 404
    assert director.get(f"{IMPORT}kilder/okonomi/").status_code == 404


def test_a_new_source_has_its_folder_and_takes_files(world, admin, controller):
    profile = Profile.objects.get(code="ubw")
    fields = {"name": "Regnskap", "code": "regnskap", "profile": profile.pk, "expected_workday": "7", "is_active": "on"}

    assert admin.post(f"{IMPORT}kilder/ny/", fields).status_code == 302
    source = Source.objects.get(code="regnskap")

    assert (source.folder, source.kind, source.district) == ("regnskap", "economy", world.district)
    assert world.upload(controller, GOOD, source="regnskap").status_code == 302


def test_a_source_of_another_district_does_not_exist(world):
    assert world.neighbour.get(f"{IMPORT}kilder/okonomi/").status_code == 404


@pytest.mark.parametrize("code", ["Økonomi", "../inn", "a b", "regn.skap"])
def test_a_code_that_is_no_name_of_a_folder_is_refused(world, admin, code):
    fields = {"name": "Regnskap", "code": code, "profile": Profile.objects.get(code="ubw").pk}
    assert admin.post(f"{IMPORT}kilder/ny/", fields).status_code == 422
    text = json.dumps({**Profile.objects.get(code="ubw").definition, "code": code})
    assert "små bokstaver" in text_of(admin.post(f"{PROFILES}ny/", {"text": text}))
    assert admin.get(PROFILES).status_code == 200


def test_a_code_in_use_is_refused(world, admin):
    fields = {"name": "Regnskap", "code": "okonomi", "profile": Profile.objects.get(code="ubw").pk}
    answer = admin.post(f"{IMPORT}kilder/ny/", fields)

    assert answer.status_code == 422
    assert "Koden er i bruk. Velg en annen." in text_of(answer)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.CONTROLLER])
def test_a_profile_is_changed_only_by_whoever_sets_the_rules_of_all_that_use_it(world, admin, role):
    """Of another district: read as before, rewritten not; and where two districts share it, neither alone rewrites it."""
    other = Unit.objects.get(code="B2")
    theirs = world.sign_in(role, other)
    profile = Profile.objects.get(code="ubw")
    sent = {"version": profile.version, "text": json.dumps({**profile.definition, "name": "Vår nå"})}
    edit = f"{PROFILES}ubw/endre/"

    assert theirs.get(edit).status_code == theirs.post(edit, sent).status_code == 404
    page = theirs.get(f"{PROFILES}ubw/")
    assert page.status_code == theirs.get(f"{PROFILES}ubw/fil/").status_code == 200
    assert edit not in markup_of(page)
    assert edit in markup_of(admin.get(f"{PROFILES}ubw/"))
    assert admin.get(edit).status_code == 200

    SourceFactory(code="nabo", district=other, is_active=False)
    for client in (theirs, admin):
        assert client.get(edit).status_code == client.post(edit, sent).status_code == 404
        assert edit not in markup_of(client.get(f"{PROFILES}ubw/"))
    assert Profile.objects.get(code="ubw").definition == profile.definition


def test_whoever_sets_the_rules_of_both_districts_changes_what_both_use(world):
    other = Unit.objects.get(code="B2")
    SourceFactory(code="nabo", district=other)
    both = person(Role.ADMINISTRATOR, world.district)
    RoleAssignmentFactory(user=both, unit=other, role=Role.ADMINISTRATOR)
    client = Client()
    client.force_login(both, backend="django.contrib.auth.backends.ModelBackend")
    profile = Profile.objects.get(code="ubw")
    sent = {"version": profile.version, "text": json.dumps({**profile.definition, "name": "Felles"})}
    assert client.post(f"{PROFILES}ubw/endre/", sent).status_code == 302
    assert Profile.objects.get(code="ubw").name == "Felles"


def test_a_profile_that_nothing_uses_is_anybodys_who_sets_rules(world):
    ProfileFactory(code="saft")
    theirs = world.sign_in(Role.ADMINISTRATOR, Unit.objects.get(code="B2"))
    assert theirs.get(f"{PROFILES}saft/endre/").status_code == 200
    assert f"{PROFILES}saft/endre/" in markup_of(theirs.get(f"{PROFILES}saft/"))
    assert world.sign_in(Role.DIRECTOR).get(f"{PROFILES}saft/endre/").status_code == 404
