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


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\r", "\t", "\x07", "\x1b", "\x85", "\u2028", "\u2029"])
def test_a_line_is_one_line(sign):
    form = Asked({"unit": "402", "name": f"Bra{sign}Viktig"})
    field_of(form, "unit", PickField).offer([("402", "Hjemmetjenesten")])

    assert not form.is_valid()
    assert form.errors == {"name": ["Skriv det på én linje, uten linjeskift og tabulator."]}
    # What was typed stands in the form.
    assert "Viktig" in str(form["name"])


@pytest.mark.parametrize("name", ["Åse–Ærlig «æ»", "Natt\u00a0og dag", "👩‍⚕️ vakt", " Bra \n"])
def test_other_signs_stay_in_a_line(name):
    form = Asked({"unit": "402", "name": name})
    field_of(form, "unit", PickField).offer([("402", "Hjemmetjenesten")])

    assert form.is_valid()
    assert form.cleaned_data["name"] == name.strip()


def test_nul_has_words_of_its_own():
    assert "NUL" in str(Asked({"name": "a\0b"}).errors["name"])
