"""Forms of profiles and sources."""

import json
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from imports.models import Profile
from organisation.forms.asking import AskingForm
from organisation.forms.fields import CodeField, LineField, PickField, field_of

MOST_DIGITS = 15
MOST_BYTES = 200_000


def _whole_number(text: str) -> int:
    """Raises ValidationError for more digits than anything here counts to."""
    if len(text) > MOST_DIGITS:
        raise forms.ValidationError(_("Profilen har et tall med for mange sifre."))
    return int(text)


def _no_number(text: str) -> float:
    raise forms.ValidationError(_("«%(text)s» er ikke et tall i JSON.") % {"text": text})


def _storable(definition: object) -> None:
    """Signs that JSON can name and a database cannot keep. Raises ValidationError."""
    try:
        text = json.dumps(definition, ensure_ascii=False)
        text.encode()
    except UnicodeEncodeError:
        text = "\\u0000"
    if "\\u0000" in text:
        raise forms.ValidationError(_("Profilen har usynlige tegn som ikke kan lagres."))


class ProfileForm(AskingForm):
    """A profile file, uploaded or written."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    file = forms.FileField(
        label=lazy("Profilfil"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        help_text=lazy("En JSON-fil. Velg en fil, eller skriv i feltet under."),
    )
    text = forms.CharField(
        label=lazy("Profilen som tekst"),
        required=False,
        max_length=MOST_BYTES,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "al-source"}),
    )

    def clean(self) -> dict[str, Any]:
        """The definition of the file, else of the text."""
        cleaned = super().clean() or {}
        file, name = cleaned.get("file"), "file" if cleaned.get("file") else "text"
        try:
            if file is not None and file.size > MOST_BYTES:
                raise forms.ValidationError(_("Profilfilen er for stor."))
            content = file.read().decode("utf-8-sig") if file is not None else cleaned.get("text", "")
            if not content.strip():
                raise forms.ValidationError(_("Velg en profilfil, eller skriv profilen i feltet."))
            cleaned["definition"] = json.loads(content, parse_constant=_no_number, parse_int=_whole_number)
            _storable(cleaned["definition"])
        except UnicodeDecodeError:
            self.add_error(name, _("Filen er ikke tekst. Lagre den som JSON i UTF-8."))
        except json.JSONDecodeError as error:
            words = {"line": error.lineno, "column": error.colno}
            self.add_error(name, _("Dette er ikke JSON. Se på linje %(line)s, tegn %(column)s.") % words)
        except RecursionError:
            self.add_error(name, _("Profilen er bygd i for mange lag."))
        except forms.ValidationError as error:
            self.add_error(name, error)
        return cleaned


class SourceForm(AskingForm):
    """A system that delivers files."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = LineField(label=lazy("Navn"), longest=120)
    code = CodeField(label=lazy("Kode"), longest=40, help_text=lazy("Også navnet på mappen filene hentes fra. Kan ikke endres siden."))
    profile = PickField(label=lazy("Profil"), help_text=lazy("Slik filene leses."))
    expected_workday = forms.IntegerField(
        label=lazy("Ventes arbeidsdag nummer"),
        required=False,
        min_value=1,
        max_value=23,
        help_text=lazy("Tomt når filene ikke har en fast dag."),
    )
    saves_by_itself = forms.BooleanField(
        label=lazy("Lagres uten kontroll når alt stemmer"), required=False, help_text=lazy("Gjelder filer som hentes fra mappen.")
    )
    is_active = forms.BooleanField(label=lazy("I bruk"), required=False, initial=True)

    def __init__(self, *args: Any, profiles: list[Profile], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["code"]
        else:
            message = _("Skriv bare små bokstaver (a–z), tall, bindestrek og understrek.")
            self.fields["code"].validators.append(RegexValidator(r"^[a-z0-9][a-z0-9_\-]*\Z", message=message))
        choices = [(str(profile.pk), f"{profile.name} ({profile.get_kind_display()})") for profile in profiles]
        field_of(self, "profile", PickField).offer(choices)
