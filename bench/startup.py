"""Starting: from the command to readiness, what an idle server holds, what a verb takes."""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

from bench.processes import Place, free_port, running
from bench.targets import HOST, ROOT, command, own_environment

TIMES = 9
LIMIT = 30.0


class Startup(NamedTuple):
    """Medians: seconds to the first greeting, octets resident when idle, seconds of a verb."""

    ready: float
    resident: float
    verb: float


def measure(times: int = TIMES) -> Startup:
    """Start a server so many times, and have a verb talk to the last one."""
    ready = [ready_after(()) for _ in range(times)]
    smtp, http = Place(HOST, free_port()), Place(HOST, free_port())
    words = command(smtp, http)
    with running(words, smtp, http=http, environment=own_environment()) as server:
        server.settle()
        resident = server.resident() or 0
        verb = [_verb(http) for _ in range(times)]
    return Startup(statistics.median(ready), resident, statistics.median(verb))


def ready_after(options: Sequence[str]) -> float:
    """Seconds from the command to the line that says the server is ready."""
    words = command(Place(HOST, 0), Place(HOST, 0), *options)
    begin = time.perf_counter()
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=own_environment(), text=True
    ) as process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if "ready" in line:
                    return time.perf_counter() - begin
        finally:
            process.terminate()
    raise RuntimeError("the server ended before it was ready")


def _verb(http: Place) -> float:
    words = [sys.executable, "-m", "mailtrap", "list", "--url", f"http://{http.host}:{http.port}"]
    begin = time.perf_counter()
    subprocess.run(
        words, check=True, capture_output=True, env=own_environment(), cwd=ROOT, timeout=LIMIT
    )
    return time.perf_counter() - begin
