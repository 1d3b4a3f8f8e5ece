"""The same year shown in other ways: wheel, month, roles, how it went."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from annualcycle.views.narrowing import Narrowing
from common.clock import today


def ways(narrowing: Narrowing, current: str, *, knows_progress: bool, month: int | None = None) -> list[dict[str, Any]]:
    """For components/tabs.html. The month is the present one where none is shown; how the year went is for those who see tasks.

    What is chosen goes along, but for how the year went, which shows all units.
    """
    day, wheel, query = today(), narrowing.wheel, narrowing.query()
    number = month or (day.month if day.year == wheel.year else 1)
    shown = [
        ("wheel", _("Hjul og liste"), wheel.url("wheel") + query),
        ("month", _("Måned"), reverse("annualcycle:month", args=[wheel.district.code, wheel.year, number]) + query),
        ("roles", _("Etter rolle"), wheel.url("roles") + query),
    ]
    if knows_progress:
        shown.append(("year_end", _("Slik gikk året"), wheel.url("year_end")))
    return [{"label": label, "url": url, "current": name == current} for name, label, url in shown]
