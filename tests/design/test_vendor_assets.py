"""What the set-up copies, and what it refuses."""

import json
import re

import pytest
from plotly.offline import get_plotlyjs_version

from scripts import vendor_assets
from scripts.sources import ROOT
from scripts.vendor_assets import VendorError

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">\n  <path fill="var(--fg-color, #2A2859)" d="M1 1"/>\n</svg>'
CSS = 'a{src:url("../f/A.woff2") format("woff2"),url("../f/A.woff") format("woff")}b{background:url(https://cdn.example/1.2/icons/i.svg)}'


@pytest.fixture
def project(tmp_path):
    """A project with one small package."""
    package = tmp_path / "node_modules" / "look"
    (package / "icons").mkdir(parents=True)
    (package / "package.json").write_text('{"version": "1.0.0"}')
    (package / "look.css").write_text(CSS)
    (package / "no.js").write_text("module.exports = {name: 'no'};")
    (package / "icons" / "tick.svg").write_text(SVG)
    lock = {"packages": {"": {}, "node_modules/look": {"version": "1.0.0", "license": "MIT", "integrity": "sha512-x"}}}
    (tmp_path / "package-lock.json").write_text(json.dumps(lock))
    recipe = {
        "look": {
            "packages": ["look"],
            "files": {"css/look.css": ["look", "look.css"], "no.js": ["look", "no.js"]},
            "replace": [["https://cdn\\.example/[0-9.]+/", "../"]],
            "wrap_locale": ["no.js"],
            "sprite": {"from": ["look", "icons"], "to": "sprite.svg", "symbols": {"check": "tick"}},
        }
    }
    (tmp_path / "recipe.json").write_text(json.dumps(recipe))
    return tmp_path


def run(project):
    return vendor_assets.vendor(project, project / "recipe.json")


def test_addresses_are_made_local_and_the_old_font_format_is_left_out(project):
    run(project)

    css = (project / "static/vendor/look/css/look.css").read_text()
    assert css == 'a{src:url("../f/A.woff2") format("woff2")}b{background:url(../icons/i.svg)}'


def test_a_note_names_version_licence_and_checksums(project):
    run(project)

    note = json.loads((project / "static/vendor/look/VENDOR.json").read_text())
    assert note["packages"] == [{"name": "look", "version": "1.0.0", "licence": "MIT", "integrity": "sha512-x"}]
    assert set(note["files"]) == {"css/look.css", "no.js", "sprite.svg"}
    assert all(re.fullmatch("[0-9a-f]{64}", entry["sha256"]) for entry in note["files"].values())


def test_icons_take_the_colour_of_the_text(project):
    run(project)

    sprite = (project / "static/vendor/look/sprite.svg").read_text()
    assert '<symbol id="i-check" viewBox="0 0 32 32"><path fill="currentColor" d="M1 1"/></symbol>' in sprite


def test_a_locale_becomes_a_script_for_browsers(project):
    run(project)

    text = (project / "static/vendor/look/no.js").read_text()
    assert "Plotly.register(module.exports);" in text
    assert text.startswith("(function () {")


def test_a_second_run_does_nothing_even_without_the_packages(project):
    assert run(project) == ["look: 3 files"]
    (project / "node_modules").rename(project / "gone")

    assert run(project) == ["look: stands"]


@pytest.mark.parametrize("damage", ["changed", "removed"])
def test_a_damaged_file_is_made_anew(project, damage):
    run(project)
    css = project / "static/vendor/look/css/look.css"
    css.write_text("a{}") if damage == "changed" else css.unlink()

    assert run(project) == ["look: 3 files"]
    assert "woff2" in css.read_text()


@pytest.mark.parametrize(
    "css",
    ["a{background:url(https://other.example/x.png)}", "a{background:url('//other.example/x')}", '@import "https://x.example/a.css";'],
)
def test_an_outside_address_is_refused(project, css):
    (project / "node_modules/look/look.css").write_text(css)

    with pytest.raises(VendorError, match="outside address"):
        run(project)
    assert not (project / "static/vendor/look").exists()


def test_an_icon_with_a_script_is_refused(project):
    (project / "node_modules/look/icons/tick.svg").write_text(SVG.replace("<path", "<script>1</script><path"))

    with pytest.raises(VendorError, match="more than shapes"):
        run(project)


def test_another_version_than_the_locked_one_is_refused(project):
    (project / "node_modules/look/package.json").write_text('{"version": "1.0.1"}')

    with pytest.raises(VendorError, match=r"1\.0\.1 is installed, 1\.0\.0 is locked"):
        run(project)


def test_missing_packages_say_what_to_run(project):
    (project / "node_modules").rename(project / "gone")

    with pytest.raises(VendorError, match="npm ci"):
        run(project)


def test_versions_are_exact_and_the_lock_names_no_address():
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    lock = (ROOT / "package-lock.json").read_text()

    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert "resolved" not in lock
    assert "http" not in lock
    assert {name: entry["version"] for name, entry in vendor_assets.locked_versions(ROOT).items() if name in wanted} == wanted


def test_the_drawing_library_is_the_one_the_figures_are_built_for():
    assert json.loads((ROOT / "package.json").read_text())["dependencies"]["plotly.js-basic-dist-min"] == get_plotlyjs_version()
