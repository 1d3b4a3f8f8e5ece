"""Messages to people, each with a key that lets it exist once."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.constraints import one_of
from notifications.rules.states import MailState


class Message(models.Model):
    """What one person is told, on the page and by e-mail. `key` says what it is about: the same key is never told twice.

    Subject and text hold no personal data and no figures of persons; `link` is the path of the one page to open.
    """

    MailChoices = [
        (MailState.NONE, _("Bare i Alna")),
        (MailState.WAITING, _("Venter")),
        (MailState.SENDING, _("Sendes nå")),
        (MailState.SENT, _("Sendt")),
        (MailState.FAILED, _("Kom ikke frem")),
    ]

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages")
    subject = models.CharField(max_length=160)
    text = models.TextField(max_length=2000)
    link = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    # Not before this moment, on the page either.
    send_after = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail_state = models.CharField(max_length=10, choices=MailChoices, default=MailState.WAITING)
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["recipient", "read_at", "send_after"], name="message_by_reader"),
            models.Index(fields=["mail_state", "send_after"], name="message_by_mail_state"),
        ]
        constraints = [one_of("mail_state_is_known", "mail_state", MailState)]

    def __str__(self) -> str:
        return self.key
