"""Files in: sources with profiles, upload and pickup folder, control, commit, roll back."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "imports"
    # What the search of the frame finds here.
    search = "imports.queries.search.find"
    # Among the deadlines of all apps.
    deadlines = "imports.queries.deadlines.deadlines"
    # The words for this app's lines in the audit trail.
    audit_actions = "imports.forms.acts.ACTS"
    audit_details = "imports.forms.acts.DETAILS"
    # Where a figure came from: the målekart asks every app.
    figure_links = "imports.queries.links.links_of_measurement"
    # What messages are about, in the administrator's list.
    message_kinds = "imports.forms.acts.KINDS"
