"""Profiles and sources: how a system's files are read, and when they are expected."""

import re
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import F

from imports.models import Profile, Source
from imports.rules.profile import ProfileError, load_profile
from organisation.models import User
from organisation.services import audit


class StaleVersion(Exception):
    """Somebody has changed it since it was read."""


class CodeTaken(Exception):
    """Another one has the code, or the folder."""


class OtherKind(Exception):
    """Sources use the profile, and their files are of another kind."""


_CODE = re.compile(r"[a-z0-9][a-z0-9_\-]{0,39}")
_LONGEST_NAME = 120


def _faults(code: str, name: str) -> list[tuple[str, str, str]]:
    """What stands in addresses and tables has a form of its own."""
    found = [] if _CODE.fullmatch(code) else [("code", "not_a_code", code[:80])]
    return found if len(name) <= _LONGEST_NAME else [*found, ("name", "too_long", name[:80])]


@transaction.atomic
def save_profile(*, profile: Profile | None, version: int, definition: Mapping[str, object], actor: User | None) -> Profile:
    """A new profile, or another definition of one. Raises ProfileError with every fault, CodeTaken, OtherKind, StaleVersion."""
    loaded = load_profile(definition)
    if faults := _faults(loaded.code, loaded.name):
        raise ProfileError(faults)
    fields = {"name": loaded.name, "kind": loaded.kind.value, "definition": dict(definition)}
    if profile is None:
        try:
            with transaction.atomic():
                profile = Profile.objects.create(code=loaded.code, **fields)
        except IntegrityError as error:
            raise CodeTaken from error
    else:
        if loaded.code != profile.code:
            raise CodeTaken
        if loaded.kind.value != profile.kind and profile.sources.exists():
            raise OtherKind
        if not Profile.objects.filter(pk=profile.pk, version=version).update(version=F("version") + 1, **fields):
            raise StaleVersion
        profile.refresh_from_db()
    audit.record(actor=actor, action="import.profile_saved", target=profile, details={"name": profile.name, "code": profile.code})
    return profile


@transaction.atomic
def save_source(*, source: Source | None, version: int, fields: Mapping[str, object], actor: User | None) -> Source:
    """A new source, or another name, profile or day of one. Raises CodeTaken, StaleVersion."""
    try:
        with transaction.atomic():
            if source is None:
                source = Source.objects.create(**fields)
            elif not Source.objects.filter(pk=source.pk, version=version).update(version=F("version") + 1, **fields):
                raise StaleVersion
    except IntegrityError as error:
        raise CodeTaken from error
    source.refresh_from_db()
    audit.record(actor=actor, action="import.source_saved", target=source, unit=source.district_id, details={"name": source.name})
    return source
