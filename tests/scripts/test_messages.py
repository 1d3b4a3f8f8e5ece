"""Extraction finds every kind of text, and the catalogue says what is missing, unsure or wrong."""

from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from scripts.compile_messages import main as compile_main
from scripts.extraction import Message, NotConstant, all_messages, from_django_template, from_jinja_template, from_python
from scripts.messages import catalogues, complaints, main, merge
from scripts.sources import own_files

HERE = Path("a")


@pytest.mark.parametrize(
    "source, found",
    [
        ("from django.utils.translation import gettext as _\n_('Ja')", [Message("Ja")]),
        ("from django.utils.translation import gettext_lazy as name\nname('Ja' ' og nei')", [Message("Ja og nei")]),
        ("from django.utils.translation import ngettext\nngettext('%(n)s rad', '%(n)s rader', n)", [Message("%(n)s rad", "%(n)s rader")]),
        ("from django.utils.translation import pgettext\npgettext('måned', 'Mai')", [Message("Mai", "", "måned")]),
        ("from django.utils import translation\ntranslation.gettext('Ja')", [Message("Ja")]),
        ("_('not imported, so not ours')", []),
    ],
)
def test_python(source, found):
    assert list(from_python(source, HERE)) == found


@pytest.mark.parametrize("argument", ["name", "f'{name} og'", "'a' + name"])
def test_a_text_put_together_at_run_time_is_refused(argument):
    with pytest.raises(NotConstant, match="a:2"):
        list(from_python(f"from django.utils.translation import gettext\ngettext({argument})", HERE))


@pytest.mark.parametrize(
    "source, found",
    [
        ('<p>{% translate "Ja" %}</p>', [Message("Ja")]),
        ('  <p title="{% translate "Mai" context "måned" %}">', [Message("Mai", "", "måned")]),
        ('{{ _("Ja") }} {{ value|default:_("Nei") }}', [Message("Ja"), Message("Nei")]),
        ('{% include "b.html" with title=_("Alle") %}', [Message("Alle")]),
        (
            "{% blocktranslate count n=rows trimmed %}\n  {{ n }} rad\n{% plural %}\n  {{ n }} rader\n{% endblocktranslate %}",
            [Message("%(n)s rad", "%(n)s rader")],
        ),
        ("{# Ja #}", []),
    ],
)
def test_django_templates(source, found):
    assert list(from_django_template(source, HERE)) == found


@pytest.mark.parametrize(
    "source, found",
    [
        ('{{ _("Ja") }}', [Message("Ja")]),
        ('{{ gettext("Hei %(name)s", name=name) }}', [Message("Hei %(name)s")]),
        ('{{ ngettext("%(num)s rad", "%(num)s rader", n) }}', [Message("%(num)s rad", "%(num)s rader")]),
        ("{% trans %}Hei {{ name }}{% endtrans %}", [Message("Hei %(name)s")]),
    ],
)
def test_jinja_templates(source, found):
    assert list(from_jinja_template(source, HERE)) == found


@pytest.fixture
def tree(tmp_path):
    """A small project with one text of each kind."""
    (tmp_path / "scorecard").mkdir()
    (tmp_path / "scorecard" / "forms.py").write_text("from django.utils.translation import gettext as _\n_('Ja')\n")
    (tmp_path / "templates" / "jinja2").mkdir(parents=True)
    (tmp_path / "templates" / "a.html").write_text(
        "{% blocktranslate count n=n %}{{ n }} rad{% plural %}{{ n }} rader{% endblocktranslate %}", encoding="utf-8"
    )
    (tmp_path / "templates" / "jinja2" / "b.html").write_text('{{ _("Hei %(name)s") }}')
    own_files.cache_clear()
    return tmp_path


CATALOGUE = "locale/en/LC_MESSAGES/django.po"


def test_a_first_merge_writes_every_text_and_a_second_changes_nothing(tree):
    assert main([], tree) == 0
    first = (tree / CATALOGUE).read_text()
    assert main([], tree) == 0

    assert (tree / CATALOGUE).read_text() == first
    assert first.count("msgid ") == 4  # the header and three texts
    assert str(tree) not in first


def translate(tree, **pairs):
    text = (tree / CATALOGUE).read_text()
    text = text.replace('msgid "Ja"\nmsgstr ""', 'msgid "Ja"\nmsgstr "Yes"')
    text = text.replace('msgid "Hei %(name)s"\nmsgstr ""', 'msgid "Hei %(name)s"\nmsgstr "Hello %(name)s"')
    text = text.replace('msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "One row"\nmsgstr[1] "%(n)s rows"')
    for old, new in pairs.values():
        assert old in text
        text = text.replace(old, new)
    (tree / CATALOGUE).write_text(text)
    return list(complaints(tree / CATALOGUE, all_messages(tree)))


def test_a_complete_catalogue_has_no_complaints_and_keeps_its_translations(tree):
    main([], tree)

    assert translate(tree) == []
    assert main(["--check"], tree) == 0
    merge(tree / CATALOGUE, list(all_messages(tree)))
    assert list(complaints(tree / CATALOGUE, all_messages(tree))) == []


@pytest.mark.parametrize(
    "change, complaint",
    [
        (('msgstr "Yes"', 'msgstr ""'), "en: not translated: 'Ja' (scorecard/forms.py)"),
        (('msgstr[1] "%(n)s rows"', 'msgstr[1] ""'), "en: not translated: '%(n)s rad' (templates/a.html)"),
        (('msgid "Ja"', '#, fuzzy\nmsgid "Ja"'), "en: marked as unsure: 'Ja'"),
        (("Hello %(name)s", "Hello %(nme)s"), "exactly the placeholders %(name)s"),
        (("%(n)s rows", "rows"), "exactly the placeholders %(n)s"),
    ],
)
def test_what_is_not_complete_is_named(tree, change, complaint):
    main([], tree)

    found = translate(tree, change=change)

    assert len(found) == 1
    assert complaint in found[0]


def test_a_text_that_is_gone_is_named_and_dropped(tree):
    main([], tree)
    translate(tree)
    (tree / "scorecard" / "forms.py").write_text("")

    found = list(complaints(tree / CATALOGUE, all_messages(tree)))
    assert found == ["en: no longer in the sources: 'Ja' (run `make messages`)"]
    assert merge(tree / CATALOGUE, list(all_messages(tree))) == (0, 1)


def test_a_missing_catalogue_is_not_complete(tree):
    assert catalogues(tree) == []
    assert main(["--check"], tree) == 1


def test_the_compiled_catalogue_speaks_english(tree):
    main([], tree)
    translate(tree)

    assert compile_main([], tree) == 0

    with (tree / CATALOGUE).with_suffix(".mo").open("rb") as readable:
        compiled = read_mo(readable)
    assert compiled["Ja"].string == "Yes"
    assert compiled.num_plurals == 2
