"""The words for this app's lines in the audit trail."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

ACTS: dict[str, Promise] = {
    "message.sent_again": lazy("Sendte meldingen på nytt"),
    "message.choice_saved": lazy("Endret hvordan påminnelser kommer"),
}
DETAILS: dict[str, Promise] = {
    "recipient": lazy("Mottaker"),
    "subject": lazy("Emne"),
    "rhythm": lazy("Påminnelser om frister"),
    "by_mail": lazy("E-post"),
}
