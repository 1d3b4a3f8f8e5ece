"""The demonstration's supervisor: what it starts ends with it, and what goes wrong is said in a sentence."""

import http.server
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from scripts import run_demo
from scripts.run_demo import DemoError, Supervisor, address_of, check_port, demo_environment, wait_until_ready, watch

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)",
]


@pytest.fixture
def supervisor():
    running = Supervisor()
    yield running
    running.stop()


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_taken_port_is_refused_with_the_next_one_as_advice(taken_port):
    with pytest.raises(DemoError, match=f"make demo PORT={taken_port + 1}"):
        check_port("127.0.0.1", taken_port)


def test_a_free_port_is_accepted():
    check_port("127.0.0.1", free_port())


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(DemoError, match=r"192\.0\.2\.1"):
        check_port("192.0.2.1", free_port())


@pytest.mark.parametrize(
    "host, shown",
    [
        ("127.0.0.1", "http://127.0.0.1:8123/"),
        ("0.0.0.0", "http://127.0.0.1:8123/"),
        ("::1", "http://[::1]:8123/"),
        ("alna.lan", "http://alna.lan:8123/"),
    ],
)
def test_the_address_is_one_that_can_be_opened(host, shown):
    assert address_of(host, 8123) == shown


def test_the_mode_is_demo_and_the_persons_own_choices_stay(monkeypatch):
    monkeypatch.setenv("ALNA_MODE", "production")
    monkeypatch.setenv("ALNA_TODAY", "2026-10-09")

    given = demo_environment("127.0.0.1", 8123)

    assert (given["ALNA_MODE"], given["ALNA_PORT"], given["ALNA_TODAY"]) == ("demo", "8123", "2026-10-09")


def test_only_the_named_host_is_let_in(monkeypatch):
    monkeypatch.delenv("ALNA_ALLOWED_HOSTS", raising=False)

    assert demo_environment("alna.lan", 8123)["ALNA_ALLOWED_HOSTS"] == "localhost,127.0.0.1,[::1],alna.lan"
    assert demo_environment("0.0.0.0", 8123)["ALNA_ALLOWED_HOSTS"] == "*"


def test_children_end_together(supervisor):
    supervisor.start("first", SLEEP, dict(os.environ))
    supervisor.start("second", SLEEP, dict(os.environ))
    children = list(supervisor.children.values())
    assert supervisor.fallen() is None

    supervisor.stop()

    assert [child.returncode for child in children] == [-signal.SIGTERM, -signal.SIGTERM]


def test_a_child_that_does_not_listen_is_ended_after_the_grace(supervisor, monkeypatch, capfd):
    monkeypatch.setattr(run_demo, "GRACE", 0.2)
    supervisor.start("stubborn", STUBBORN, dict(os.environ))
    child = supervisor.children["stubborn"]
    deadline = time.monotonic() + 10
    while "ready" not in capfd.readouterr().out and time.monotonic() < deadline:
        time.sleep(0.02)

    supervisor.stop()

    assert child.returncode == -signal.SIGKILL


def test_a_fallen_child_ends_the_watch_and_is_named(supervisor):
    supervisor.start("worker", [sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ))

    with pytest.raises(DemoError, match="The worker ended with 3"):
        watch(supervisor)


def test_a_child_that_falls_before_the_answer_is_named(supervisor):
    supervisor.start("web server", [sys.executable, "-c", "raise SystemExit(1)"], dict(os.environ))

    with pytest.raises(DemoError, match="The web server ended before"):
        wait_until_ready(supervisor, f"http://127.0.0.1:{free_port()}/", within=10)


def test_no_answer_in_time_is_said(supervisor):
    supervisor.start("web server", SLEEP, dict(os.environ))

    with pytest.raises(DemoError, match="No answer"):
        wait_until_ready(supervisor, f"http://127.0.0.1:{free_port()}/", within=0.2)


@pytest.mark.parametrize("status, ready", [(200, True), (503, False)])
def test_only_a_healthy_answer_is_ready(supervisor, status, ready):
    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *args):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        if ready:
            wait_until_ready(supervisor, address, within=5)
        else:
            with pytest.raises(DemoError):
                wait_until_ready(supervisor, address, within=0.3)
        server.shutdown()


def test_the_commands_line_ends_with_a_sentence_and_not_a_trace(taken_port):
    command = [sys.executable, "-m", "scripts.run_demo", "--port", str(taken_port)]
    outcome = subprocess.run(command, cwd=run_demo.ROOT, capture_output=True, text=True, timeout=30, check=False)

    assert outcome.returncode == 1
    assert f"Port {taken_port} på 127.0.0.1 kan ikke brukes" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_finish_waits_for_one_that_ends_by_itself(supervisor):
    supervisor.start("preparation", [sys.executable, "-c", "raise SystemExit(4)"], dict(os.environ))

    assert supervisor.finish("preparation") == 4
    assert supervisor.children == {}


def test_finish_gives_way_to_the_wish_to_stop(supervisor):
    supervisor.start("preparation", SLEEP, dict(os.environ))
    supervisor.ask_to_stop(signal.SIGTERM, None)

    assert supervisor.finish("preparation") == -1
    assert "preparation" in supervisor.children
