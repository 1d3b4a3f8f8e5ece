"""Addresses of what people are told."""

from django.urls import path

from notifications.views import box

app_name = "notifications"
urlpatterns = [
    path("", box.box, name="box"),
    path("les/", box.read_all, name="read_all"),
    path("<int:message_id>/", box.open_message, name="open"),
    path("<int:message_id>/les/", box.read_one, name="read_one"),
]
