"""How files are read: profiles in words and as files, and the sources that use them."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.clock import today
from common.http import Request, download
from imports.forms import profile_words as words
from imports.forms.sources import ProfileForm, SourceForm
from imports.models import Profile, Source
from imports.rules.profile import ProfileError, load_profile
from imports.rules.schedule import expected_file
from imports.services import profiles as services
from imports.views.framing import crumbs, reach_of
from organisation.models import Unit
from organisation.rules.access import Permission
from scorecard.views.framing import renew_version

BOTH = ["GET", "POST"]


@require_GET
def profiles(request: Request) -> HttpResponse:
    """Every profile, and which sources use it."""
    rows = Profile.objects.prefetch_related("sources")
    may_edit = request.access.may(Permission.EDIT_RULES)
    sources = reach_of(request).sources().order_by("name")
    context = {"rows": rows, "sources": sources, "may_edit": may_edit, "crumbs": crumbs((_("Profiler og kilder"), ""))}
    return render(request, "imports/profiles.html", context)


def _profile_or_404(code: str) -> Profile:
    profile = Profile.objects.filter(code=code).first() if "\x00" not in code else None
    if profile is None:
        raise Http404
    return profile


@require_GET
def profile(request: Request, code: str) -> HttpResponse:
    """A profile read out loud."""
    row = _profile_or_404(code)
    try:
        loaded = load_profile(row.definition)
    except ProfileError as error:
        told, columns, faults = [], [], [words.fault(*each) for each in error.faults]
    else:
        told, columns, faults = words.told(loaded), words.columns(loaded), []
    context = {
        "profile": row,
        "about": row.definition.get("about", ""),
        "told": told,
        "columns": columns,
        "faults": faults,
        "may_edit": reach_of(request).may_edit(row),
        "crumbs": crumbs((_("Profiler og kilder"), reverse("imports:profiles")), (row.name, "")),
    }
    return render(request, "imports/profile.html", context)


@require_GET
def profile_file(_request: Request, code: str) -> HttpResponse:
    """The profile as the file that the command takes, too."""
    row = _profile_or_404(code)
    return download(_as_text(row).encode(), f"{row.code}.json", "application/json")


def _as_text(row: Profile) -> str:
    return json.dumps(row.definition, ensure_ascii=False, indent=2) + "\n"


@require_http_methods(BOTH)
def profile_edit(request: Request, code: str = "") -> HttpResponse:
    """A new profile, or another definition; every fault is listed, and what was written stays."""
    row = _profile_or_404(code) if code else None
    if row and not reach_of(request).may_edit(row):
        raise Http404
    initial = {"version": row.version, "text": _as_text(row)} if row else {}
    sent = request.method == "POST"
    form = ProfileForm(request.POST if sent else None, request.FILES if sent else None, initial=initial)
    if sent and form.is_valid() and (saved := _saved(request, form, row)):
        messages.success(request, _("Profilen «%(name)s» er lagret.") % {"name": saved.name})
        return redirect("imports:profile", saved.code)
    title = _("Endre %(name)s") % {"name": row.name} if row else _("Ny profil")
    context = {"form": form, "title": title, "crumbs": crumbs((_("Profiler og kilder"), reverse("imports:profiles")), (title, ""))}
    return render(request, "imports/form.html", {**context, "back": reverse("imports:profiles")}, status=422 if form.errors else 200)


def _saved(request: Request, form: ProfileForm, row: Profile | None) -> Profile | None:
    wanted = form.cleaned_data
    name = "file" if wanted.get("file") else "text"
    try:
        return services.save_profile(profile=row, version=wanted["version"] or 0, definition=wanted["definition"], actor=request.user)
    except ProfileError as error:
        for each in error.faults:
            form.add_error(name, words.fault(*each))
    except services.CodeTaken:
        form.add_error(name, _("Koden må være «%(code)s».") % {"code": row.code} if row else _("Koden er i bruk. Velg en annen."))
    except services.OtherKind:
        form.add_error(name, _("Kilder bruker profilen, så den kan ikke bli for en annen slags filer."))
    except services.StaleVersion:
        form.add_error(None, _("Noen har endret profilen etter at du åpnet siden. Det du skrev, står her. Se over og lagre på nytt."))
        renew_version(form, Profile.objects.values_list("version", flat=True).get(code=row.code if row else ""))
    return None


@require_http_methods(BOTH)
def source(request: Request, code: str = "") -> HttpResponse:
    """A new source, or another profile or day of one."""
    row = reach_of(request).sources().filter(code=code).first() if code else None
    if code and row is None:
        raise Http404
    known = {str(profile.pk): profile for profile in Profile.objects.all()}
    names = ("version", "name", "expected_workday", "saves_by_itself", "is_active")
    initial = {**{name: getattr(row, name) for name in names}, "profile": str(row.profile_id)} if row else {"is_active": True}
    form = SourceForm(
        request.POST if request.method == "POST" else None, profiles=list(known.values()), is_new=row is None, initial=initial
    )
    if request.method == "POST" and form.is_valid() and _source_saved(request, form, row, known):
        messages.success(request, _("Kilden er lagret."))
        return redirect("imports:profiles")
    title = row.name if row else _("Ny kilde")
    context = {"form": form, "title": title, "crumbs": crumbs((_("Profiler og kilder"), reverse("imports:profiles")), (title, ""))}
    return render(request, "imports/form.html", {**context, "back": reverse("imports:profiles")}, status=422 if form.errors else 200)


def _source_saved(request: Request, form: SourceForm, row: Source | None, known: dict[str, Profile]) -> bool:
    wanted: dict[str, Any] = dict(form.cleaned_data)
    version = wanted.pop("version") or 0
    chosen = known[wanted["profile"]]
    fields = {**wanted, "profile": chosen, "kind": chosen.kind}
    if row is None:
        first_month = expected_file(wanted["expected_workday"] or 1, today()).month
        fields |= {"folder": wanted["code"], "district": _district(request), "first_month": first_month}
    try:
        services.save_source(source=row, version=version, fields=fields, actor=request.user)
    except services.CodeTaken:
        form.add_error("code" if row is None else None, _("Koden er i bruk. Velg en annen."))
    except services.StaleVersion:
        form.add_error(None, _("Noen har endret kilden etter at du åpnet siden. Det du skrev, står her. Se over og lagre på nytt."))
        renew_version(form, Source.objects.values_list("version", flat=True).get(pk=row.pk if row else 0))
    else:
        return True
    return False


def _district(request: Request) -> Unit:
    """The district whose set-up the person changes."""
    access = request.access
    reached = access.unit_ids(Permission.EDIT_RULES)
    unit_id = min(reached, key=lambda each: (access.tree.nodes[each].kind != Unit.Kind.DISTRICT, len(access.tree.path(each))))
    return Unit.objects.get(pk=unit_id)
