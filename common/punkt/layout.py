"""Parts of a crispy layout that know Punkt. The stock ones bring styles of another design system."""

from __future__ import annotations

from typing import Any

from crispy_forms.bootstrap import PrependedAppendedText
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from crispy_forms.utils import TEMPLATE_PACK
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class PunktSubmit:
    """A button that sends the form.

    `label` is what people read; `name` and `value` are what the server gets, and may be
    left out. `kind`: primary (one per page), secondary or tertiary. `icon`: a name of the sprite.
    """

    input_type = "submit"
    template = "punkt/layout/baseinput.html"

    def __init__(self, label: str, *, name: str = "", value: str = "1", kind: str = "primary", icon: str = "") -> None:
        """Only keyword arguments after the label: a button is easy to mix up."""
        self.label = label
        self.name = name
        self.value = value
        self.kind = kind
        self.icon = icon

    def render(self, form: Any, context: Context, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        """Called by crispy when the button stands inside a layout."""
        return SafeString(get_template(self.template).render({"input": self}))


class LinkButton(PunktSubmit):
    """A way out of the form, for example «Avbryt»: a link that looks like a quiet button."""

    input_type = "link"

    def __init__(self, label: str, url: str, *, kind: str = "tertiary", icon: str = "") -> None:
        """`url` is where it leads."""
        super().__init__(label, kind=kind, icon=icon)
        self.url = url


class Suffix(PrependedAppendedText):
    """A field with its unit after it: Suffix("sick_leave", "%")."""

    def __init__(self, field: str, text: str, **attrs: Any) -> None:
        """`text` is shown beside the field and is not part of the value."""
        super().__init__(field, appended_text=text, **attrs)


class Prefix(PrependedAppendedText):
    """A field with its unit before it: Prefix("amount", "kr")."""

    def __init__(self, field: str, text: str, **attrs: Any) -> None:
        """`text` is shown beside the field and is not part of the value."""
        super().__init__(field, prepended_text=text, **attrs)


def form_helper(label: str, back: str, *fields: object) -> FormHelper:
    """How a form on a page of its own is laid out: the fields, a button that saves and a way out."""
    made = FormHelper()
    made.layout = Layout(*fields)
    made.add_input(PunktSubmit(label))
    made.add_input(LinkButton(_("Avbryt"), back))
    return made
