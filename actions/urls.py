"""Addresses of actions."""

from django.urls import path

from actions.views import action, editing, lists, setting

app_name = "actions"
urlpatterns = [
    path("", lists.mine, name="mine"),
    path("enhet/", lists.unit, name="unit"),
    path("alle/", lists.every, name="every"),
    path("eksport.<str:form>", lists.export, name="export"),
    path("ny/", editing.new, name="new"),
    path("oppsett/", setting.setting, name="setting"),
    path("<int:action_id>/", action.action, name="action"),
    path("<int:action_id>/status/", action.status, name="status"),
    path("<int:action_id>/endre/", editing.change, name="change"),
    path("<int:action_id>/avslutt/", editing.close, name="close"),
    path("<int:action_id>/avbryt/", editing.cancel, name="cancel"),
]
