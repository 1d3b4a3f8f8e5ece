"""Ids and codes of another district in the body of a form: they do not exist, and nothing is written."""

import pytest
from django.urls import reverse

from common.periods import Period
from organisation.models import AuditEntry, RoleAssignment, ServiceSite, Unit, UploadedTable
from organisation.rules.access import Role
from organisation.services import uploads
from scorecard.models import AcceptedDeviation, Measurement, PlacedIndicator, Scorecard, Snapshot, Target
from scorecard.rules.lifecycle import State
from tests.factories.organisation import UserFactory, person
from tests.factories.scorecard import FocusAreaFactory, PlacedIndicatorFactory, ScorecardFactory, SuccessFactorFactory, TargetFactory
from tests.security.conftest import NOW, TODAY, as_role, signed_in

pytestmark = pytest.mark.django_db


def draft_of(place, year: int = 2027) -> Scorecard:
    card = ScorecardFactory.create(unit=place.top, year=year, state=State.DRAFT)
    factor = SuccessFactorFactory(area=FocusAreaFactory(scorecard=card))
    PlacedIndicatorFactory(factor=factor, indicator=place.sick)
    return card


def parts_of(card: Scorecard) -> dict[str, int]:
    placed = PlacedIndicator.objects.get(factor__area__scorecard=card)
    return {"area": placed.factor.area_id, "factor": placed.factor_id, "placed": placed.pk}


@pytest.mark.parametrize("kind", ["area", "factor", "placed"])
def test_parts_of_a_card_are_found_on_their_own_card_only(home, away, kind):
    ours, theirs = draft_of(home), draft_of(away)
    admin = as_role(Role.ADMINISTRATOR, home.top)

    def remove(pk: int) -> int:
        address = reverse("scorecard:setup_remove", args=[home.top.code, 2027, kind, pk])
        return admin.post(address, {"version": Scorecard.objects.get(pk=ours.pk).version}).status_code

    assert remove(parts_of(theirs)[kind]) == 404
    assert parts_of(theirs)[kind]
    assert remove(parts_of(ours)[kind]) == 302
    assert not PlacedIndicator.objects.filter(factor__area__scorecard=ours).exists()


def test_a_placed_indicator_is_put_under_no_factor_of_another_card(home, away):
    ours, theirs = draft_of(home), draft_of(away)
    admin = as_role(Role.ADMINISTRATOR, home.top)
    address = reverse("scorecard:setup_place", args=[home.top.code, 2027, parts_of(ours)["placed"]])
    fields = {"weight": "10", "version": ours.version}

    refused = admin.post(address, fields | {"factor": parts_of(theirs)["factor"]})
    assert refused.status_code == 422
    assert parts_of(ours)["factor"] != parts_of(theirs)["factor"]
    assert admin.post(address, fields | {"factor": parts_of(ours)["factor"]}).status_code == 302


def test_weights_of_another_card_are_not_changed(home, away):
    ours, theirs = draft_of(home), draft_of(away)
    admin = as_role(Role.ADMINISTRATOR, home.top)
    address = reverse("scorecard:setup_weights", args=[home.top.code, 2027])
    mine, other = parts_of(ours)["placed"], parts_of(theirs)["placed"]
    before = PlacedIndicator.objects.get(pk=other).weight

    admin.post(address, {"version": ours.version, f"weight-{mine}": "40", f"weight-{other}": "60"})

    assert PlacedIndicator.objects.get(pk=mine).weight == 40
    assert PlacedIndicator.objects.get(pk=other).weight == before


def test_a_new_card_is_made_for_no_unit_and_from_no_card_of_another_district(home, away):
    admin = as_role(Role.ADMINISTRATOR, home.top)
    address = reverse("scorecard:setup_new")
    for fields in ({"unit": away.top.pk, "source": ""}, {"unit": home.top.pk, "source": away.card.pk}):
        assert admin.post(address, {"year": "2028", "title": "", **fields}).status_code == 422
    assert not Scorecard.objects.filter(year=2028).exists()

    assert admin.post(address, {"year": "2028", "title": "", "unit": home.top.pk, "source": ""}).status_code == 302


def test_a_proposed_target_is_decided_in_its_own_district_only(home, away):
    waiting = TargetFactory(indicator=away.sick, unit=away.north, confirmed=False, recorded_by=UserFactory(), valid_from=TODAY)
    for role, name in ((Role.ADMINISTRATOR, "scorecard:target_decide"), (Role.DIRECTOR, "scorecard:setup_decide")):
        address = reverse(name, args=[waiting.pk])
        assert as_role(role, home.top).post(address, {"version": waiting.version}).status_code == 404
        assert as_role(Role.UNIT_LEADER, away.north).post(address, {"version": waiting.version}).status_code == 404
    assert not Target.objects.get(pk=waiting.pk).confirmed

    address = reverse("scorecard:setup_decide", args=[waiting.pk])
    assert as_role(Role.DIRECTOR, away.top).post(address, {"version": waiting.version}).status_code == 302
    assert Target.objects.get(pk=waiting.pk).confirmed


def test_an_acceptance_is_ended_at_its_own_place_only(home, away):
    fields = {"reason": "Ombygging", "valid_from": TODAY, "valid_to": TODAY.replace(year=2027), "recorded_at": NOW}
    row = AcceptedDeviation.objects.create(indicator=away.sick, unit=away.north, agreed_by=UserFactory(), **fields)
    director = as_role(Role.DIRECTOR, home.top)
    for unit in (home.north, away.north):
        address = reverse("scorecard:acceptance_end", args=[unit.code, "sykefravaer", row.pk])
        assert director.post(address).status_code == 404
    assert AcceptedDeviation.objects.filter(pk=row.pk).exists()

    address = reverse("scorecard:acceptance_end", args=[away.north.code, "sykefravaer", row.pk])
    assert as_role(Role.DIRECTOR, away.top).post(address).status_code == 302
    assert not AcceptedDeviation.objects.filter(pk=row.pk).exists()


def test_a_snapshot_is_read_and_withdrawn_in_its_own_district_only(home, away):
    content = {"unit": "x", "year": 2026, "headline": "Hemmelig overskrift", "remarks": [], "areas": []}
    fields = {"title": "Hemmelig tittel", "comment": "", "content": content, "published_at": NOW, "published_by": UserFactory()}
    shot = Snapshot(scorecard=away.card, unit=away.top, **fields)
    shot.period = Period.tertial(2026, 1)
    shot.save()
    address = reverse("scorecard:snapshot", args=[shot.pk])
    assert "Hemmelig overskrift" in as_role(Role.POLITICIAN, away.top).get(address).text

    for role in (Role.POLITICIAN, Role.DIRECTOR, Role.ADMINISTRATOR):
        client = as_role(role, home.top)
        assert client.get(address).status_code == 404
        assert client.get(reverse("scorecard:snapshot_export", args=[shot.pk])).status_code == 404
        assert client.post(reverse("scorecard:snapshot_withdraw", args=[shot.pk]), {"reason": "x"}).status_code == 404
        assert "Hemmelig tittel" not in client.get(reverse("scorecard:snapshots")).text


def test_pasted_figures_of_another_unit_are_neither_stored_nor_compared(home, away):
    leader = as_role(Role.UNIT_LEADER, home.north)
    address = reverse("scorecard:values_paste", args=[home.north.code])
    before = list(Measurement.objects.filter(unit__in=[away.north, home.south]).values_list("pk", "value", "version"))
    assert before

    def pasted(code: str) -> str:
        text = f"Enhetskode;Indikator;Periode;Teller;Nevner\n{code};sykefravaer;2026-09;1;1000"
        return leader.post(address, {"text": text, "do": "save", "reason": "x", "digest": ""}).text

    assert "11,7" in pasted(home.north.code)
    for code in (away.north.code, home.south.code):
        page = pasted(code)
        assert "11,7" not in page
        assert "6,3" not in page

    assert list(Measurement.objects.filter(unit__in=[away.north, home.south]).values_list("pk", "value", "version")) == before


def test_a_grid_sent_with_another_units_fields_changes_nothing_there(home, away):
    leader = as_role(Role.UNIT_LEADER, home.north)
    address = reverse("scorecard:values", args=[home.north.code]) + "?periode=2026-08"
    before = list(Measurement.objects.exclude(unit=home.north).values_list("pk", "version"))
    fields = {}
    for unit in (away.north, home.south, home.top, home.north):
        key = f"{home.sick.pk}-{unit.pk}"
        fields |= {f"{key}-numerator": "1", f"{key}-denominator": "1000", f"{key}-quality": "final", f"{key}-seen": "", f"{key}-note": ""}

    assert leader.post(address, fields).status_code == 302

    assert Measurement.objects.filter(unit=home.north).count() == 2
    assert list(Measurement.objects.exclude(unit=home.north).values_list("pk", "version")) == before


def test_sites_cost_centres_roles_and_uploads_of_others_do_not_exist(home, away):
    admin = as_role(Role.ADMINISTRATOR, home.top)
    theirs = ServiceSite.objects.create(unit=away.north, name="Huset", valid_from=TODAY.replace(month=1))
    ours = ServiceSite.objects.create(unit=home.north, name="Huset", valid_from=TODAY.replace(month=1))
    for unit in (home.north, away.north):
        assert admin.get(reverse("organisation:site_end", args=[unit.code, theirs.pk])).status_code == 404
    assert admin.get(reverse("organisation:site_end", args=[home.north.code, ours.pk])).status_code == 200

    row = RoleAssignment.objects.create(user=UserFactory(), role=Role.UNIT_LEADER, unit=away.north, valid_from=TODAY)
    mine = person(Role.UNIT_LEADER, home.north)
    for name in ("role_end", "role_deputy"):
        for owner in (row.user_id, mine.pk):
            assert admin.get(reverse(f"organisation:{name}", args=[owner, row.pk])).status_code == 404
    answer = admin.post(
        reverse("organisation:person_handover", args=[mine.pk]), {"roles": [row.pk], "receiver": row.user.email, "on": TODAY}
    )
    assert answer.status_code == 422
    for name in ("person", "person_edit", "person_deactivate", "role_new", "person_handover"):
        assert admin.get(reverse(f"organisation:{name}", args=[row.user_id])).status_code == 404

    kept = uploads.keep(kind=UploadedTable.Kind.UNITS, file_name="a.csv", rows=[["a"]], actor=person(Role.ADMINISTRATOR, home.top), now=NOW)
    assert admin.get(reverse("organisation:import_check", args=[kept.pk])).status_code == 404


def test_roles_are_given_in_reached_units_only(home, away):
    admin = as_role(Role.ADMINISTRATOR, home.top)
    target = person(Role.EMPLOYEE, home.north)
    address = reverse("organisation:role_new", args=[target.pk])
    fields = {"role": "director", "valid_from": "09.10.2026", "valid_to": ""}
    for code in (away.top.code, away.north.code):
        assert admin.post(address, fields | {"unit": code}).status_code == 422
    assert admin.post(address, fields | {"unit": home.top.code}).status_code == 302
    assert target.assignments.filter(role="director", unit=home.top).exists()


@pytest.mark.parametrize("role", [Role.UNIT_LEADER, Role.DIRECTOR, Role.CONTROLLER, Role.QUALITY, Role.AUDITOR, Role.HR])
def test_nobody_but_an_administrator_changes_people_and_units(home, role):
    user = person(role, home.top)
    client = signed_in(user)
    before = (RoleAssignment.objects.count(), Unit.objects.count(), AuditEntry.objects.count())
    assert as_role(Role.ADMINISTRATOR, home.top).get(reverse("organisation:role_new", args=[user.pk])).status_code == 200
    before = (RoleAssignment.objects.count(), *before[1:])
    fields = {"role": "administrator", "unit": home.top.code, "valid_from": "09.10.2026"}
    for address in (
        reverse("organisation:role_new", args=[user.pk]),
        reverse("organisation:person_edit", args=[user.pk]),
        reverse("organisation:person_new"),
        reverse("organisation:people_import"),
        reverse("organisation:unit_new"),
        reverse("organisation:unit_close", args=[home.north.code]),
    ):
        assert client.post(address, fields).status_code == 404
    assert (RoleAssignment.objects.count(), Unit.objects.count(), AuditEntry.objects.count()) == before


def test_more_fields_than_the_form_has_change_nothing_more(home):
    admin = as_role(Role.ADMINISTRATOR, home.top)
    target = person(Role.EMPLOYEE, home.north)
    fields = {"name": "Nytt Navn", "email": target.email, "version": target.version}
    more = {"is_superuser": "on", "is_staff": "on", "is_active": "", "password": "x", "pk": "1", "id": "1"}

    assert admin.post(reverse("organisation:person_edit", args=[target.pk]), fields | more).status_code == 302

    before = (target.password, target.is_active, target.pk)
    target.refresh_from_db()
    assert (target.password, target.is_active, target.pk) == before
    assert target.name == "Nytt Navn"
    assert not getattr(target, "is_superuser", False)
