"""Copy the front-end files we use from node_modules to static/vendor.

Only what vendor_assets.json names is copied. Each folder gets a VENDOR.json that
states name, version and licence of the packages and the checksum of every file.
A second run does nothing while versions, recipe and checksums stand, also when
node_modules is gone. Standard library only: the set-up runs this before anything
is installed.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RECIPE = Path(__file__).with_suffix(".json")
WOFF_FALLBACK = re.compile(r""",\s*url\(["']?[^)"']+\.woff["']?\)\s*format\(["']woff["']\)""")
OUTSIDE_URL = re.compile(r"""url\(\s*["']?\s*(?:https?:)?//|@import\s+["'](?:https?:)?//""")
SVG_OUTER = re.compile(r"<svg\b([^>]*)>(.*)</svg>", re.DOTALL)
VIEW_BOX = re.compile(r'viewBox="([^"]+)"')


class VendorError(Exception):
    """The files cannot be produced; the text says what to do."""


def sha256(content: bytes) -> str:
    """Checksum in the form VENDOR.json stores."""
    return hashlib.sha256(content).hexdigest()


def locked_versions(root: Path) -> dict[str, dict[str, str]]:
    """Name to version, licence and integrity, from package-lock.json."""
    lock = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))
    found: dict[str, dict[str, str]] = {}
    for path, entry in lock["packages"].items():
        if path.startswith("node_modules/"):
            found[path.removeprefix("node_modules/")] = {
                "version": entry["version"],
                "licence": entry.get("license", "unknown"),
                "integrity": entry.get("integrity", ""),
            }
    return found


def read_source(root: Path, package: str, path: str) -> bytes:
    """One file of an installed package."""
    source = root / "node_modules" / package / path
    try:
        return source.read_bytes()
    except FileNotFoundError:
        raise VendorError(f"{package}: {path} is missing. Run `npm ci` first.") from None


def check_installed(root: Path, package: str, version: str) -> None:
    """The installed package must be the locked one."""
    manifest = json.loads(read_source(root, package, "package.json"))
    if manifest["version"] != version:
        raise VendorError(f"{package}: {manifest['version']} is installed, {version} is locked. Run `npm ci`.")


def clean_css(text: str, replacements: list[list[str]]) -> str:
    """CSS without outside addresses and without the .woff fallbacks.

    Raises VendorError when an outside address is left: it would be fetched by
    every visitor, or blocked and leave a hole.
    """
    for pattern, new in replacements:
        text = re.sub(pattern, new, text)
    text = WOFF_FALLBACK.sub("", text)
    left = OUTSIDE_URL.search(text)
    if left:
        raise VendorError(f"outside address in CSS: {text[left.start() : left.start() + 120]}")
    return text


def wrap_locale(text: str) -> str:
    """A CommonJS locale as a script that a browser can load after Plotly."""
    return "(function () {\nvar module = {exports: {}};\n" + text.rstrip() + "\nPlotly.register(module.exports);\n})();\n"


def symbol(name: str, svg: str) -> str:
    """One icon as a <symbol>; the colour follows --fg-color, which we set to currentColor."""
    outer = SVG_OUTER.search(svg)
    box = VIEW_BOX.search(outer.group(1)) if outer else None
    if outer is None or box is None:
        raise VendorError(f"icon {name} has no viewBox")
    body = re.sub(r">\s+<", "><", outer.group(2).strip())
    body = body.replace('fill="var(--fg-color, #2A2859)"', 'fill="currentColor"')
    if re.search(r"<script|\son\w+=|href=|style=", body):
        raise VendorError(f"icon {name} holds more than shapes")
    return f'<symbol id="i-{name}" viewBox="{box.group(1)}">{body}</symbol>'


def build_sprite(symbols: dict[str, str], read: Callable[[str], bytes]) -> bytes:
    """All icons in one file, one symbol per line."""
    lines = [symbol(name, read(f"{file}.svg").decode("utf-8")) for name, file in sorted(symbols.items())]
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', *lines, "</svg>", ""]).encode()


def produce(root: Path, spec: dict[str, Any]) -> dict[str, tuple[str, bytes]]:
    """Target path to (package, content) for one vendor folder."""
    made: dict[str, tuple[str, bytes]] = {}
    for target, (package, path) in spec.get("files", {}).items():
        content = read_source(root, package, path)
        if target.endswith(".css"):
            content = clean_css(content.decode("utf-8"), spec.get("replace", [])).encode("utf-8")
        if target in spec.get("wrap_locale", []):
            content = wrap_locale(content.decode("utf-8")).encode("utf-8")
        made[target] = (package, content)
    sprite = spec.get("sprite")
    if sprite:
        package, folder = sprite["from"]
        content = build_sprite(sprite["symbols"], lambda name: read_source(root, package, f"{folder}/{name}"))
        made[sprite["to"]] = (package, content)
    return made


def wanted_packages(spec: dict[str, Any], locked: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """What VENDOR.json says about the packages of one folder."""
    missing = [name for name in spec["packages"] if name not in locked]
    if missing:
        raise VendorError(f"not in package-lock.json: {', '.join(missing)}")
    return [{"name": name, **locked[name]} for name in spec["packages"]]


def stands(folder: Path, packages: list[dict[str, str]], recipe: str) -> bool:
    """Whether the folder already holds exactly what this run would write."""
    try:
        note = json.loads((folder / "VENDOR.json").read_text(encoding="utf-8"))
        return (
            note["packages"] == packages
            and note["recipe"] == recipe
            and all(sha256((folder / name).read_bytes()) == entry["sha256"] for name, entry in note["files"].items())
        )
    except (OSError, ValueError, KeyError):
        return False


def write_folder(
    folder: Path,
    packages: list[dict[str, str]],
    recipe: str,
    made: dict[str, tuple[str, bytes]],
) -> None:
    """Write a folder beside the old one and put it in its place."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    for name, (_package, content) in made.items():
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        (fresh / name).write_bytes(content)
    note = {
        "packages": packages,
        "recipe": recipe,
        "files": {name: {"package": package, "sha256": sha256(content)} for name, (package, content) in sorted(made.items())},
    }
    (fresh / "VENDOR.json").write_text(json.dumps(note, indent=2) + "\n", encoding="utf-8")
    fresh.chmod(0o755)
    if folder.exists():
        shutil.rmtree(folder)
    fresh.rename(folder)


def vendor(root: Path = ROOT, recipe_path: Path = RECIPE) -> list[str]:
    """Bring static/vendor up to date. Returns one line per folder."""
    recipe_text = recipe_path.read_text(encoding="utf-8")
    recipe = sha256(recipe_text.encode() + Path(__file__).read_bytes())
    locked = locked_versions(root)
    report = []
    for name, spec in json.loads(recipe_text).items():
        folder = root / "static" / "vendor" / name
        packages = wanted_packages(spec, locked)
        if stands(folder, packages, recipe):
            report.append(f"{name}: stands")
            continue
        for package in packages:
            check_installed(root, package["name"], package["version"])
        made = produce(root, spec)
        write_folder(folder, packages, recipe, made)
        report.append(f"{name}: {len(made)} files")
    return report


def main() -> int:
    """Run from the command line; returns the exit code."""
    try:
        print("\n".join(vendor()))
    except VendorError as problem:
        print(f"vendor_assets: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
