"""The form of what may be shown of sick leave."""

from django import forms
from django.utils.translation import gettext_lazy as lazy

from common.punkt.fields import FigureField
from reporting.forms.setup import FromMonthForm


class ShieldForm(FromMonthForm):
    """Two limits; below either of them no details are shown."""

    min_fte = FigureField(label=lazy("Minste antall årsverk i enheten"), places=1, low=0, high=1000, example="10")
    min_persons = forms.IntegerField(label=lazy("Minste antall personer med fravær i måneden"), min_value=1, max_value=1000)
