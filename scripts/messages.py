"""Keep the catalogues below locale/ in step with the sources. The source is bokmål; locale/en holds the English.

python -m scripts.messages            merge new texts in, drop the ones that are gone
python -m scripts.messages --check    only say what is missing; ends with 1 when something is
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po, write_po

from scripts.extraction import Message, NotConstant, all_messages
from scripts.sources import ROOT

PLURAL_FORMS = "nplurals=2; plural=(n != 1);"
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: Alna\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%[sd]|\{(\w*)\}")


def catalogues(root: Path) -> list[Path]:
    return sorted((root / "locale").glob("*/LC_MESSAGES/django.po"))


def language_of(path: Path) -> str:
    return path.parent.parent.name


def read(path: Path) -> Catalog:
    with path.open("rb") as readable:
        return read_po(readable, locale=language_of(path), abort_invalid=True)


def message_of(entry: Entry) -> Message:
    words = (entry.id, "") if isinstance(entry.id, str) else (entry.id[0], entry.id[1])
    return Message(*words, entry.context or "")


def translations(catalogue: Catalog) -> dict[Message, Entry]:
    return {message_of(entry): entry for entry in catalogue if entry.id}


def merge(path: Path, wanted: Sequence[Message]) -> tuple[int, int]:
    """Rewrite one catalogue with exactly the wanted texts; returns how many were added and dropped."""
    known = translations(read(path)) if path.exists() else {}
    fresh = Catalog(locale=language_of(path))
    for message in sorted(wanted):
        kept = known.get(message)
        fresh.add(
            (message.text, message.plural) if message.plural else message.text,
            kept.string if kept else None,
            context=message.context or None,
            user_comments=kept.user_comments if kept else (),
            flags={flag for flag in kept.flags if flag == "fuzzy"} if kept else (),
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(fresh, language_of(path)), encoding="utf-8")
    return len(set(wanted) - set(known)), len(set(known) - set(wanted))


def written(catalogue: Catalog, language: str) -> str:
    """The catalogue as text: no dates, no file names, no line numbers, so that two people's changes rarely touch."""
    body = io.BytesIO()
    write_po(body, catalogue, width=120, no_location=True, omit_header=True, sort_output=True)
    return HEADER.format(language=language, plural=PLURAL_FORMS) + body.getvalue().decode().lstrip()


def complaints(path: Path, wanted: dict[Message, Path]) -> Iterator[str]:
    """What keeps a catalogue from being complete."""
    known = translations(read(path)) if path.exists() else {}
    for message, source in sorted(wanted.items()):
        entry = known.get(message)
        if entry is None or not _is_translated(entry):
            yield f"{language_of(path)}: not translated: {message.text!r} ({source})"
        elif entry.fuzzy:
            yield f"{language_of(path)}: marked as unsure: {message.text!r}"
        elif wrong := _lost_placeholders(message, entry):
            yield f"{language_of(path)}: {message.text!r}: the translation must have exactly the placeholders {', '.join(sorted(wrong))}"
    for message in sorted(set(known) - set(wanted)):
        yield f"{language_of(path)}: no longer in the sources: {message.text!r} (run `make messages`)"


def _strings(entry: Entry) -> list[str]:
    return [entry.string] if isinstance(entry.string, str) else list(entry.string or ())


def _is_translated(entry: Entry) -> bool:
    return bool(_strings(entry)) and all(_strings(entry))


def _lost_placeholders(message: Message, entry: Entry) -> set[str]:
    """The placeholders of the source where a translation has others; a singular may leave the number out."""
    wanted = _placeholders(message.plural or message.text)
    strings = _strings(entry)
    wrong = _placeholders(strings[-1]) != wanted or any(not _placeholders(text) <= wanted for text in strings)
    return wanted if wrong else set()


def _placeholders(text: str) -> set[str]:
    return {found[0] for found in PLACEHOLDER.finditer(text.replace("%%", ""))}


def main(arguments: Sequence[str] = sys.argv[1:], root: Path = ROOT) -> int:
    try:
        wanted = all_messages(root)
    except NotConstant as problem:
        print(problem, file=sys.stderr)
        return 1
    paths = catalogues(root) or [root / "locale" / "en" / "LC_MESSAGES" / "django.po"]
    if "--check" in arguments:
        found = [line for path in paths for line in complaints(path, wanted)]
        print("\n".join(found[:40]) or f"{len(wanted)} texts, all translated.")
        if len(found) > 40:
            print(f"... and {len(found) - 40} more")
        return 1 if found else 0
    for path in paths:
        added, dropped = merge(path, list(wanted))
        print(f"{path.relative_to(root)}: {len(wanted)} texts, {added} new, {dropped} dropped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
