"""Who we are, who may, who did."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "organisation"
