"""Addresses of those who set the målekart up: library, structure, targets, life."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from organisation.rules.access import Permission
from scorecard.views import library, lifecycle, proposals, setup, structure, target_grid, targets

EDITORS = {"permission": Permission.EDIT_TARGETS}
DIRECTORS = {"permission": Permission.APPROVE_SCORECARD}


class PartConverter(StringConverter):
    """What a tree is made of."""

    regex = "area|factor|placed"


class FileConverter(StringConverter):
    """Kinds of files a list can be saved as."""

    regex = "csv|xlsx"


register_converter(PartConverter, "part")
register_converter(FileConverter, "file")

CARD = "oppsett/malekart/<str:unit_code>/<int:year>/"
APPROVAL = "godkjenning/malekart/<str:unit_code>/<int:year>/"
TARGET = f"{CARD}mal/<str:target_unit>/<str:code>/"

_library: list[URLPattern] = [
    path("oppsett/indikatorer/", library.library, name="library"),
    path("oppsett/indikatorer/ny/", library.library_new, name="library_new"),
    path("oppsett/indikatorer/fil.<file:kind>", library.library_export, name="library_export"),
    path("oppsett/indikatorer/<slug:code>/", library.library_indicator, name="library_indicator"),
    path("oppsett/indikatorer/<slug:code>/endre/", library.library_edit, name="library_edit"),
    path("oppsett/indikatorer/<slug:code>/ta-ut/", library.library_retire, name="library_retire"),
    path("oppsett/indikatorer/<slug:code>/ta-tilbake/", library.library_take_back, name="library_take_back"),
    path("oppsett/indikatorer/<slug:code>/sammenlikning/", library.library_benchmark, name="library_benchmark_new"),
    path("oppsett/indikatorer/<slug:code>/sammenlikning/<int:pk>/", library.library_benchmark, name="library_benchmark"),
]

_structure: list[URLPattern] = [
    path("oppsett/malekart/", setup.setup, name="setup"),
    path("oppsett/malekart/nytt/", setup.setup_new, name="setup_new"),
    path(CARD, setup.setup_card, name="setup_card"),
    path(f"{CARD}innstillinger/", setup.setup_settings, name="setup_settings"),
    path(f"{CARD}kontroll/", setup.setup_check, name="setup_check"),
    path(f"{CARD}forhandsvisning/", setup.setup_preview, name="setup_preview"),
    path(f"{CARD}endringer/", setup.setup_log, name="setup_log"),
    path(f"{CARD}fokusomrade/", structure.setup_area_add, name="setup_area_add"),
    path(f"{CARD}fokusomrade/<int:pk>/", structure.setup_area, name="setup_area"),
    path(f"{CARD}suksessfaktor/", structure.setup_factor_add, name="setup_factor_add"),
    path(f"{CARD}suksessfaktor/<int:pk>/", structure.setup_factor, name="setup_factor"),
    path(f"{CARD}suksessfaktor/<int:pk>/piler/", structure.setup_arrows, name="setup_arrows"),
    path(f"{CARD}indikator/", structure.setup_place_add, name="setup_place_add"),
    path(f"{CARD}indikator/<int:pk>/", structure.setup_place, name="setup_place"),
    path(f"{CARD}vekter/", structure.setup_weights, name="setup_weights"),
    path(f"{CARD}flytt/<part:kind>/<int:pk>/", structure.setup_move, name="setup_move"),
    path(f"{CARD}fjern/<part:kind>/<int:pk>/", structure.setup_remove, name="setup_remove"),
    path(f"{CARD}send/", lifecycle.setup_propose, name="setup_propose"),
]

_targets: list[URLPattern] = [
    path(f"{CARD}mal/", target_grid.target_grid_page, name="target_grid"),
    path(f"{CARD}mal/lim-inn/", target_grid.target_paste, name="target_paste"),
    path(f"{CARD}mal/bekreft/", target_grid.target_confirm, name="target_confirm"),
    path(f"{CARD}mal/fil.<file:kind>", target_grid.target_export, name="target_export"),
    path(TARGET, targets.target, name="target"),
    path(f"{TARGET}ta-bort/", targets.target_withdraw, name="target_withdraw"),
    path("oppsett/forslag/", proposals.target_proposals, EDITORS, name="target_proposals"),
    path("oppsett/forslag/<int:pk>/", proposals.target_decide, EDITORS, name="target_decide"),
    path("mal/", proposals.target_proposals_mine, name="target_propose_mine"),
    path("mal/<str:unit_code>/<int:year>/", proposals.target_propose_list, name="target_propose_list"),
    path("mal/<str:unit_code>/<int:year>/<slug:code>/", proposals.target_propose, name="target_propose"),
]

_approval: list[URLPattern] = [
    path("godkjenning/malekart/", lifecycle.setup_approvals, name="setup_approvals"),
    path("godkjenning/forslag/", proposals.target_proposals, DIRECTORS, name="setup_proposals"),
    path("godkjenning/forslag/<int:pk>/", proposals.target_decide, DIRECTORS, name="setup_decide"),
    path(APPROVAL, lifecycle.setup_approval, name="setup_approval"),
    path(f"{APPROVAL}publiser/", lifecycle.setup_publish, name="setup_publish"),
    path(f"{APPROVAL}returner/", lifecycle.setup_return, name="setup_return"),
    path(f"{APPROVAL}ta-tilbake/", lifecycle.setup_unpublish, name="setup_unpublish"),
    path(f"{APPROVAL}las/", lifecycle.setup_lock, name="setup_lock"),
]

setup_urls: list[URLPattern] = [*_library, *_structure, *_targets, *_approval]
