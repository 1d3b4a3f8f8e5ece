"""Addresses of those who read figures and write them down."""

from django.urls import URLPattern, path

from scorecard.views import (
    actions,
    agreements,
    card,
    card_export,
    indicator,
    snapshot_acts,
    snapshots,
    strategy_map,
    value,
    value_edit,
    values,
    values_paste,
)

# Fixed words before units: a district with the code «publisert» would not be found, and none has it.
reading_urls: list[URLPattern] = [
    path("malekart/", card.index, name="index"),
    path("malekart/verdier/<str:unit_code>/", values.values, name="values"),
    path("malekart/verdier/<str:unit_code>/lim-inn/", values_paste.values_paste, name="values_paste"),
    path("malekart/publisert/", snapshots.snapshots, name="snapshots"),
    path("malekart/publisert/<int:pk>/", snapshots.snapshot, name="snapshot"),
    path("malekart/publisert/<int:pk>/resultater.csv", snapshots.snapshot_export, name="snapshot_export"),
    path("malekart/publisert/<int:pk>/trekk-tilbake/", snapshot_acts.snapshot_withdraw, name="snapshot_withdraw"),
    path("malekart/<str:unit_code>/<int:year>/", card.card, name="card"),
    path("malekart/<str:unit_code>/<int:year>/eksport.<str:form>", card_export.card_export, name="card_export"),
    path("malekart/<str:unit_code>/<int:year>/strategikart/", strategy_map.strategy_map, name="strategy_map"),
    path("malekart/<str:unit_code>/<int:year>/publiser/", snapshot_acts.snapshot_publish, name="snapshot_publish"),
    path("malekart/<str:unit_code>/indikator/<slug:code>/", indicator.indicator, name="indicator"),
    path("malekart/<str:unit_code>/indikator/<slug:code>/eksport.<str:form>", indicator.indicator_export, name="indicator_export"),
    path("malekart/<str:unit_code>/indikator/<slug:code>/merknad/", agreements.note_add, name="note_add"),
    path("malekart/<str:unit_code>/indikator/<slug:code>/grenser/", agreements.limits_reset, name="limits_reset"),
    path("malekart/<str:unit_code>/indikator/<slug:code>/avvik/", agreements.acceptance_add, name="acceptance_add"),
    path(
        "malekart/<str:unit_code>/indikator/<slug:code>/avvik/<int:acceptance>/avslutt/", agreements.acceptance_end, name="acceptance_end"
    ),
    path("malekart/<str:unit_code>/indikator/<slug:code>/tiltak/", actions.action_new, name="action_new"),
    path("tiltak/rodt-uten-tiltak/", actions.red_without_action_list, name="red_without_action"),
    path("tiltak/rodt-uten-tiltak/eksport.<str:form>", actions.red_without_action_export, name="red_without_action_export"),
    path("malekart/<str:unit_code>/indikator/<slug:code>/<str:period>/", value.value, name="value"),
    path("malekart/<str:unit_code>/indikator/<slug:code>/<str:period>/rediger/", value_edit.value_edit, name="value_edit"),
]
