"""Forms of one unit's task: done, or not needed here."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from crispy_forms.layout import Row
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from annualcycle.models import Task
from annualcycle.rules.finishing import Flaw, finish_flaws
from annualcycle.rules.kinds import Standing, TaskState
from common.punkt.layout import form_helper
from organisation.forms.fields import LineField, WhenField
from organisation.forms.versioned import VersionedForm

FLAWS: dict[Flaw, tuple[str, Promise]] = {
    Flaw.DAY_TO_COME: ("done_on", lazy("Dagen har ikke vært ennå. Skriv dagen det ble ferdig.")),
    Flaw.DAY_LONG_AGO: ("done_on", lazy("Dagen er mer enn et år før fristen. Sjekk årstallet.")),
    Flaw.NO_ADDRESS: (
        "product",
        lazy(
            "Skriv en adresse som begynner med https:// eller /, uten mellomrom. For eksempel «/rapportering/» eller «https://eksempel.no/plan»."
        ),
    ),
    Flaw.NAME_WITHOUT_PRODUCT: ("product", lazy("Lim inn lenken også, eller ta bort navnet på den.")),
    Flaw.NO_REASON: ("reason", lazy("Skriv hvorfor det ikke gjelder enheten. Én setning holder.")),
}
READ_BY_ALL = lazy("Én setning holder. Alle ansatte i bydelen kan lese den. Ikke skriv navn.")
WHAT_CAME = lazy("Lenke til det som kom ut av det")
OF_WHAT_CAME = lazy("For eksempel til planen eller referatet. Den må begynne med https:// eller /.")
STATES: dict[TaskState, Promise] = {
    TaskState.OPEN: lazy("Ikke gjort"),
    TaskState.DONE: lazy("Ferdig"),
    TaskState.NOT_NEEDED: lazy("Gjelder ikke"),
}
STANDINGS: dict[Standing, Promise] = {
    Standing.DONE: lazy("Ferdig"),
    Standing.UNDER_WAY: lazy("Pågår"),
    Standing.LATE: lazy("Over frist"),
    Standing.COMING: lazy("Kommer"),
}


class Refusable(forms.Form):
    """A form that shows what a service refuses beside its fields."""

    def add_flaws(self, flaws: Iterable[Flaw]) -> None:
        for flaw in flaws:
            name, text = FLAWS[flaw]
            self.add_error(name if name in self.fields else None, str(text))


class FinishForm(VersionedForm, Refusable):
    """The day it was done, and what came of it."""

    done_on = WhenField(label=lazy("Når ble det ferdig?"))
    product = LineField(label=WHAT_CAME, longest=500, required=False, help_text=OF_WHAT_CAME)
    product_name = LineField(label=lazy("Hva er det?"), longest=120, required=False, help_text=lazy("For eksempel «Årsplan 2026»."))
    note = LineField(
        label=lazy("Merknad"), longest=300, required=False, help_text=lazy("Alle ansatte i bydelen kan lese den. Ikke skriv navn.")
    )

    def __init__(self, data: Any = None, *, task: Task, today: date, back: str) -> None:
        given = {name: getattr(task, name) for name in ("product", "product_name", "note", "version")}
        if task.state == TaskState.NOT_NEEDED:
            given["note"] = ""
        super().__init__(data, initial=given | {"done_on": task.done_on or today})
        self.due_on, self.today = task.activity.due_on, today
        label = _("Lagre endringene") if task.state == TaskState.DONE else _("Merk som ferdig")
        self.helper = form_helper(label, back, "version", Row("done_on"), "product", "product_name", "note")

    def clean(self) -> dict[str, Any]:
        """What cannot be read hides nothing that is wrong elsewhere; with all of it read, the service looks."""
        found = super().clean() or {}
        if self.errors:
            texts = {name: found.get(name, "").strip() for name in ("product", "product_name")}
            flaws = finish_flaws(done_on=found.get("done_on") or self.today, due_on=self.due_on, today=self.today, **texts)
            self.add_flaws([flaw for flaw in flaws if FLAWS[flaw][0] not in self.errors])
        return found


class AsideForm(VersionedForm, Refusable):
    """Why it does not concern the unit."""

    reason = LineField(
        label=lazy("Hvorfor gjelder det ikke enheten?"),
        longest=300,
        help_text=READ_BY_ALL,
        error_messages={"required": FLAWS[Flaw.NO_REASON][1]},
    )

    def __init__(self, data: Any = None, *, task: Task, back: str) -> None:
        super().__init__(data, initial={"version": task.version})
        self.helper = form_helper(_("Lagre"), back, "version", "reason")


class ManyForm(Refusable):
    """Several units at once: which ones, the day, and what came of it for them all."""

    done_on = WhenField(label=lazy("Ferdig den"))
    product = LineField(label=WHAT_CAME, longest=500, required=False, help_text=OF_WHAT_CAME)
    product_name = LineField(label=lazy("Hva er det?"), longest=120, required=False)
    unit = forms.TypedMultipleChoiceField(
        label=lazy("Enhet"),
        coerce=int,
        error_messages={
            "required": lazy("Velg minst én enhet."),
            "invalid_choice": lazy("En av enhetene er ikke lenger å velge. Se over listen, og prøv igjen."),
        },
    )

    def __init__(self, data: Any = None, *, units: Iterable[int], today: date) -> None:
        super().__init__(data, initial={"done_on": today}, auto_id="mange_%s")
        for name in ("done_on", "product", "product_name"):
            self.fields[name].widget.attrs["class"] = "pkt-input"
        self.fields["unit"].choices = [(str(unit_id), "") for unit_id in units]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> set[int]:
        """The ticks as they were sent, to be shown again."""
        sent = self.data.getlist("unit") if hasattr(self.data, "getlist") else []
        return {int(value) for value in sent if value.isascii() and value.isdigit() and len(value) < 16}
