"""The words for what reminders are about, in the administrator's list of messages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from annualcycle.rules.reminders import Kind

KINDS: dict[str, Promise] = {
    Kind.WEEK.value: lazy("Ukens oversikt"),
    Kind.NEAR.value: lazy("Frist i morgen"),
    Kind.SINGLE.value: lazy("Påminnelse om frist"),
    Kind.OVER.value: lazy("Frist over tiden, meldt til nivået over"),
}
