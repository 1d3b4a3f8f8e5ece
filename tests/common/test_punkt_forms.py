"""Forms in the look of the design system: what is typed stays, what is wrong is said where it is and in one list."""

import re
from datetime import date
from decimal import Decimal

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.template import Context, Template

from common.punkt.errors import error_lines
from common.punkt.fields import DayField, FigureField
from common.punkt.layout import PunktSubmit
from common.samples import SampleForm, component_samples


def crispy(form):
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))


@pytest.mark.parametrize(
    "typed, value",
    [
        ("10,5", Decimal("10.5")),
        ("1 020 000", Decimal(1020000)),
        ("\N{MINUS SIGN}1 470", Decimal(-1470)),
        ("10,5 %", Decimal("10.5")),
        ("", None),
        ("  ", None),
    ],
)
def test_a_figure_is_read_as_norwegians_write_it(typed, value):
    assert FigureField(required=False).clean(typed) == value


@pytest.mark.parametrize(
    "typed, options, message",
    [
        ("ti", {"example": "10,5"}, "Skriv et tall, for eksempel 10,5."),
        ("", {}, "Skriv et tall."),
        ("1.234", {}, "«1.234» kan leses på to måter. Skriv 1234 eller 1,234."),
        ("10,55", {"places": 1}, "Skriv tallet med høyst 1 desimaler."),
        ("-1", {"low": 0}, "Skriv 0 eller mer."),
        ("100,1", {"high": 100}, "Skriv 100 eller mindre."),
        ("<script>", {}, "Skriv et tall, for eksempel 69 500."),
    ],
)
def test_a_figure_that_cannot_be_read_says_what_to_write(typed, options, message):
    with pytest.raises(forms.ValidationError) as refusal:
        FigureField(**options).clean(typed)

    assert refusal.value.messages == [message]


def test_a_figure_written_otherwise_is_no_change():
    field = FigureField()

    assert not field.has_changed(Decimal("4.5"), "4,50")
    assert field.has_changed(Decimal("4.5"), "4,6")
    assert field.has_changed(Decimal("4.5"), "mye")


@pytest.mark.parametrize("typed", ["2026-12-31", "31.12.2026", " 31.12.26 "])
def test_a_day_is_read(typed):
    assert DayField().clean(typed) == date(2026, 12, 31)


def test_a_stored_day_fills_the_date_field_in_its_own_form():
    class Dated(forms.Form):
        day = DayField(label="Dag")

    assert 'value="2026-12-31"' in str(Dated(initial={"day": date(2026, 12, 31)})["day"])


def test_help_and_error_have_the_ids_the_field_points_at():
    html = crispy(SampleForm(data={"value": "ti"}, auto_id="x_%s"))

    field = re.search(r'<input[^>]*name="value"[^>]*>', html)[0]
    assert 'value="ti"' in field
    assert 'inputmode="decimal"' in field
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="x_value_helptext x_value_error"' in field
    assert 'id="x_value_helptext"' in html
    assert 'id="x_value_error"' in html
    assert '<span class="al-affix__text">%</span>' in html


def test_groups_are_fieldsets_with_their_choice_kept():
    html = crispy(SampleForm(data={"direction": "down", "areas": ["a"]}, auto_id="x_%s"))

    assert html.count("<fieldset") == 2
    assert re.search(r'name="direction" value="down" id="x_direction_1"[^>]*checked', html)
    assert re.search(r'name="areas" value="a" id="x_areas_0"[^>]*checked', html)
    assert not re.search(r'value="b"[^>]*checked', html)


def test_a_form_that_was_not_sent_has_no_errors():
    form = SampleForm()

    assert error_lines(form) == []
    assert "al-errors" not in crispy(form)


def test_the_errors_stand_together_and_lead_to_the_fields():
    form = SampleForm(data={"value": "ti", "reason": "Vikarer", "unit": "1"}, auto_id="x_%s")

    assert error_lines(form) == [
        ("x_value", "Sykefravær: Skriv et tall, for eksempel 10,5."),
        ("x_reason", "Hvorfor er forbruket høyere? Skriv minst 20 tegn, for eksempel «Vikarer i hele sommer»."),
        ("x_direction_0", "Retning: Feltet er påkrevet."),
        ("x_agreed", "Jeg har lest gjennom tallene: Feltet er påkrevet."),
    ]
    html = crispy(form)
    assert "Det er fire ting å rette" in html
    assert 'href="#x_direction_0"' in html
    assert html.index("al-errors") < html.index('id="div_x_value"')


def test_an_error_of_the_whole_form_and_of_a_hidden_field_is_told():
    class Odd(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput)

        def clean(self):
            raise forms.ValidationError("Noen andre har lagret.")

    lines = error_lines(Odd(data={"version": "x"}))

    assert [line.target for line in lines] == ["", ""]
    assert lines[0].text == "Noen andre har lagret."


def test_optional_fields_are_marked_and_mandatory_ones_on_request():
    class Two(forms.Form):
        must = forms.CharField(label="Må")
        may = forms.CharField(label="Kan", required=False)

    form = Two()
    form.helper = FormHelper()
    assert crispy(form).count("valgfritt") == 1
    assert "Må fylles ut" not in crispy(form)

    form = Two()
    form.helper = FormHelper()
    form.helper.mark_required = True
    assert crispy(form).count("Må fylles ut") == 1


def test_no_style_of_another_design_system_leaks_in():
    class Plain(forms.Form):
        name = forms.CharField(label="Navn")

    form = Plain()
    form.helper = FormHelper()
    form.helper.layout = Layout(Fieldset("Om enheten", "name"))
    form.helper.add_input(Submit("lagre", "Lagre"))
    form.helper.add_input(PunktSubmit("Send", name="do", value="send", kind="secondary"))
    html = crispy(form)

    assert not re.search(r'class="([^"]* )?(btn|btn-primary|mb-3|form-control)[ "]', html)
    assert "<legend>Om enheten</legend>" in html
    assert re.search(r'<button class="pkt-btn pkt-btn--primary[^>]*name="lagre" value="Lagre"', html)
    assert re.search(r'<button class="pkt-btn pkt-btn--secondary[^>]*name="do" value="send"', html)


def test_typed_markup_is_shown_as_text():
    assert "<script>alert" not in crispy(SampleForm(data={"value": "<script>alert(1)</script>", "reason": "</textarea><script>alert(1)"}))


def test_a_grid_names_row_and_column_of_every_cell():
    html = crispy(component_samples()["grid"])

    assert html.count("data-grid") >= 1
    assert html.count('<th role="rowheader"') == 3
    assert '<label class="pkt-sr-only" for="id_g-1-target">Samarbeid med frivillige lag og organisasjoner, Mål</label>' in html
    assert 'value="høyt"' in html
    assert 'href="#id_g-1-target"' in html
    assert "g-TOTAL_FORMS" in html
