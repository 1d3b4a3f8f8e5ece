"""A field asked for by its kind."""

import pytest
from django import forms

from organisation.forms.fields import LineField, PickField, field_of


class Asked(forms.Form):
    unit = PickField()
    name = LineField(longest=20)


def test_a_field_of_the_form_is_given_as_its_kind():
    form = Asked()

    field_of(form, "unit", PickField).offer([("402", "Hjemmetjenesten")], "Velg enhet")

    assert form.fields["unit"].choices == [("", "Velg enhet"), ("402", "Hjemmetjenesten")]
    assert Asked().fields["unit"].choices == []


def test_another_kind_is_refused():
    with pytest.raises(TypeError, match="name is a LineField, not a PickField"):
        field_of(Asked(), "name", PickField)
