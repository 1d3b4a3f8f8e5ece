"""The health checks tell a process that works from one that does not; worker and beat are real, on both kinds of broker."""

import http.server
import json
import os
import subprocess
import sys
import threading
import time

import pytest
import redis

from scripts import healthy
from scripts.machine import redis_url
from scripts.sources import ROOT

START_WITHIN = 40
CELERY = [sys.executable, "-m", "celery", "--app", "alna.celery:app"]


@pytest.fixture
def application():
    """A server that notes how it was asked and answers with a chosen status."""

    class Answer(http.server.BaseHTTPRequestHandler):
        status = 200
        asked = []

        def do_GET(self):
            Answer.asked.append((self.path, self.headers["Host"], self.headers["X-Forwarded-Proto"]))
            self.send_response(Answer.status)
            self.end_headers()

        def log_message(self, *args):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        Answer.port = server.server_port
        yield Answer
        server.shutdown()


def test_the_web_is_asked_as_the_proxy_would_ask(application, monkeypatch):
    monkeypatch.setenv("ALNA_PORT", str(application.port))
    monkeypatch.setenv("ALNA_ALLOWED_HOSTS", ".alna.example,other.example")

    assert healthy.web() is True
    assert application.asked == [("/readyz", "alna.example", "https")]


def test_a_web_that_lacks_its_database_is_not_healthy(application, monkeypatch):
    monkeypatch.setenv("ALNA_PORT", str(application.port))
    application.status = 500

    assert healthy.web() is False


def test_no_web_is_not_healthy(monkeypatch):
    monkeypatch.setenv("ALNA_PORT", "1")

    assert healthy.web() is False


@pytest.mark.parametrize("age, well", [(30, True), (3600, False)])
def test_beat_is_known_by_the_age_of_its_schedule(tmp_path, monkeypatch, age, well):
    monkeypatch.setenv("ALNA_DATA_DIR", str(tmp_path))
    schedule = tmp_path / "beat-schedule.db"
    schedule.touch()
    os.utime(schedule, (time.time() - age, time.time() - age))

    assert healthy.beat() is well


def test_a_beat_that_never_wrote_is_not_healthy(tmp_path, monkeypatch):
    monkeypatch.setenv("ALNA_DATA_DIR", str(tmp_path))

    assert healthy.beat() is False


@pytest.fixture
def redis_broker():
    address = redis_url()
    yield address
    client = redis.Redis.from_url(address)
    for pattern in ("_kombu*", "celery*", "unacked*", "*.pidbox"):
        for key in client.scan_iter(pattern):
            client.delete(key)
    client.close()


@pytest.fixture
def worker_with(tmp_path):
    """Start a worker with beat on a broker, in a data folder of its own; gives its environment."""
    running = []

    def start(broker):
        environment = {**os.environ, "ALNA_MODE": "demo", "ALNA_DATA_DIR": str(tmp_path), "ALNA_BROKER_URL": broker}
        environment.pop("DATABASE_URL", None)
        options = "worker --beat --pool solo --loglevel ERROR --include tests.scripts.marks"
        command = [*CELERY, *options.split()]
        running.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        return environment

    yield start
    for process in running:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def probe(name, environment):
    command = [sys.executable, "-m", "scripts.healthy", name]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def in_time(answer):
    """Whether a question is answered with yes before the time is over."""
    deadline = time.monotonic() + START_WITHIN
    while not answer():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def is_done_by_a_worker(environment, mark):
    """Send a task from one process; another must do it."""
    command = [*CELERY, "call", "tests.leave_a_mark", "--args", json.dumps([str(mark)])]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return in_time(mark.exists)


def test_a_worker_on_files_does_what_another_process_asked_for(worker_with, tmp_path):
    environment = worker_with("filesystem://")

    assert is_done_by_a_worker(environment, tmp_path / "mark")
    assert in_time(lambda: probe("beat", environment) == 0)


@pytest.mark.redis
def test_a_worker_on_redis_does_what_another_process_asked_for(worker_with, redis_broker, tmp_path):
    environment = worker_with(redis_broker)

    assert is_done_by_a_worker(environment, tmp_path / "mark")
    assert in_time(lambda: probe("beat", environment) == 0)
    assert probe("worker", environment) == 0


@pytest.mark.redis
def test_where_there_is_no_worker_nobody_answers(tmp_path, redis_broker):
    environment = {**os.environ, "ALNA_MODE": "demo", "ALNA_DATA_DIR": str(tmp_path), "ALNA_BROKER_URL": redis_broker}

    assert probe("worker", environment) == 1
