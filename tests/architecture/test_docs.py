"""What the documents promise exists: commands, files and pages."""

import importlib
import re
import tomllib

import pytest

from scripts.sources import APPS, ROOT, own_files, own_text

DOCUMENTS = sorted(name for name in own_files(ROOT) if name.suffix == ".md")
TARGETS = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
MAKE = re.compile(r"`make ([a-z-]+)")
BELOW_DOCS = [name for name in DOCUMENTS if name.parts[0] == "docs"]
SPAN = re.compile(r"`([^`\n]+)`")
# A folder, or a file by its ending; patterns such as locale/<code>/django.po are no promises.
PATH = re.compile(r"\.?[\w-]+(?:/[\w.-]+)*/(?:[\w.-]+\.(?:py|html|css|js|po|toml|yml|md|csv|json|txt))?")
# The set-up and the runs make these.
PRODUCED = ("var/", "static/vendor/", "locale/")
DOTTED = re.compile(r"\w+(?:\.\w+)+")
LAYERS = re.compile(r"```text\n(alna\n.*?)```", re.DOTALL)


def _spans(document):
    return SPAN.findall(re.sub(r"```.*?```", "", (ROOT / document).read_text(encoding="utf-8"), flags=re.DOTALL))


def _leads_somewhere(dotted):
    """Whether a.b.c is a module, or a name in one, or a name of that."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            if not hasattr(found, name):
                return False
            found = getattr(found, name)
        return True
    return False


def test_there_are_targets_and_documents_to_look_at():
    assert {"setup", "demo", "test", "check", "bench"} <= set(TARGETS)
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md"} <= {str(name) for name in DOCUMENTS}


def test_every_target_is_explained_in_contributing():
    text = (ROOT / "CONTRIBUTING.md").read_text()

    assert [target for target in TARGETS if f"make {target}" not in text] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_link_leads_somewhere(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    broken = [link for link in LINK.findall(text) if not (ROOT / document).parent.joinpath(link).exists()]

    assert broken == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_named_target_exists(document):
    named = set(MAKE.findall((ROOT / document).read_text(encoding="utf-8")))

    assert named <= set(TARGETS)


def test_the_readme_begins_with_the_two_commands():
    beginning = (ROOT / "README.md").read_text().split("\n## ")[0]

    assert beginning.index("make demo") < beginning.index("make test")


@pytest.mark.parametrize("document", BELOW_DOCS, ids=str)
def test_every_named_file_exists(document):
    named = {span for span in _spans(document) if PATH.fullmatch(span) and not span.startswith(PRODUCED)}
    apps_to_come = {f"{app}/" for app in APPS if not (ROOT / app).exists()}
    rooms = {f"{room}/" for room in ("forms", "charts", "views", "queries")}

    assert [path for path in sorted(named - apps_to_come - rooms) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", BELOW_DOCS, ids=str)
def test_every_named_function_exists(document):
    named = {span for span in _spans(document) if DOTTED.fullmatch(span) and span.split(".")[0] in APPS}

    assert [dotted for dotted in sorted(named) if (ROOT / dotted.split(".")[0]).exists() and not _leads_somewhere(dotted)] == []


def test_the_documents_name_files_and_functions():
    spans = {span for document in BELOW_DOCS for span in _spans(document)}

    assert {"alna/access.py", "scorecard/services/values.py", "scorecard.services.values.record_values"} <= spans
    assert _leads_somewhere("scorecard.models.Measurement.Origin")
    assert not _leads_somewhere("scorecard.models.Measurement.Nowhere")
    assert not _leads_somewhere("scorecard.nowhere")


@pytest.mark.parametrize("document", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_the_layers_are_those_that_the_contract_keeps(document):
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    kept = next(contract["layers"] for contract in contracts if contract["id"] == "apps")
    told = LAYERS.search((ROOT / document).read_text(encoding="utf-8"))

    assert told[1].splitlines() == [re.sub("[()]", "", layer) for layer in kept]


def test_every_name_of_the_glossary_stands_in_the_sources():
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").split("\n## For the apps to come")[0]
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| ") and "`" in line]
    named = {name for row in rows for cell in row[2:4] for name in re.findall(r"`([A-Za-z_]+)`", cell)}
    words = set(re.findall(r"\w+", " ".join(source for _name, source in own_text(ROOT, ".py", below=APPS))))

    assert len(named) > 80
    assert sorted(named - words) == []


def test_every_decision_and_recipe_is_listed():
    for folder in ("decisions", "recipes"):
        listed = set(LINK.findall((ROOT / "docs" / folder / "README.md").read_text(encoding="utf-8")))
        there = {path.name for path in (ROOT / "docs" / folder).glob("*.md")} - {"README.md"}

        assert there <= listed, folder


@pytest.mark.parametrize("document", [name for name in BELOW_DOCS if re.match(r"\d{4}-", name.name)], ids=str)
def test_a_decision_says_what_why_at_what_cost_and_until_when(document):
    text = (ROOT / document).read_text(encoding="utf-8")

    assert [word for word in ("**Decided.**", "**Why.**", "**How", "**Costs.**", "**Look again**") if word not in text] == []
