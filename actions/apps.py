"""Actions (tiltak): something somebody shall do by a day, with an expected and an evaluated effect. Does not know why."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "actions"
    # What the search of the frame finds here.
    search = "actions.queries.search.find"
    # Among the deadlines of all apps.
    deadlines = "actions.queries.deadlines.deadlines"
    # The words for this app's lines in the audit trail.
    audit_actions = "actions.forms.acts.ACTS"
    audit_details = "actions.forms.acts.DETAILS"
    # What messages are about, in the administrator's list.
    message_kinds = "actions.forms.acts.KINDS"
    # Whether a message is still true when its e-mail leaves.
    message_check = "actions.queries.message_check.still_true"
