"""What was done with files, in words, for the audit trail."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

ACTS: dict[str, Promise] = {
    "import.received": lazy("Tok imot filen «%(file)s»"),
    "import.refused": lazy("Kunne ikke lese filen «%(file)s»"),
    "import.rechecked": lazy("Kontrollerte filen på nytt"),
    "import.cancelled": lazy("Avbrøt innlesingen av «%(file)s»"),
    "import.saved": lazy("Lagret filen «%(file)s»"),
    "import.rejected": lazy("Avviste filen «%(file)s»"),
    "import.rolled_back": lazy("Angret filen «%(file)s»"),
    "import.leaders_told": lazy("Varslet lederne om %(month)s"),
    "import.code_mapped": lazy("Koblet koden %(code)s til %(unit)s"),
    "import.code_released": lazy("Tok bort koblingen av koden %(code)s til %(unit)s"),
    "import.code_left": lazy("Lot koden %(code)s stå ufordelt"),
    "import.profile_saved": lazy("Lagret profilen «%(name)s»"),
    "import.source_saved": lazy("Lagret kilden «%(name)s»"),
}

DETAILS: dict[str, Promise] = {
    "accepted": lazy("Godtatt"),
    "code": lazy("Kode"),
    "count": lazy("Antall"),
    "file": lazy("Fil"),
    "from": lazy("Gjelder fra"),
    "month": lazy("Måned"),
    "name": lazy("Navn"),
    "reason": lazy("Begrunnelse"),
    "rows": lazy("Rader"),
    "size": lazy("Størrelse"),
    "source": lazy("Kilde"),
    "unit": lazy("Enhet"),
}

# What messages are about, in the administrator's list.
KINDS: dict[str, Promise] = {
    "file_late": lazy("Fil som ikke er kommet"),
    "file_waits": lazy("Fil som venter på noen"),
}
