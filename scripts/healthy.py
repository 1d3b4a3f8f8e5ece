"""Whether one process of a container does its work. Ends with 0 or 1, for the container's health check.

python -m scripts.healthy web       the application reaches its database and cache
python -m scripts.healthy worker    the worker answers over Redis (files carry tasks, but no answers)
python -m scripts.healthy beat      the schedule was written within the last ten minutes
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

LONGEST_SILENCE = 600.0


def web() -> bool:
    """Asks the way a proxy would: under the application's own name, and as https."""
    host = os.environ.get("ALNA_ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".*") or "localhost"
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("ALNA_PORT", "8000")), timeout=4)
    try:
        connection.request("GET", "/readyz", headers={"Host": host, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def worker() -> bool:
    ping = ["inspect", "ping", "--timeout", "3", "--destination", f"celery@{socket.gethostname()}"]
    command = [sys.executable, "-m", "celery", "--app", "alna.celery:app", *ping]
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def beat() -> bool:
    """Beat writes its schedule every three minutes; the file's suffix depends on the machine's dbm."""
    folder = Path(os.environ.get("ALNA_DATA_DIR", "var"))
    return any(time.time() - path.stat().st_mtime < LONGEST_SILENCE for path in folder.glob("beat-schedule*"))


PROBES: dict[str, Callable[[], bool]] = {"web": web, "worker": worker, "beat": beat}

if __name__ == "__main__":
    sys.exit(0 if PROBES[sys.argv[1]]() else 1)
