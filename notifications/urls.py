"""Addresses of what people are told."""

from django.urls import path

from notifications.views import box, choices, every

app_name = "notifications"
urlpatterns = [
    path("", box.box, name="box"),
    path("les/", box.read_all, name="read_all"),
    path("valg/", choices.choices, name="choices"),
    path("alle/", every.every, name="every"),
    path("alle/<int:message_id>/send/", every.again, name="again"),
    path("<int:message_id>/", box.open_message, name="open"),
    path("<int:message_id>/les/", box.read_one, name="read_one"),
]
