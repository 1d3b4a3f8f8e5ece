"""The errors of a form as one list, each with the field it belongs to."""

from __future__ import annotations

from typing import NamedTuple

from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.forms.widgets import CheckboxSelectMultiple, MultiWidget, RadioSelect
from django.utils.translation import gettext as _


class ErrorLine(NamedTuple):
    """`target` is the id of the field, "" for an error of the whole form."""

    target: str
    text: str


def error_lines(form: BaseForm | BaseFormSet[BaseForm]) -> list[ErrorLine]:
    """Every error, in the order of the fields; those of the whole form first."""
    if isinstance(form, BaseFormSet):
        return _of_formset(form)
    return _of_form(form, "")


def _of_formset(formset: BaseFormSet[BaseForm]) -> list[ErrorLine]:
    lines = [ErrorLine("", str(error)) for error in formset.non_form_errors()]
    for number, form in enumerate(formset.forms, start=1):
        row = getattr(form, "row_label", "") or _("Rad {number}").format(number=number)
        lines += _of_form(form, f"{row}, ")
    return lines


def _of_form(form: BaseForm, row: str) -> list[ErrorLine]:
    if not form.is_bound:
        return []
    lines = [ErrorLine("", f"{row}{error}") for error in form.non_field_errors()]
    for field in form:
        for error in field.errors:
            if field.is_hidden:
                lines.append(ErrorLine("", f"{row}{error}"))
            else:
                lines.append(ErrorLine(_target(field), f"{row}{_named(field)} {error}"))
    return lines


def _named(field: BoundField) -> str:
    """The label as the start of a sentence: a question keeps its own mark."""
    label = str(field.label)
    return label if label.endswith(("?", ":", ".")) else f"{label}:"


def _target(field: BoundField) -> str:
    """The id of what a person fills in: of a group, the first choice."""
    grouped = isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple | MultiWidget)
    return f"{field.auto_id}_0" if grouped else field.id_for_label or field.auto_id
