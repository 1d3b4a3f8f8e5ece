"""Uploading a file, and what its rows would do, in words."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.formats import date_long, number
from common.tables import UnreadableFile
from organisation.forms.people import role_label
from organisation.forms.refusals import sentence
from organisation.rules import intake
from organisation.services import intake_people

MOST_BYTES = 2 * 1024 * 1024


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Fil"),
        help_text=gettext_lazy("CSV eller XLSX, høyst 2 MB. Ingenting lagres før du har sett over."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={
            "required": gettext_lazy("Velg en fil."),
            "empty": gettext_lazy("Filen er tom. Velg en fil med rader."),
            "max_length": gettext_lazy("Filnavnet er for langt. Gi filen et kortere navn."),
        },
        max_length=150,
    )

    def clean_file(self) -> Any:
        """At most 2 MB."""
        found = self.cleaned_data["file"]
        if found.size > MOST_BYTES:
            raise forms.ValidationError(_("Filen er større enn 2 MB. Del den i flere."))
        return found


def unreadable(error: UnreadableFile) -> str:
    """Why a file could not be read, and what to do."""
    words = {
        "empty": _("Filen er tom. Velg en fil med rader."),
        "too_large": _("Filen er for stor. Del den i flere."),
        "old_excel": _("Filen er i et gammelt Excel-format. Lagre den som .xlsx eller .csv."),
        "not_a_table": _("Filen er ikke en tabell. Velg en CSV- eller XLSX-fil."),
        "damaged": _("Filen er skadet. Åpne den i et regneark og lagre den på nytt."),
        "zip_bomb": _("Filen blir for stor når den pakkes ut. Del den i flere."),
        "too_many_columns": _("Filen har for mange kolonner. Ta bort dem som ikke trengs."),
        "too_many_rows": _("Filen har for mange rader. Del den i flere."),
        "nul_bytes": _("Filen har tegn som ikke er tekst. Lagre den som CSV UTF-8 eller XLSX."),
        "encoding": _("Tegnene i filen kan ikke leses. Lagre den som CSV UTF-8 eller XLSX."),
        "double_encoded": _("Æ, ø og å er ødelagt i filen. Lag filen på nytt fra kilden."),
    }
    return words.get(error.code, _("Filen kan ikke leses. Lagre den som CSV UTF-8 eller XLSX."))


NATIONAL_IDENTITY = gettext_lazy(
    "Filen ser ut til å ha fødselsnummer eller andre tall på elleve sifre. Slike tall skal ikke inn i Alna. Fjern kolonnen og prøv igjen."
)


def unit_step(step: intake.Step) -> str:
    """What one row would do with a unit."""
    row, day = step.row, date_long(step.row.on)
    facts = {
        "unit": f"{row.code} {row.name}",
        "day": day,
        "before": step.before or "–",
        "name": row.name,
        "parent": row.parent,
        "fte": number(row.fte),
    }
    match step.what:
        case "create":
            return _("%(unit)s opprettes under %(parent)s fra %(day)s.") % facts
        case "rename":
            return _("%(before)s heter %(name)s fra %(day)s.") % facts
        case "move":
            return _("%(unit)s flytter fra %(before)s til %(parent)s fra %(day)s.") % facts
        case _:
            return _("%(unit)s har %(fte)s årsverk fra %(day)s.") % facts


def person_step(step: intake_people.Step) -> str:
    """What one row would do with a person."""
    row = step.row
    facts = {"name": row.name, "role": role_label(row.role), "unit": str(row.unit), "before": step.before, "to": date_long(row.valid_to)}
    match step.what:
        case "create":
            return _("%(name)s legges inn som %(role)s i %(unit)s.") % facts
        case "give":
            return _("%(name)s får rollen %(role)s i %(unit)s.") % facts
        case "end":
            return _("%(name)s er %(role)s i %(unit)s til %(to)s.") % facts
        case _:
            return _("Personen heter %(before)s i Alna. Navnet endres ikke av filen.") % facts


def refusal_text(refusal: Exception) -> tuple[str, str]:
    """(column key, words) of a row that cannot be."""
    match refusal:
        case intake.CannotPlace(code=""):
            return "parent", _("En ny enhet må ha en overordnet. Skriv koden til enheten over.")
        case intake.CannotPlace():
            return "parent", _("Fant ikke enheten %(code)s. Skriv koden til en enhet du administrerer, eller ta den med i filen.") % {
                "code": refusal.code
            }
        case intake.OutOfReach():
            return "code", _("Koden %(code)s er i bruk. Skriv en annen kode.") % {"code": refusal.code}
        case intake.KindMissing():
            return "kind", _("En ny enhet må ha en type. Skriv bydel, resultatenhet, avdeling eller stab.")
        case intake.KindChanges():
            return "kind", _("Enheten har en annen type i Alna. Typen kan ikke endres av en fil.")
        case intake_people.NobodyToStandInFor():
            return "deputy_for", _("%(email)s har ikke rollen i enheten. Skriv adressen til den som har den.") % {"email": refusal.email}
        case intake_people.DeputyWithoutEnd():
            return "to", _("En stedfortreder må ha en siste dag.")
    return "", sentence(refusal)
