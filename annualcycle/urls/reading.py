"""The wheel as everybody reads it."""

from django.urls import URLPattern, path

from annualcycle.views import wheel

urlpatterns: list[URLPattern] = [
    path("", wheel.index, name="index"),
    path("<str:code>/<int:year>/", wheel.wheel, name="wheel"),
]
