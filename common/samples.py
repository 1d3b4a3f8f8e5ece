"""Plain data for the component sheet: every component with content of the length real pages have.

Nothing here is read by a page of the application. The figures are made up.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms

from common.marks import QUALITIES, STATUSES, Change
from common.periods import Period, PeriodKind
from common.punkt.fields import DayField, FigureField
from common.punkt.layout import LinkButton, Prefix, PunktSubmit, Suffix
from common.sparklines import sparkline

LONG_NAME = "Barnehageenhet Trosterud og Haugerud"
LONGER_NAME = "Samarbeid med frivillige lag og organisasjoner"


def _decimals(*texts: str) -> list[Decimal | None]:
    return [Decimal(text) if text else None for text in texts]


class SampleForm(forms.Form):
    """One field of every kind."""

    value = FigureField(label="Sykefravær", places=1, low=0, high=100, example="10,5", help_text="Sist måned: 13,8 %")
    amount = FigureField(label="Hva tror dere at året ender på?", help_text="Tall i 1000 kr.", required=False)
    reason = forms.CharField(
        label="Hvorfor er forbruket høyere?",
        min_length=20,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Én setning holder. Ikke skriv navn eller helseopplysninger.",
        error_messages={"min_length": "Skriv minst 20 tegn, for eksempel «Vikarer i hele sommer»."},
    )
    unit = forms.ChoiceField(label="Enhet", choices=[("1", LONG_NAME), ("2", LONGER_NAME)])
    day = DayField(label="Gjelder fra", required=False)
    direction = forms.ChoiceField(
        label="Retning", choices=[("up", "Høyere er bedre"), ("down", "Lavere er bedre")], widget=forms.RadioSelect
    )
    areas = forms.MultipleChoiceField(
        label="Fokusområder",
        choices=[("a", "Brukere og tjenester"), ("b", "Ansatte og arbeidsmiljø"), ("c", LONGER_NAME)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Velg så mange du vil.",
    )
    upload = forms.FileField(label="Fil", required=False)
    agreed = forms.BooleanField(label="Jeg har lest gjennom tallene")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The helper says how the form looks; the page only writes {% crispy form %}."""
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row(Suffix("value", "%"), Prefix("amount", "kr")), "reason", "unit", "day", "direction", "areas", "upload", "agreed"
        )
        self.helper.add_input(PunktSubmit("Send inn", name="do", value="send"))
        self.helper.add_input(LinkButton("Avbryt", "#s18"))


class SampleRow(forms.Form):
    """One row of the grid."""

    target = FigureField(label="Mål", places=1)
    limit = FigureField(label="Gul grense", places=1, required=False)
    since = DayField(label="Gjelder fra", required=False)


def _sample_form() -> SampleForm:
    typed = {"value": "ti komma fem", "reason": "Vikarer", "unit": "2", "direction": "down", "areas": ["a", "c"]}
    return SampleForm(data=typed, auto_id="x_%s")


def _sample_grid() -> forms.BaseFormSet[SampleRow]:
    rows = forms.formset_factory(SampleRow, extra=0)
    data = {
        "g-TOTAL_FORMS": "3", "g-INITIAL_FORMS": "3", "g-0-target": "4,5", "g-0-limit": "4,2", "g-1-target": "høyt",
        "g-2-target": "9,9", "g-2-limit": "10,9",
    }  # fmt: skip
    grid = rows(data=data, prefix="g")
    for form, name in zip(grid.forms, (LONG_NAME, LONGER_NAME, "NAV Alna, kommunal del"), strict=True):
        form.row_label = name  # type: ignore[attr-defined]
    helper = FormHelper()
    helper.template = "punkt/table_inline_formset.html"
    helper.caption = "Mål for alle enheter"
    helper.row_heading = "Enhet"
    helper.add_input(PunktSubmit("Lagre målene", kind="secondary"))
    grid.helper = helper  # type: ignore[attr-defined]
    return grid


def _kpis() -> list[dict[str, object]]:
    months = _decimals("12.1", "12.4", "12.2", "12.9", "13.1", "13", "13.2", "13.5", "13.4", "13.6", "13.7", "13.8")
    return [
        {"label": "Sykefravær siste 12 måneder", "url": "#s3", "value": "13,8", "unit": "%", "goal": "Mål: høyst 9,9 %",
         "spark": sparkline(months, Decimal("9.9")), "spark_label": "Siste 12 måneder: fra 12,1 til 13,8 prosent. Målet er 9,9.",
         "status": "not_reached", "change": Change("up", "worse", "0,1 prosentpoeng høyere")},
        {"label": "Samlet brukertilfredshet", "url": "#s3", "value": "4,7", "unit": "av 6", "goal": "Mål: minst 4,5",
         "spark": sparkline(_decimals("4.3", "4.4", "", "4.5", "4.6", "4.7"), Decimal("4.5")),
         "spark_label": "Seks målinger, én mangler: fra 4,3 til 4,7. Målet er 4,5.", "status": "reached",
         "change": Change("up", "better", "0,1 høyere")},
        {"label": "Gjennomføring av planlagte lokale satsinger", "url": "#s3", "value": "88", "unit": "%", "before": "ca.",
         "goal": "Mål: minst 90 %", "quality": "estimate", "status": "nearly", "change": Change("up", "better", "9 prosentpoeng høyere")},
        {"label": LONGER_NAME, "value": "", "goal": "Mål: minst 4,5", "quality": "not_measured", "status": "no_value", "change": None},
    ]  # fmt: skip


def _chart() -> dict[str, object]:
    months = ["2013-09-01", "2013-10-01", "2013-11-01", "2013-12-01", "2014-01-01"]
    values = [85, 90, 92, 91, 86.2]
    return {
        "id": "prove-figur",
        "sentence": "Andelen falt fra 91 % i desember til 86,2 % i januar. Målet er minst 95 %.",
        "caption": "Prosent ferdig innen to uker",
        "columns": ["Måned", "Resultat", "Mål"],
        "rows": [("september 2013", ["85", "95"]), ("desember 2013", ["91", "95"]), ("januar 2014", ["86,2", "95"])],
        "note": "Aksen starter på 80.",
        "figure": {
            "data": [
                {"type": "scatter", "mode": "lines+markers", "name": "Resultat", "x": months, "y": values},
                {"type": "scatter", "mode": "lines", "name": "Mål", "x": months, "y": [95] * 5, "line": {"dash": "dot", "shape": "hv"}},
            ],
            "layout": {"yaxis": {"range": [80, 100]}, "xaxis": {"dtick": "M1", "tickformat": "%b\n%Y"}},
        },
    }


def _table() -> list[dict[str, object]]:
    line = sparkline(_decimals("4.2", "4.3", "4.5"), Decimal("4.5"))
    return [
        {"name": LONG_NAME, "code": "105", "budget": Decimal(20415), "diff": Decimal(-82), "leave": Decimal("9.6"),
         "spark": line, "status": "reached"},
        {"name": LONGER_NAME, "code": "501", "budget": Decimal(64000), "diff": Decimal(3864), "leave": Decimal("11.9"),
         "spark": line, "status": "not_reached"},
        {"name": "Botiltak for utviklingshemmede", "code": "405", "budget": None, "diff": None, "leave": None, "spark": None,
         "status": "no_value"},
    ]  # fmt: skip


def component_samples() -> dict[str, Any]:
    """Everything that templates/components/sheet.html shows."""
    september = Period(date(2026, 9, 1), PeriodKind.MONTH)
    names = ["jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep"]
    counts = [("reached", 3), ("nearly", 1), ("not_reached", 1), ("no_value", 0)]
    return {
        "crumbs": [("Hjem", "/"), ("Komponenter", None)],
        "statuses": list(STATUSES),
        "qualities": list(QUALITIES),
        "counts": counts,
        "changes": [
            Change("up", "better", "0,2 bedre enn i fjor"),
            Change("down", "better", "1,4 prosentpoeng lavere"),
            Change("flat", "flat", "Som i august"),
            Change("up", "worse", "0,1 prosentpoeng høyere"),
        ],
        "kpis": _kpis(),
        "areas": [
            {"label": "Brukere og tjenester", "url": "#s4", "value": "82", "goal": "Fem indikatorer", "counts": counts,
             "note": "Ikke nådd i 1 av 23 enheter", "change": Change("down", "worse", "2 lavere enn i august")},
            {"label": "Frivillighet og lokalsamfunnsutvikling", "url": "#s4", "value": "", "goal": "For få målinger til å vise indeks",
             "counts": [("no_value", 2)], "change": None},
        ],
        "cells": [("reached", "4,6"), ("nearly", "10,9 %"), ("not_reached", "−4,6 %"), ("no_value", "–")],
        "number": Decimal("1020000.5"),
        "share": Decimal("10.5"),
        "none": None,
        "day": date(2025, 5, 10),
        "moment": datetime(2026, 10, 8, 4, 0, tzinfo=UTC),
        "september": september,
        "picker": {
            "label": "september 2026", "previous": ("august 2026", "#s13"), "following": None,
            "groups": [("2026", [(name, "#s13", name == "sep") for name in names])],
        },
        "chips": [
            {"label": "Uten tiltak (4)", "url": "#s14", "current": True},
            {"label": "Endret siden sist (7)", "url": "#s14", "current": False},
        ],
        "selects": [{"id": "f1", "name": "enhet", "label": "Enhet", "options": [("", "Alle", False), ("105", LONG_NAME, True)]}],
        "rows": _table(),
        "chart": _chart(),
        "steps": [
            {"title": "Påbegynt", "text": "10. oktober kl. 09.02", "state": "done"},
            {"title": "Returnert", "text": "Svar innen 12. oktober", "state": "back"},
            {"title": "Godkjent", "text": "Innen to dager", "state": ""},
        ],
        "tabs": [{"label": "Målekart", "url": "#s22", "current": True}, {"label": "Utvikling", "url": "#s22", "current": False}],
        "todos": [
            {"title": "Si hva dere tror om resten av året", "text": "Sist måned skrev du 69 300 000. Ett minutt.", "url": "#s9"},
            {"title": "Sykefraværet er over målet", "text": "13,8 %, mål 9,9 %. Skriv hva dere gjør fremover.", "url": "#s9"},
        ],
        "done": ["Regnskap og budsjett", "Produksjonstall", "Avvik og dokumenter"],
        "definitions": [
            ("Teller", "Saker ferdig innen 14 dager i måneden"),
            ("Fil", "saksbehandlingstid_2uker_prosent_med_langt_navn.csv"),
        ],
        "comments": [
            {"initials": "SD", "name": "Sunniva Dahle", "moment": "9. oktober kl. 14.20",
             "text": "Tre faste stillinger sto ledige i sommer."},
            {"initials": "FN", "name": "Farida Noor", "moment": "11. oktober kl. 08.44",
             "text": "Hva betyr tiltakene i kroner?", "returned": True},
        ],
        "entries": [
            {"title": "Januar 2014 rettet fra 86 til 86,2", "text": "Desimalen falt bort i innlesingen.", "url": "#s25",
             "link": "Se begge"},
        ],
        "actions": [
            {"label": "Last ned CSV", "url": "#s12", "icon": "download"},
            {"label": "Lag tiltak", "url": "#s12", "kind": "primary"},
        ],
        "menu_items": [{"label": "Avtal oppfølging", "url": "#s15"}, {"label": "Godkjenn", "url": "#s15"}],
        "points": ["Målene gjelder fra 1. januar 2027", "Enhetene får beskjed"],
        "form": _sample_form(),
        "grid": _sample_grid(),
        "icons": ["check", "warn", "err", "minus", "question", "arrow", "home", "org", "map", "report", "search", "cog", "print"],
        "long_name": LONG_NAME,
    }  # fmt: skip
