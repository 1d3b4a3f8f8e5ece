"""The same year shown in other ways: wheel, month, roles, how it went."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from annualcycle.views.place import Wheel
from common.clock import today


def ways(wheel: Wheel, current: str, *, knows_progress: bool, month: int | None = None) -> list[dict[str, Any]]:
    """For components/tabs.html. The month is the present one where none is shown; how the year went is for those who see tasks."""
    day = today()
    number = month or (day.month if day.year == wheel.year else 1)
    shown = [
        ("wheel", _("Hjul og liste"), wheel.url("wheel")),
        ("month", _("Måned"), reverse("annualcycle:month", args=[wheel.district.code, wheel.year, number])),
        ("roles", _("Etter rolle"), wheel.url("roles")),
    ]
    if knows_progress:
        shown.append(("year_end", _("Slik gikk året"), wheel.url("year_end")))
    return [{"label": label, "url": url, "current": name == current} for name, label, url in shown]
