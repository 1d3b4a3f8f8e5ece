"""When people are reminded."""

from django.urls import URLPattern, path

from annualcycle.views.reminder_setting import reminder_setting

urlpatterns: list[URLPattern] = [
    path("paminnelser/", reminder_setting, name="reminder_setting"),
]
