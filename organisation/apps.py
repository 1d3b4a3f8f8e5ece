"""Who we are, who may, who did."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "organisation"
    # What the search of the frame finds here.
    search = "organisation.queries.search.find"
