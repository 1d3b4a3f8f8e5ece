"""What the documents promise exists: commands, files and pages."""

import re

import pytest

from scripts.sources import ROOT, own_files

DOCUMENTS = sorted(name for name in own_files(ROOT) if name.suffix == ".md")
TARGETS = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
MAKE = re.compile(r"`make ([a-z-]+)")


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
