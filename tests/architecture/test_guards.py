"""Each guard is content with the project, and objects to an offender planted in a tree of its own."""

import hashlib

import pytest

from scripts.guards import addresses, markup, rooms, sizes, wording
from scripts.guards.__main__ import GUARDS
from scripts.sources import ROOT

LINE = "x = 1\n"
UNFINISHED = "TO" + "DO"
# Put together here, so that no address of an index stands in the file.
ELSEWHERE = "https:" + "//somewhere.example"


@pytest.mark.parametrize("title", GUARDS)
def test_the_project_keeps_to_its_own_rules(title):
    assert list(GUARDS[title](ROOT)) == []


@pytest.fixture
def planted(tmp_path):
    """A tree with one file in it."""

    def plant(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return tmp_path

    return plant


OFFENDERS = [
    (sizes.complaints, "scorecard/models.py", LINE * 301, "scorecard/models.py: 301 lines, at most 300"),
    (sizes.complaints, "static/css/app.css", "a{}\n" * 301, "static/css/app.css: 301 lines, at most 300"),
    (sizes.complaints, "templates/a.html", "<p>\n" * 151, "templates/a.html: 151 lines, at most 150"),
    (rooms.complaints, "scorecard/calculations.py", LINE, "'calculations' is no room of an app"),
    (rooms.complaints, "scorecard/services/utils.py", LINE, "'utils' is a drawer"),
    (rooms.complaints, "common/helpers.py", LINE, "'helpers' is a drawer"),
    (rooms.complaints, "scorecard/rules/status.py", "x = date.today()\n", "scorecard/rules/status.py:1: a rule has no clock"),
    (rooms.complaints, "scorecard/rules.py", "x = django.utils.timezone.now()\n", "scorecard/rules.py:1: a rule has no clock"),
    (rooms.complaints, "scorecard/services.py", "from tests.factories import unit\n", "does not import tests.factories"),
    (rooms.complaints, "scorecard/services.py", "import benchmarks\n", "does not import benchmarks"),
    (rooms.complaints, "scorecard/services.py", "from django.dispatch import receiver\n", "no signals between our apps"),
    (markup.inline_complaints, "templates/a.html", "<p>\n<script>x()</script>", "templates/a.html:2: script"),
    (markup.inline_complaints, "templates/a.html", "<style>p{}</style>", "style element"),
    (markup.inline_complaints, "templates/a.html", '<p class="a" style="x">', "style attribute"),
    (markup.inline_complaints, "templates/a.html", '<p onclick="x()">', "event attribute"),
    (markup.inline_complaints, "templates/a.html", '<p hx-on:click="x()">', "htmx event attribute"),
    (markup.inline_complaints, "templates/a.html", '<a href="javascript:x()">', "javascript address"),
    (markup.inline_complaints, "templates/a.html", "{{ text|safe }}", "unescaped text"),
    (markup.text_complaints, "templates/a.html", "\n<p>Lagre nå</p>", "templates/a.html:2: not translated: 'Lagre nå'"),
    (markup.text_complaints, "templates/a.html", '<img alt="Et bilde">', "not translated: 'Et bilde'"),
    (markup.text_complaints, "templates/a.html", '<input type="submit" value="Lagre">', "not translated: 'Lagre'"),
    (markup.text_complaints, "templates/a.html", '<p>{% translate "Ja" %}</p><p>Nei</p>', "not translated: 'Nei'"),
    (
        markup.text_complaints,
        "templates/a.html",
        '{% include "b.html" with title="Alle enheter" %}',
        "passed on without _(): 'Alle enheter'",
    ),
    (wording.unfinished_complaints, "scorecard/services.py", f"# {UNFINISHED} later\n", f"scorecard/services.py:1: {UNFINISHED}"),
    (wording.untranslated_complaints, "scorecard/forms.py", "label = 'Ny måling'\n", "scorecard/forms.py:1: not translated: 'Ny måling'"),
    (wording.untranslated_complaints, "scorecard/forms.py", "text = f'{n} enheter er røde'\n", "not translated"),
    (addresses.lock_complaints, "requirements/core.txt", f"--index-url {ELSEWHERE}/simple\n", "names a package index"),
    (addresses.lock_complaints, "requirements/core.txt", f"django @ {ELSEWHERE}/django.whl\n", "names a package index"),
    (addresses.lock_complaints, "package-lock.json", f'{{"resolved": "{ELSEWHERE}/a.tgz"}}', "names a package index"),
    (addresses.page_complaints, "templates/a.html", f'<img src="{ELSEWHERE}/a.png">', f"absolute address {ELSEWHERE}"),
    (addresses.page_complaints, "static/css/app.css", "a{background:url(//somewhere.example/a.png)}", "absolute address //somewhere"),
]


@pytest.mark.parametrize("guard, name, text, complaint", OFFENDERS, ids=[f"{row[1]}-{row[3][:30]}" for row in OFFENDERS])
def test_an_offender_is_found(planted, guard, name, text, complaint):
    found = list(guard(planted(name, text)))

    assert len(found) == 1
    assert complaint in found[0]


HARMLESS = [
    (sizes.complaints, "scorecard/models.py", LINE * 300),
    (sizes.complaints, "scorecard/migrations/0001_initial.py", LINE * 400),
    (
        rooms.complaints,
        "scorecard/services/publishing.py",
        "from datetime import date\n\n\ndef today_or(day: date) -> date:\n    return day\n",
    ),
    (markup.inline_complaints, "templates/a.html", '<script src="/static/a.js" defer></script><script type="application/json">{}</script>'),
    (markup.inline_complaints, "templates/a.html", '{# <p style="x"> #}<p class="style">'),
    (
        markup.text_complaints,
        "templates/a.html",
        '<p title="{% translate "Ja" %}">{% blocktranslate %}Hei{% endblocktranslate %} {{ n }} kr – CSV</p>',
    ),
    (markup.text_complaints, "templates/a.html", '{% include "b.html" with title=_("Alle enheter") kind="wide" %}'),
    (wording.untranslated_complaints, "scorecard/forms.py", "from django.utils.translation import gettext as _\nlabel = _('Ny måling')\n"),
    (markup.text_complaints, "templates/a.html", '<button name="direction" value="up"><input type="hidden" value="down">'),
    (markup.text_complaints, "templates/a.html", "{% block body_class %}al--account{% endblock %}"),
    (wording.untranslated_complaints, "scorecard/urls.py", "address = 'målekart/'\n"),
    (wording.untranslated_complaints, "scorecard/models.py", '"""Et målekart er et årsverk."""\n'),
    (addresses.page_complaints, "static/a.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>'),
]


@pytest.mark.parametrize("guard, name, text", HARMLESS, ids=[f"{row[1]}-{row[2][:30]}" for row in HARMLESS])
def test_what_is_allowed_is_left_alone(planted, guard, name, text):
    assert list(guard(planted(name, text))) == []


@pytest.mark.parametrize("line", ["Skrevet av Donald von Drake", "donald.drake@somewhere.example", "Tlf. 12 34 56 78", "12345678"])
def test_real_names_are_known_by_their_fingerprint(planted, monkeypatch, line):
    secrets = ["von drake", "donald drake", "12345678"]
    monkeypatch.setattr(wording, "FINGERPRINTS", {hashlib.sha256(secret.encode()).hexdigest()[:16] for secret in secrets})

    assert list(wording.name_complaints(planted("docs/a.md", f"\n{line}\n"))) == [
        "docs/a.md:2: the name or telephone number of a real person"
    ]
    assert len(list(wording.name_complaints(planted("docs/a.md", "Donald og Drake, 1234 56 789\n")))) == 0
