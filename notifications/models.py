"""Messages to people, each with a key that lets it exist once."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.constraints import one_of
from notifications.rules.states import MailState, Rhythm


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
        (MailState.DROPPED, _("Ikke nødvendig lenger")),
    ]

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages")
    subject = models.CharField(max_length=160)
    text = models.TextField(max_length=2000)
    link = models.CharField(max_length=300)
    # What whoever wrote it needs to see whether it is still true when its e-mail leaves.
    about = models.JSONField(default=dict, blank=True)
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
            models.Index(fields=["-created_at", "-id"], name="message_newest_first"),
        ]
        constraints = [one_of("mail_state_is_known", "mail_state", MailState)]

    def __str__(self) -> str:
        return self.key


class ReminderChoice(models.Model):
    """How one person wants to be told; without a row: one overview a week, and e-mail."""

    RhythmChoices = [
        (Rhythm.DIGEST, _("Én oversikt i uken")),
        (Rhythm.SINGLE, _("Én melding om hver frist")),
    ]

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminder_choice")
    rhythm = models.CharField(_("påminnelser om frister"), max_length=10, choices=RhythmChoices, default=Rhythm.DIGEST)
    by_mail = models.BooleanField(_("e-post"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [one_of("reminder_rhythm_is_known", "rhythm", Rhythm)]

    def __str__(self) -> str:
        return f"{self.user_id} {self.rhythm}"
