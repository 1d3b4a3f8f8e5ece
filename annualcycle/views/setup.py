"""Setting up a year: its activities by month, and one of them at a time."""

from collections.abc import Callable
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from annualcycle.forms.activities import ActivityForm
from annualcycle.forms.wording import PROBLEMS, becomes, day_words, due_words, moved_words, rule_words, stays_words
from annualcycle.models import Activity
from annualcycle.queries.activities import activities_of, years_of
from annualcycle.queries.activity_page import units_under
from annualcycle.queries.report_days import in_year, month_of, report_days
from annualcycle.queries.standing import progress_of
from annualcycle.rules.kinds import DateRule, LinkKind, Scope
from annualcycle.services import activities as services
from annualcycle.services.defaults import install
from annualcycle.views.place import EDIT, Wheel, activity_or_404, own_district, tabs, wheel_or_404
from common import formats
from common.clock import today
from common.http import Request, posted_or_to
from organisation.forms.people import role_label
from organisation.models import Unit
from organisation.queries.access import Access
from organisation.queries.tree import tree_on
from organisation.views.pages import posted

BOTH = ["GET", "POST"]


@require_GET
def setup_index(request: Request) -> HttpResponse:
    """Leads to this year of one's own district."""
    return redirect("annualcycle:setup", own_district(request.access, EDIT).code, today().year)


@require_GET
def setup(request: Request, code: str, year: int) -> HttpResponse:
    """What the district does in the year, month by month."""
    wheel = wheel_or_404(request.access, EDIT, code, year)
    found = activities_of(wheel.district, year)
    years = years_of(wheel.district, today().year, today().year + 1, year)
    context = {
        "wheel": wheel,
        "months": _months(found, year),
        "count": sum(each.cancelled_at is None and not each.all_year for each in found),
        "all_year": sum(each.cancelled_at is None and each.all_year for each in found),
        "years": [(each, wheel.url("setup", year=each)) for each in years],
        "tabs": tabs(wheel, "setup"),
        "new_url": wheel.url("activity_new"),
        "usual_url": wheel.url("setup_usual"),
        "roll_url": wheel.url("roll"),
        "has_before": not found and year - 1 in years_of(wheel.district),
    }
    return render(request, "annualcycle/setup.html", context)


def _months(found: list[Activity], year: int) -> list[tuple[str, list[dict[str, Any]]]]:
    """By the days that are shown: what follows a report stands on the report's."""
    days = report_days(month_of(each) for each in found)
    of_report = {each.pk: in_year(days, month_of(each), year) for each in found}

    def shown(each: Activity) -> date:
        return of_report[each.pk] or each.due_on

    by_month = groupby(sorted(found, key=shown), lambda each: shown(each).month)
    return [(str(MONTHS[month]), [_line(each, of_report[each.pk]) for each in rows]) for month, rows in by_month]


def _line(activity: Activity, of_report: date | None) -> dict[str, Any]:
    who = {Scope.DISTRICT: _("Bydelen"), Scope.UNITS: _("Alle resultatenheter"), Scope.NONE: _("Ingen")}
    chosen = ", ".join(unit.code for unit in activity.units.all())
    is_of_report = activity.link_kind == LinkKind.REPORT
    day, follows = due_words(activity, activity.due_on, of_report)
    says_itself = is_of_report or (activity.rule == DateRule.FIXED and activity.fixed_on is None)
    return {
        "activity": activity,
        "day": day,
        # A fixed day says itself, and so does the one it was moved from.
        "rule": follows if says_itself else rule_words(activity),
        "moved": "" if is_of_report else moved_words(activity.rule_day, activity.due_on) or stays_words(activity, activity.due_on),
        "starts": day_words(activity.starts_on) if activity.starts_on else "",
        "responsible": role_label(activity.responsible),
        "who": who.get(Scope(activity.scope), chosen or _("Ingen enheter")),
    }


@posted_or_to("annualcycle:setup", "code", "year")
def setup_usual(request: Request, code: str, year: int) -> HttpResponse:
    """The usual year, into a wheel that is empty."""
    wheel = wheel_or_404(request.access, EDIT, code, year)
    added = install(district=wheel.district, year=year, actor=request.user, now=timezone.now())
    if added:
        messages.success(request, _("%(number)s aktiviteter er lagt inn. Se over dagene, og slett det dere ikke gjør.") % {"number": added})
    else:
        messages.error(request, _("Året har aktiviteter fra før. Ingenting er endret."))
    return redirect(wheel.url("setup"))


def _form(wheel: Wheel, data: Any, activity: Activity | None = None) -> ActivityForm:
    anchors = [each for each in activities_of(wheel.district, wheel.year) if each.cancelled_at is None or _is_anchor(each, activity)]
    return ActivityForm(data, year=wheel.year, anchors=anchors, units=_units(wheel), activity=activity)


def _is_anchor(other: Activity, activity: Activity | None) -> bool:
    return activity is not None and activity.anchor_id == other.pk


def _units(wheel: Wheel) -> list[Unit]:
    """Those that may get a task of their own: as they stand some day of the year."""
    days = (today().replace(year=wheel.year, month=1, day=1), today().replace(year=wheel.year, month=12, day=31))
    known = {unit_id for day in days for unit_id in tree_on(day).subtree(wheel.district.pk)}
    return list(Unit.objects.filter(pk__in=known).exclude(pk=wheel.district.pk))


def _attempt(form: ActivityForm, wheel: Wheel, act: Callable[[services.ActivityValues], object], activity: Activity | None = None) -> bool:
    """Does what a valid form asks for; everything that is wrong stands at its field at once, and nothing typed is lost."""
    if not form.is_valid():
        if form.is_bound:
            _look_for_more(form, wheel, activity)
        return False
    try:
        act(form.values())
    except services.ActivityRefused as refusal:
        form.add_refusal(refusal)
    except services.StaleVersion:
        form.add_error(None, _("Noen har endret aktiviteten etter at du åpnet siden. Det du skrev, står her. Se over og lagre på nytt."))
        form.refresh_version(_version(activity) if activity else 0)
    else:
        return True
    return False


def _look_for_more(form: ActivityForm, wheel: Wheel, activity: Activity | None) -> None:
    """What the rules have to say about the fields that are well filled in."""
    values = form.draft()
    if values is None:
        return
    try:
        services.placed(district=wheel.district, year=wheel.year, values=values, activity=activity)
    except services.ActivityRefused as refusal:
        form.add_refusal(refusal)


def _page(request: Request, wheel: Wheel, form: ActivityForm, title: str, activity: Activity | None = None) -> HttpResponse:
    """The form; asked for the day alone, it says the day and saves nothing."""
    context = {
        "form": form,
        "title": title,
        "wheel": wheel,
        "activity": activity,
        "crumbs": wheel.crumbs((title, "")),
        "back": wheel.url("setup"),
        "day_url": wheel.url("activity_day"),
        "day": _day_so_far(wheel, form, activity) if form.is_bound else becomes(activity.rule_day, activity.due_on) if activity else "",
    }
    if request.POST.get("do") == "day":
        form.forget_the_rest()
    return render(request, "annualcycle/activity_form.html", context, status=422 if form.errors else 200)


def _day_so_far(wheel: Wheel, form: ActivityForm, activity: Activity | None = None) -> str:
    """The day that what is filled in gives, in words; why it gives none; nothing where it is not all there yet."""
    form.is_valid()
    values = form.day_values()
    if values is None:
        return form.day_problem()
    try:
        days = services.placed(district=wheel.district, year=wheel.year, values=values, activity=activity)
    except services.ActivityRefused as refusal:
        field, problem = refusal.problems[0]
        # What is not filled in yet is no mistake.
        return "" if getattr(values, field) is None else str(PROBLEMS[problem])
    return becomes(days.rule_day, days.due_on)


@require_http_methods(BOTH)
def activity_new(request: Request, code: str, year: int) -> HttpResponse:
    """One more activity."""
    wheel = wheel_or_404(request.access, EDIT, code, year)
    form = _form(wheel, posted(request))

    def make(values: services.ActivityValues) -> None:
        sent = form.cleaned_data["form"]
        services.create(district=wheel.district, year=year, values=values, actor=request.user, now=timezone.now(), form=sent)

    if request.POST.get("do") != "day" and _attempt(form, wheel, make):
        messages.success(request, _("Aktiviteten er lagt til."))
        return redirect(wheel.url("setup"))
    return _page(request, wheel, form, _("Ny aktivitet"))


@require_http_methods(BOTH)
def activity_edit(request: Request, pk: int) -> HttpResponse:
    """Everything about one activity."""
    activity = activity_or_404(request, pk)
    wheel = Wheel(activity.district, activity.year)
    form, before = _form(wheel, posted(request), activity), activity.due_on

    def save(values: services.ActivityValues) -> None:
        version = form.cleaned_data["version"]
        row = services.change(activity=activity, values=values, version=version, actor=request.user, now=timezone.now())
        messages.success(request, _saved_words(request.access, row, before))

    if request.POST.get("do") != "day" and _attempt(form, wheel, save, activity):
        return redirect(wheel.url("setup"))
    return _page(request, wheel, form, activity.title, activity)


def _saved_words(access: Access, row: Activity, before: date) -> str:
    """What was saved; a day that has moved into the past says for how many that is too late."""
    said = _("Aktiviteten er lagret.")
    if row.due_on == before or row.due_on >= today():
        return said
    progress = progress_of([row], access=access, unit_ids=units_under(row))[row.pk]
    left = progress.total - progress.done
    if not left:
        return said
    words = _("Fristen er nå %(day)s, og er passert.")
    if progress.total > 1:
        words = ngettext(
            "Fristen er nå %(day)s, og én enhet er over fristen.", "Fristen er nå %(day)s, og %(n)s enheter er over fristen.", left
        )
    return f"{said} {words % {'day': day_words(row.due_on), 'n': formats.count_word(left)}}"


def _version(activity: Activity) -> int:
    activity.refresh_from_db(fields=["version"])
    return activity.version


@posted_or_to("annualcycle:activity_new", "code", "year")
def activity_day(request: Request, code: str, year: int) -> HttpResponse:
    """The day that what is filled in so far would give, as one line for the page."""
    wheel = wheel_or_404(request.access, EDIT, code, year)
    form = _form(wheel, request.POST)
    return render(request, "annualcycle/_day.html", {"day": _day_so_far(wheel, form)})
