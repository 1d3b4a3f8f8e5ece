"""The month's report: ledger, sick leave, explanation, forecast, approval, consolidated report."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    # What the search of the frame finds here.
    search = "reporting.queries.search.find"
    # Among the deadlines of all apps.
    deadlines = "reporting.queries.deadlines.deadlines"
    # Which report an action was agreed in, and the overspend it shall cover.
    action_evidence = "reporting.queries.actions.evidence"
    action_cover = "reporting.queries.actions.cover"
    # The words for this app's lines in the audit trail.
    audit_actions = "reporting.forms.acts.ACTS"
    audit_details = "reporting.forms.acts.DETAILS"
    # Where a figure came from: the målekart asks every app.
    figure_links = "reporting.queries.figure_links.links_of_measurement"
    # What messages are about, in the administrator's list.
    message_kinds = "reporting.forms.acts.KINDS"
    # Whether a message is still true when its e-mail leaves.
    message_check = "reporting.queries.message_check.still_true"
