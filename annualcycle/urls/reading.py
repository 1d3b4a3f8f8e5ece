"""The wheel as everybody reads it."""

from django.urls import URLPattern, path

from annualcycle.views import calendar, wheel

urlpatterns: list[URLPattern] = [
    path("", wheel.index, name="index"),
    path("<str:code>/<int:year>/", wheel.wheel, name="wheel"),
    path("<str:code>/<int:year>/pdf/", wheel.paper, name="print"),
    path("<str:code>/<int:year>/<int:number>/", calendar.month, name="month"),
    path("<str:code>/<int:year>/roller/", calendar.roles, name="roles"),
]
