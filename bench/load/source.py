"""Load from Postfix's generator, ``smtp-source``."""

import subprocess
import time
from pathlib import Path

from bench.processes import Place
from bench.programs import environment

LIMIT = 120.0


def send(program: Path, place: Place, *, count: int, sessions: int, size: int, one: bool) -> float:
    """Send ``count`` messages of ``size`` octets; the seconds it took.

    ``one`` opens a connection for each message.

    Raises:
        RuntimeError: the server did not take them all.
    """
    options = ["-s", str(sessions), "-m", str(count), "-l", str(size)]
    envelope = ["-f", "a@x.example.com", "-t", "b@y.example.com"]
    begin = time.perf_counter()
    done = subprocess.run(
        [str(program), *([] if one else ["-d"]), *options, *envelope, f"{place.host}:{place.port}"],
        env=environment(program),
        capture_output=True,
        timeout=LIMIT,
        check=False,
    )
    seconds = time.perf_counter() - begin
    if done.returncode:
        raise RuntimeError(f"smtp-source: {done.stderr.decode(errors='replace').strip()[:300]}")
    return seconds
