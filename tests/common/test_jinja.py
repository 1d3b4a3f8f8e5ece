"""Big tables are drawn by another engine: the marks must be the same there."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from jinja2 import Environment, FileSystemLoader

from common.jinja import table_globals
from common.marks import STATUSES, Change
from common.sparklines import sparkline
from scripts.sources import ROOT

NASTY = "<b>&\"'"
CONTEXT = {
    "change": Change("up", "worse", f"0,1 {NASTY}"),
    "counts": [("reached", 3), ("no_value", 2)],
    "line": sparkline([Decimal(1), Decimal(2)], Decimal(2)),
    "value": Decimal("-1470.5"),
    "none": None,
    "nasty": NASTY,
}
PAIRS = [
    ('{% icon "down" "s" %}', '{{ c.icon("down", "s") }}'),
    *((f'{{% status "{code}" %}}', f'{{{{ c.status("{code}") }}}}') for code in STATUSES),
    ('{% status "reached" nasty %}', '{{ c.status("reached", nasty) }}'),
    ('{% status_cell "nearly" nasty %}', '{{ c.status_cell("nearly", nasty) }}'),
    ("{% status_count counts %}", "{{ c.status_count(counts) }}"),
    ("{% trend change %}", "{{ c.trend(change) }}"),
    ("{% trend change hide_text=True %}", "{{ c.trend(change, hide_text=true) }}"),
    ("{% trend none %}", "{{ c.trend(none) }}"),
    ('{% quality "estimate" %}', '{{ c.quality("estimate") }}'),
    ('{% quality "final" %}', '{{ c.quality("final") }}'),
    ("{% missing %}", "{{ c.missing() }}"),
    ("{% spark line nasty cell=True %}", "{{ c.spark(line, nasty, true) }}"),
    ("{{ value|nb_number:1 }}", "{{ c.num(value, 1) }}"),
    ("{{ none|nb_number }}", "{{ c.num(none) }}"),
]


@pytest.fixture(scope="module")
def environment():
    made = Environment(loader=FileSystemLoader(ROOT / "templates" / "jinja2"), autoescape=True)
    made.globals.update(table_globals())
    return made


@pytest.mark.parametrize("django_source, jinja_source", PAIRS)
def test_both_engines_give_the_same_markup(environment, django_source, jinja_source):
    imported = '{% import "components.html" as c %}' + jinja_source

    assert environment.from_string(imported).render(CONTEXT) == Template(django_source).render(Context(CONTEXT))


def test_a_cell_carries_its_column_and_is_escaped(environment):
    source = '{% import "components.html" as c %}{{ c.td("Mål", nasty, "al-num") }}'

    assert (
        environment.from_string(source).render(CONTEXT) == '<td role="cell" class="al-num" data-label="Mål">&lt;b&gt;&amp;&#34;&#39;</td>'
    )
