"""The form of what may be shown of sick leave."""

from django import forms
from django.utils.translation import gettext_lazy as lazy

from common.punkt.fields import FigureField
from reporting.forms.setup import FromMonthForm


class ShieldForm(FromMonthForm):
    """Two limits, below either of which no details are shown, and how far the parts of a file may be from their sum."""

    min_fte = FigureField(label=lazy("Minste antall årsverk i enheten"), places=1, low=0, high=1000, example="10")
    min_persons = forms.IntegerField(label=lazy("Minste antall personer med fravær i måneden"), min_value=1, max_value=1000)
    tolerance = FigureField(
        label=lazy("Så mange dagsverk kan delene i en fil skille seg fra summen"),
        places=1,
        low=0,
        high=100,
        example="0,5",
        help_text=lazy("Egenmeldt og legemeldt, og kort og langt, skal bli det samme. Større forskjell varsles når filen leses."),
    )
