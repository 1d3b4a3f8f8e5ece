"""The form of an activity: what is kept, what is refused and where, and the day before it is saved."""

from datetime import date

import pytest

from annualcycle.models import Activity, Task
from annualcycle.rules.kinds import DateRule, LinkKind
from tests.annualcycle.setting_up import PLAN
from tests.factories.cycle import ActivityFactory
from tests.factories.organisation import DistrictFactory, UnitFactory
from tests.pages import markup_of, text_of

pytestmark = pytest.mark.django_db


def test_a_new_activity_is_saved_with_its_tasks(world, admin):
    answer = admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN, follow=True)
    assert "Aktiviteten er lagt til." in text_of(answer)
    activity = Activity.objects.get()
    assert (activity.title, activity.due_on, activity.lead_days) == ("Årsplan levert", date(2026, 2, 27), [14, 3])
    assert Task.objects.count() == 2


def test_a_form_sent_twice_makes_one_activity_and_two_forms_make_two(world, admin):
    path = "/styringshjul/alna/2026/oppsett/ny/"
    first, second = (str(admin.get(path).context["form"]["form"].value()) for _ in range(2))
    assert f'name="form" value="{first}"' in markup_of(admin.post(path, PLAN | {"form": first, "title": ""}))
    for form in (first, first, second):
        assert admin.post(path, PLAN | {"form": form}).status_code == 302
    assert Activity.objects.count() == 2


@pytest.mark.parametrize(
    "more, field, words",
    [
        ({"day": "30"}, "day", "Den dagen finnes ikke i måneden."),
        ({"day": "32"}, "day", "Skriv et helt tall fra 1 til 31."),
        ({"day": "første"}, "day", "Skriv et helt tall fra 1 til 31."),
        ({"month": ""}, "month", "Velg en måned."),
        ({"month": "13"}, "month", "Velg fra listen."),
        ({"rule": "week", "week_number": "6", "weekday": "0"}, "week_number", "Velg fra listen."),
        ({"rule": "week", "week_number": "", "weekday": "0"}, "week_number", "Velg første til fjerde, eller siste."),
        ({"rule": "week", "week_number": "1"}, "weekday", "Velg en ukedag."),
        ({"rule": "workday"}, "workday_number", "Velg en arbeidsdag fra listen."),
        ({"rule": "relative", "offset_days": "3"}, "anchor", "Velg aktiviteten dagen regnes fra."),
        ({"start_month": "3", "start_day": "1"}, "start_day", "Den begynner etter fristen."),
        ({"start_month": "2", "start_day": "30"}, "start_day", "Den dagen finnes ikke i måneden."),
        ({"fixed_on": "01.02.2027"}, "fixed_on", "Datoen er i et annet år enn hjulet."),
        ({"scope": "chosen"}, "units", "Velg minst én enhet, eller la alle få oppgaven."),
        ({"link_kind": "report"}, "report_month", "Velg hvilken det gjelder."),
        ({"link_kind": "scorecard"}, "scorecard_year", "Velg hvilken det gjelder."),
        ({"lead_days": "14, ti"}, "lead_days", "Skriv høyst seks hele tall fra 0 til 120 med komma mellom, for eksempel 14, 3."),
        ({"lead_days": "1,2,3,4,5,6,7"}, "lead_days", "Skriv høyst seks hele tall fra 0 til 120"),
        ({"title": " "}, "title", "Fyll ut"),
        ({"responsible": ""}, "responsible", "Velg «Ansvarlig»."),
        ({"responsible": "konge"}, "responsible", "Velg fra listen."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(world, admin, more, field, words):
    answer = admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | {"description": "Fra felles mal"} | more)
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert words in str(errors[field])
    assert "Fra felles mal" in markup_of(answer)
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    "sent, fields",
    [
        (dict.fromkeys(("title", "short", "responsible", "month", "day"), ""), {"title", "short", "responsible", "month", "day"}),
        ({"rule": "relative"}, {"anchor", "offset_days"}),
        (
            {"lead_days": "ti", "day": "30", "scope": "chosen", "link_kind": "report", "minutes": "mange", "short": "x" * 29},
            {"lead_days", "day", "units", "report_month", "minutes", "short"},
        ),
        ({"lead_days": "ti", "fixed_on": "01.02.2027", "start_day": "tull"}, {"lead_days", "fixed_on", "start_day"}),
    ],
)
def test_everything_that_is_wrong_is_said_at_once(world, admin, sent, fields):
    answer = admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | sent)
    assert set(answer.context["form"].errors) == fields
    assert all(len(errors) == 1 for errors in answer.context["form"].errors.values())
    assert not Activity.objects.exists()


def test_a_short_name_that_is_too_long_is_not_cut_by_the_browser(world, admin):
    assert "maxlength" not in str(admin.get("/styringshjul/alna/2026/oppsett/ny/").context["form"]["short"])


def test_a_day_moved_into_the_past_says_for_how_many_that_is_too_late(world, admin):
    admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | {"month": "11"})
    path = f"/styringshjul/oppsett/aktivitet/{Activity.objects.get().pk}/"
    answer = admin.post(path, PLAN | {"month": "11", "version": "1", "fixed_on": "15.09.2026"}, follow=True)
    assert "Fristen er nå tirsdag 15. september, og to enheter er over fristen." in text_of(answer)
    again = admin.post(path, PLAN | {"month": "11", "version": "2", "fixed_on": "15.09.2026", "title": "Ny"}, follow=True)
    assert "over fristen" not in text_of(again)


def test_a_unit_of_another_district_is_not_on_the_list(world, admin):
    stranger = UnitFactory(parent=DistrictFactory())
    answer = admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | {"scope": "chosen", "units": [world.unit.pk, stranger.pk]})
    assert list(answer.context["form"].errors) == ["units"]
    assert stranger.name not in markup_of(admin.get("/styringshjul/alna/2026/oppsett/ny/"))
    assert not Activity.objects.exists()


def test_what_the_rule_does_not_ask_for_is_not_read(world, admin):
    answer = admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | {"rule": "month", "day": "tull", "week_number": "9", "anchor": "77"})
    assert answer.status_code == 302
    activity = Activity.objects.get()
    assert (activity.rule, activity.month, activity.day, activity.number) == (DateRule.MONTH, 2, None, None)


def test_a_day_that_counts_from_another_before_it_in_working_days(world, admin):
    anchor = ActivityFactory(district=world.district, due_on=date(2026, 4, 7))
    more = {"rule": "relative", "anchor": str(anchor.pk), "offset_days": "1", "direction": "before", "offset_in_workdays": "on"}
    admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | more)
    activity = Activity.objects.get(title="Årsplan levert")
    assert (activity.offset, activity.offset_in_workdays, activity.due_on) == (-1, True, date(2026, 4, 1))
    page = text_of(admin.get("/styringshjul/alna/2026/oppsett/"))
    assert f"1 arbeidsdag før {anchor.title}" in page


def test_the_form_of_an_activity_holds_everything_and_saves_it_as_it_was(world, admin):
    anchor = ActivityFactory(district=world.district, due_on=date(2026, 4, 7))
    more = {
        "rule": "relative",
        "anchor": str(anchor.pk),
        "offset_days": "3",
        "direction": "before",
        "scope": "chosen",
        "units": [str(world.unit.pk)],
        "participants": ["hr", "director"],
        "minutes": "45",
        "escalate_after": "2",
        "is_public": "on",
        "link_kind": "report",
        "report_month": "2025-12-01",
        "start_month": "3",
        "start_day": "1",
        "all_year": "on",
    }
    admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | more)
    before = Activity.objects.get(title="Årsplan levert")
    path = f"/styringshjul/oppsett/aktivitet/{before.pk}/"
    form = admin.get(path).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert admin.post(path, {name: value for name, value in sent.items() if value not in (None, False)} | {"do": "save"}).status_code == 302
    after = Activity.objects.get(pk=before.pk)
    same = [field.attname for field in Activity._meta.concrete_fields if field.name != "version"]
    assert {name: getattr(after, name) for name in same} == {name: getattr(before, name) for name in same}
    assert (after.link_kind, after.link_period, after.offset) == (LinkKind.REPORT, date(2025, 12, 1), -3)
    assert list(after.units.all()) == [world.unit]


def test_a_circle_is_refused_at_the_anchor(world, admin):
    admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN)
    first = Activity.objects.get()
    after = {"rule": "relative", "offset_days": "3"}
    admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | after | {"title": "Etterpå", "anchor": str(first.pk)})
    second = Activity.objects.get(title="Etterpå")
    answer = admin.post(f"/styringshjul/oppsett/aktivitet/{first.pk}/", PLAN | after | {"version": "1", "anchor": str(second.pk)})
    assert "ellers går de i ring" in str(answer.context["form"].errors["anchor"])
    first.refresh_from_db()
    assert first.rule == DateRule.FIXED


def test_what_follows_and_would_leave_the_year_is_named(world, admin):
    admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN)
    first = Activity.objects.get()
    after = {"rule": "relative", "offset_days": "30", "title": "Etterpå", "anchor": str(first.pk)}
    admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | after)
    answer = admin.post(f"/styringshjul/oppsett/aktivitet/{first.pk}/", PLAN | {"version": "1", "month": "12", "day": "15"})
    assert "«Etterpå» regner sin dag fra denne" in str(answer.context["form"].errors["rule"])


def test_the_second_of_two_keeps_what_was_typed_and_saves_on_the_next_try(world, admin):
    admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN)
    path = f"/styringshjul/oppsett/aktivitet/{Activity.objects.get().pk}/"
    admin.post(path, PLAN | {"version": "1", "title": "Først"})
    answer = admin.post(path, PLAN | {"version": "1", "title": "Sist"})
    assert answer.status_code == 422
    assert "Noen har endret aktiviteten" in text_of(answer)
    assert answer.context["form"]["title"].value() == "Sist"
    assert admin.post(path, PLAN | {"version": str(answer.context["form"]["version"].value()), "title": "Sist"}).status_code == 302
    assert Activity.objects.get().title == "Sist"


@pytest.mark.parametrize(
    "more, words",
    [
        ({}, "Blir fredag 27. februar 2026. Flyttet fra lørdag 28. februar."),
        ({"month": "5", "day": "25"}, "Blir fredag 22. mai 2026. Flyttet fra 25. mai, andre pinsedag."),
        ({"month": "5", "day": "16"}, "Blir fredag 15. mai 2026. Flyttet fra lørdag 16. mai."),
        ({"month": "3", "day": "15", "moves": "stays"}, "Blir søndag 15. mars 2026."),
        ({"day": "30"}, "Den dagen finnes ikke i måneden."),
        ({"day": ""}, "Fyll ut feltene, så står dagen her."),
        ({"day": "abc"}, "Dag: Skriv et helt tall fra 1 til 31."),
        ({"rule": ""}, "Fyll ut feltene, så står dagen her."),
    ],
)
def test_the_day_is_said_before_it_is_saved(world, admin, more, words):
    # Nothing but the day is filled in yet.
    sent = {name: value for name, value in PLAN.items() if name in ("rule", "month", "day", "moves")} | more
    assert text_of(admin.post("/styringshjul/alna/2026/oppsett/dagen/", sent)).startswith(words)
    assert not Activity.objects.exists()


def test_two_holidays_on_one_day_are_both_named(world, admin):
    sent = {"rule": "fixed", "month": "5", "day": "17", "moves": "before"}
    assert "Flyttet fra 17. mai, andre pinsedag og grunnlovsdagen." in text_of(admin.post("/styringshjul/alna/2027/oppsett/dagen/", sent))


def test_the_day_is_said_without_a_script_too(world, admin):
    answer = admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | {"do": "day"})
    assert "Blir fredag 27. februar 2026. Flyttet fra lørdag 28. februar." in text_of(answer)
    wrong = admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | {"do": "day", "day": "30", "title": ""})
    assert "Den dagen finnes ikke i måneden." in text_of(wrong)
    unread = admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | {"do": "day", "day": "tretti", "title": ""})
    assert (unread.status_code, list(unread.context["form"].errors)) == (422, ["day"])
    # The day stands there when something else is wrong, too.
    assert "Blir fredag 27. februar 2026." in text_of(admin.post("/styringshjul/alna/2026/oppsett/ny/", PLAN | {"title": ""}))
    assert not Activity.objects.exists()
