"""Every page a person of the demonstration may open, with real arguments, as the one table of addresses gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from actions.models import OPEN, Action
from alna.access import PAGES, Gate
from organisation.importing import samples
from organisation.models import CostCentre, RoleAssignment, ServiceSite, Unit, UploadedTable, User
from organisation.queries.access import Access, access_of
from organisation.rules.access import Permission
from scorecard.models import Benchmark, FocusArea, PlacedIndicator, Scorecard, Snapshot, SuccessFactor
from scorecard.rules.lifecycle import State
from tests.e2e import addresses_of_the_cycle as the_cycle
from tests.e2e import addresses_of_the_month as the_month
from tests.e2e.demonstration import TODAY, YEAR
from tests.factories.actions import ActionFactory

# These answer to a form only.
FORMS = {
    "set_language",
    "demo_sign_in",
    "actions:status",
    "notifications:again",
    "notifications:read_all",
    "notifications:read_one",
    "organisation:person_link",
    "organisation:person_reactivate",
    "scorecard:acceptance_end",
    "scorecard:library_take_back",
    "scorecard:setup_decide",
    "scorecard:setup_lock",
    "scorecard:setup_move",
    "scorecard:setup_propose",
    "scorecard:setup_publish",
    "scorecard:setup_return",
    "scorecard:setup_unpublish",
    "scorecard:target_confirm",
    "scorecard:target_decide",
}
FILES = {
    "healthz",
    "readyz",
    "actions:export",
    "scorecard:red_without_action_export",
    "organisation:audit_export",
    "organisation:people_export",
    "organisation:people_sample",
    "organisation:units_export",
    "organisation:units_sample",
    "overview:now_export",
    "scorecard:card_export",
    "scorecard:indicator_export",
    "scorecard:library_export",
    "scorecard:snapshot_export",
    "scorecard:target_export",
}
# Lead on to another page of the list.
LEADING_ON = {"actions:unit", "notifications:open", "scorecard:index", "scorecard:target_propose_mine"}
LEFT_OUT = FORMS | FILES | LEADING_ON | the_month.FORMS | the_month.FILES | the_month.LEADING_ON | the_month.ELSEWHERE
LEFT_OUT |= the_cycle.FORMS | the_cycle.FILES | the_cycle.LEADING_ON | the_cycle.ELSEWHERE
# Pages that show what is asked for, and nothing by themselves.
ASKING = {"imports:rows": "?ufordelt=1"}
ACCOUNT = ("account_change_password", "account_logout", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn")


@dataclass(frozen=True)
class Visit:
    """A name for the picture, and an address."""

    name: str
    address: str


def visits_of(user: User) -> list[Visit]:
    """In the order of the table; a page about an indicator with a shielded one and with an open one."""
    access = access_of(user, TODAY)
    unit = user.assignments.order_by("pk")[0].unit.code
    wanted = dict(_addresses(get_resolver().url_patterns))
    found = []
    for name, gate in PAGES.items():
        if name in LEFT_OUT | _without_for(unit, access) or not _may(access, gate):
            continue
        of_the_month = the_month.arguments_of_the_month(name, unit, access)
        if of_the_month is None:
            continue
        for code in ("sykefravaer", "okonomisk_resultat"):
            if name == "scorecard:value" and code == "sykefravaer" and not access.may(Permission.SEE_RESTRICTED):
                continue  # a shielded figure has no page of its own
            given = {"code": code, **_arguments(name, unit), **_of_the_organisation(name, unit, user), **of_the_month}
            given |= the_cycle.arguments_of_the_cycle(name)
            chosen = {argument: given[argument] for argument in wanted[name]}
            visit = Visit(
                f"{name.replace(':', '-')}-{code}"
                if "code" in wanted[name] and not name.startswith(("imports:", "annualcycle:"))
                else name.replace(":", "-"),
                reverse(name, kwargs=chosen) + ASKING.get(name, ""),
            )
            if visit not in found:
                found.append(visit)
    return found + [Visit(name, reverse(name)) for name in ACCOUNT]


def _without_for(unit: str, access: Access) -> set[str]:
    """What this person finds nothing at, though the table would let the person in."""
    without = set() if access.may(Permission.MANAGE_ORGANISATION) else {"organisation:import_check"}
    if access.may(Permission.SEE_PUBLISHED) and not access.may(Permission.SEE_SCORECARD):
        without.add("overview:home")  # leads a politician to what is published
    return without


def _addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        else:
            yield f"{prefix}{pattern.name or ''}", tuple(pattern.pattern.converters)


def _may(access: Access, gate: Permission | Gate) -> bool:
    return access.may(gate) if isinstance(gate, Permission) else gate in (Gate.PUBLIC, Gate.SIGNED_IN)


def _arguments(name: str, unit: str) -> dict[str, object]:
    """One real object for every kind of argument. Pages of set-up are tried on the draft of next year."""
    draft = Scorecard.objects.get(unit__code="alna", state=State.DRAFT)
    area = FocusArea.objects.filter(scorecard=draft)[0]
    factor = SuccessFactor.objects.filter(area=area)[0]
    keys = {
        "area": area.pk,
        "remove": area.pk,
        "factor": factor.pk,
        "arrows": factor.pk,
        "place": PlacedIndicator.objects.filter(factor=factor)[0].pk,
        "snapshot": Snapshot.objects.all()[0].pk,
    }
    setting_up = name.startswith(("scorecard:setup_", "scorecard:target")) and "propose" not in name
    return {
        "unit_code": "alna" if setting_up else unit,
        "target_unit": "alna" if "withdraw" in name else "402",
        "year": draft.year if setting_up else YEAR,
        "kind": "area",
        "form": "csv",
        "period": f"{YEAR}-08",
        "action_id": _action(unit),
        "pk": next((key for word, key in keys.items() if word in name), 0),
    }


def _action(unit):
    """An open action of the unit, or made for the walk."""
    found = Action.objects.filter(status__in=OPEN, unit__code=unit).order_by("pk").first()
    made = found or ActionFactory(unit=Unit.objects.get(code=unit), owner=RoleAssignment.objects.filter(unit__code=unit)[0].user)
    return int(made.pk)


def _of_the_organisation(name: str, unit: str, user: User) -> dict[str, object]:
    """Pages of people are about somebody within reach, those of units about one that has something of everything."""
    other = RoleAssignment.objects.filter(unit__code="402" if unit == "alna" else unit, deputy_for=None).exclude(user=user)[0]
    found: dict[str, object] = {"person_id": other.user_id, "assignment_id": other.pk}
    if name.startswith(("organisation:site", "organisation:cost", "organisation:unit", "organisation:staffing")):
        found |= {
            "unit_code": "101",
            "site_id": ServiceSite.objects.filter(unit__code="101")[0].pk,
            "centre_id": CostCentre.objects.filter(unit__code="101")[0].pk,
        }
    if name == "organisation:import_check":
        found["upload_id"] = _uploaded(user)
    if name == "scorecard:library_benchmark":
        found |= {"code": "sykefravaer", "pk": Benchmark.objects.filter(indicator__code="sykefravaer")[0].pk}
    return found


def _uploaded(user: User) -> int:
    table, _ = UploadedTable.objects.get_or_create(
        kind=UploadedTable.Kind.UNITS,
        file_name="enheter.csv",
        rows=[samples.heads(UploadedTable.Kind.UNITS), ["503", "Ungdomstjenesten", "Resultatenhet", "alna", "01.01.2026", "12,5"]],
        uploaded_by=user,
        defaults={"uploaded_at": timezone.now()},
    )
    return int(table.pk)
