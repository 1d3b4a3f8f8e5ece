"""The second template engine: tables of hundreds of cells."""

from typing import Any

from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined

from common.jinja import table_globals


def environment(**options: Any) -> Environment:
    """Autoescaped, strict about unknown names, with our translations."""
    # Autoescape is switched on in the settings.
    options |= {"extensions": ["jinja2.ext.i18n"], "undefined": StrictUndefined}
    made = Environment(**options, trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(table_globals())
    return made
