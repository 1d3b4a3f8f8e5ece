"""Fetch the front-end packages and copy what we use of them to static/vendor.

Node is needed for this step only. Where the machine has no npm, or one that is too old to read our lock file, the Python
wheel that carries Node and npm is installed beside the application.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_NPM = 9
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")


def usable_npm() -> str | None:
    """The npm on the path, if it is new enough and has a Node that runs."""
    found = shutil.which("npm")
    if not found or not shutil.which("node"):
        return None
    answer = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"\d+", answer.stdout)
    return found if answer.returncode == 0 and version and int(version[0]) >= OLDEST_NPM else None


def npm_of_wheel() -> str:
    """The npm that the Python wheel brings, installed beside this Python when it is not there."""
    beside = Path(sys.executable).parent
    if not (beside / "npm").exists():
        print("No usable npm on this machine: installing the Python wheel that carries Node and npm.", flush=True)
        wanted = str(ROOT / "requirements" / "node.txt")
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", wanted], check=True
        )
    return str(beside / "npm")


def environment() -> dict[str, str]:
    """npm wants a folder for its cache, and Node the certificates of the machine (a network may have one of its own)."""
    variables = {**os.environ, "PATH": f"{os.environ.get('PATH', os.defpath)}{os.pathsep}{Path(sys.executable).parent}"}
    if SYSTEM_CERTIFICATES.exists():
        variables.setdefault("NODE_EXTRA_CA_CERTS", str(SYSTEM_CERTIFICATES))
    home = Path(os.environ.get("HOME", "/"))
    if not os.access(home, os.W_OK):
        variables["npm_config_cache"] = str(ROOT / "var" / "npm")
    return variables


def main() -> int:
    subprocess.run([usable_npm() or npm_of_wheel(), *INSTALL], cwd=ROOT, env=environment(), check=True, stdin=subprocess.DEVNULL)
    subprocess.run([sys.executable, str(ROOT / "scripts" / "vendor_assets.py")], cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failure:
        sys.exit(f"The front-end files could not be fetched: {' '.join(map(str, failure.cmd))} ended with {failure.returncode}.")
