"""Run the demonstration: one web server and one worker on one port, as one process that ends with everything it started.

python -m scripts.run_demo --port 8123
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN = 60.0
GRACE = 8.0
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - served only where HOST asks for it
# Celery warns every root user; our messages are JSON, where the danger it warns of does not exist.
QUIET_ROOT = "ignore:You're running the worker with superuser privileges"


class DemoError(Exception):
    """The demonstration cannot run; the text says why and what to do."""


@dataclass
class Supervisor:
    """Children that live and die together."""

    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    asked_to_stop: bool = False

    def ask_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def start(self, name: str, command: Sequence[str], environment: dict[str, str]) -> None:
        self.children[name] = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)

    def finish(self, name: str) -> int:
        """Wait for a child that is meant to end by itself; gives its exit code, or -1 when asked to stop first."""
        while not self.asked_to_stop:
            if (code := self.children[name].poll()) is not None:
                del self.children[name]
                return code
            time.sleep(0.05)
        return -1

    def fallen(self) -> str | None:
        """The name of a child that ended by itself."""
        return next((name for name, child in self.children.items() if child.poll() is not None), None)

    def stop(self) -> None:
        """Ask every child to end, and make it end after the grace."""
        for child in self.children.values():
            child.terminate()
        deadline = time.monotonic() + GRACE
        for child in self.children.values():
            try:
                child.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def check_port(host: str, port: int) -> None:
    """Raise DemoError where somebody else has the port, before anything is set up."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise DemoError(
                f"Port {port} på {host} kan ikke brukes ({error.strerror}). Velg en annen: make demo PORT={port + 1}\n"
                f"Port {port} on {host} cannot be used. Choose another: make demo PORT={port + 1}"
            ) from error


def demo_environment(host: str, port: int) -> dict[str, str]:
    """The mode, the port and the hosts; for the rest, what the person has set wins."""
    hosts = ",".join(dict.fromkeys(["localhost", "127.0.0.1", "[::1]", host]))
    wanted = {
        "ALNA_BROKER_URL": "filesystem://localhost/",  # a host that means nothing, since Celery warns where there is none
        "ALNA_ALLOWED_HOSTS": "*" if host in EVERYWHERE else hosts,
        "DJANGO_SETTINGS_MODULE": "alna.settings",
        "PYTHONUNBUFFERED": "1",
    }
    return {**wanted, **os.environ, "ALNA_MODE": "demo", "ALNA_PORT": str(port)}


def web_command(host: str, port: int) -> list[str]:
    shown = f"[{host}]" if ":" in host else host
    options = "--workers 2 --preload --timeout 60 --graceful-timeout 5 --no-control-socket --log-level warning"
    return [sys.executable, "-m", "gunicorn", "alna.wsgi:application", "--bind", f"{shown}:{port}", *options.split()]


def worker_command() -> list[str]:
    options = "worker --beat --pool solo --without-gossip --without-mingle --loglevel WARNING"
    return [sys.executable, "-W", QUIET_ROOT, "-m", "celery", "--quiet", "--app", "alna.celery:app", *options.split()]


def address_of(host: str, port: int) -> str:
    """The address a person on this machine opens."""
    if host in EVERYWHERE:
        host = "127.0.0.1"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def wait_until_ready(supervisor: Supervisor, address: str, within: float = READY_WITHIN) -> None:
    """Return when /healthz answers. Raises DemoError when a child falls or the time is over."""
    deadline = time.monotonic() + within
    while not supervisor.asked_to_stop:
        if name := supervisor.fallen():
            raise DemoError(f"The {name} ended before the application was ready: see above.")
        if _healthy(f"{address}healthz"):
            return
        if time.monotonic() > deadline:
            raise DemoError(f"No answer from {address}healthz within {within:.0f} s.")
        time.sleep(0.1)


def _healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own address, always http
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def watch(supervisor: Supervisor) -> None:
    """Wait for the wish to stop. Raises DemoError when a child falls."""
    while not supervisor.asked_to_stop:
        if name := supervisor.fallen():
            raise DemoError(f"The {name} ended with {supervisor.children[name].returncode}.")
        time.sleep(0.2)


def run(host: str, port: int) -> None:
    """Prepare the data, start everything, say when it is ready, and stay until asked to stop."""
    check_port(host, port)
    environment = demo_environment(host, port)
    supervisor = Supervisor()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, supervisor.ask_to_stop)
    try:
        print("Klargjør database, demodata og statiske filer …", flush=True)
        supervisor.start("preparation", [sys.executable, "-m", "scripts.prepare_demo"], environment)
        if supervisor.finish("preparation") > 0:
            raise DemoError("The database or the demonstration data could not be prepared: see above.")
        serve(supervisor, host, port, environment)
    finally:
        supervisor.stop()


def serve(supervisor: Supervisor, host: str, port: int, environment: dict[str, str]) -> None:
    """Start the servers, say when they answer, and stay until asked to stop or until one of them falls."""
    if supervisor.asked_to_stop:
        return
    supervisor.start("web server", web_command(host, port), environment)
    supervisor.start("worker", worker_command(), environment)
    address = address_of(host, port)
    wait_until_ready(supervisor, address)
    if not supervisor.asked_to_stop:
        print(f"\nAlna er klar på {address} – Ctrl-C avslutter.\n", flush=True)
    watch(supervisor)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(arguments)
    try:
        run(options.host, options.port)
    except DemoError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
