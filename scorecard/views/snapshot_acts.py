"""Publishing a snapshot, and taking one back: for those who approve scorecards."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.clock import today
from common.http import Request
from common.periods import InvalidPeriod, Period
from organisation.models import Unit
from organisation.rules.access import Permission
from scorecard.forms.snapshots import PublishForm, WithdrawForm
from scorecard.models import Scorecard
from scorecard.queries.masking import WIDE_KINDS
from scorecard.queries.snapshots import content_of, periods_to_publish, unsure_in
from scorecard.queries.structure import scorecard_for
from scorecard.services.snapshots import NotPublishable, Unconfirmed, card_to_publish, publish_snapshot, withdraw_snapshot
from scorecard.views.card_choices import card_url
from scorecard.views.card_reading import YEARS
from scorecard.views.snapshots import snapshot_or_404


@require_http_methods(["GET", "POST"])
def snapshot_publish(request: Request, unit_code: str, year: int) -> HttpResponse:
    """The form with a list of every figure that is not final. Sent with «Vis tallene» it only shows them for another period."""
    unit, scorecard, periods = _to_publish(request, unit_code, year)
    period = _chosen(request, periods)
    unsure = unsure_in(content_of(card_to_publish(unit=unit, period=period, today=today()))) if period else []
    initial = {"period": period.code if period else "", "title": _("Målekart %(year)s, %(unit)s") % {"year": year, "unit": unit.name}}
    data = request.POST if request.method == "POST" else None
    form = PublishForm(data, initial=initial, periods=periods, asks_confirmation=bool(unsure))
    if data is not None and form.is_valid() and period is not None:
        published = _published(request, form, scorecard, unit, period)
        if published is not None:
            return redirect("scorecard:snapshot", published)
    crumbs = [(_("Målekart"), card_url(unit_code, year)), (_("Publiser resultater"), "")]
    context = {"form": form, "unit": unit, "year": year, "unsure": unsure, "period": period, "periods": periods, "crumbs": crumbs}
    return render(request, "scorecard/snapshots/publish.html", context, status=422 if form.errors else 200)


def _to_publish(request: Request, unit_code: str, year: int) -> tuple[Unit, Scorecard, list[Period]]:
    """Raises Http404 where there is nothing this person could publish."""
    node = request.access.tree.by_code.get(unit_code)
    if node is None or year not in YEARS or not request.access.may_in(Permission.APPROVE_SCORECARD, node.id):
        raise Http404
    scorecard = scorecard_for(node.id, year)
    if scorecard is None or node.kind not in WIDE_KINDS:
        raise Http404
    return Unit.objects.get(pk=node.id), scorecard, periods_to_publish(year, today())


def _chosen(request: Request, periods: list[Period]) -> Period | None:
    """The period asked for, else the newest one that is over."""
    typed = request.POST.get("period") or request.GET.get("periode") or ""
    try:
        period = Period.parse(typed)
    except InvalidPeriod:
        period = None
    return period if period in periods else next(iter(periods), None)


def _published(request: Request, form: PublishForm, scorecard: Scorecard, unit: Unit, period: Period) -> int | None:
    chosen: dict[str, Any] = form.cleaned_data
    try:
        snapshot = publish_snapshot(
            scorecard=scorecard,
            unit=unit,
            period=period,
            title=chosen["title"],
            comment=chosen["comment"],
            confirmed=chosen.get("confirmed", False),
            actor=request.user,
            now=timezone.now(),
            today=today(),
        )
    except Unconfirmed:
        form.add_error("confirmed", _("Sett hake for at du har sett lista, eller vent til tallene er endelige."))
    except NotPublishable:
        form.add_error(None, _("Målekartet kan ikke publiseres nå. Se om det fortsatt gjelder, og om perioden er over."))
    else:
        messages.success(request, _("Resultatene er publisert. De endres ikke når tallene endres."))
        return snapshot.pk
    return None


@require_http_methods(["GET", "POST"])
def snapshot_withdraw(request: Request, pk: int) -> HttpResponse:
    """Asks why, and marks the snapshot as withdrawn. It stays readable."""
    snapshot = snapshot_or_404(request, Permission.APPROVE_SCORECARD, pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_snapshot(snapshot=snapshot, reason=form.cleaned_data["reason"], actor=request.user, now=timezone.now())
        messages.success(request, _("Resultatene er trukket tilbake. De kan fortsatt leses, med et merke om det."))
        return redirect("scorecard:snapshot", pk)
    crumbs = [(_("Publiserte resultater"), reverse("scorecard:snapshots")), (snapshot.title, reverse("scorecard:snapshot", args=[pk]))]
    context = {"form": form, "snapshot": snapshot, "crumbs": [*crumbs, (_("Trekk tilbake"), "")]}
    return render(request, "scorecard/snapshots/withdraw.html", context, status=422 if form.errors else 200)
