"""A server as a process: started, waited for, measured from outside, ended.

Times are seconds of the processor (user and system), sizes octets; both of the process and its
children, as ``/proc`` tells them.
"""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

START = 20.0
QUIET = 0.25
SETTLE = 30.0
_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Place(NamedTuple):
    """Where a server listens."""

    host: str
    port: int


class Server:
    """A server that runs, perhaps not as a process of ours: then nothing is known of its cost."""

    def __init__(self, smtp: Place, *, pid: int | None = None, http: Place | None = None) -> None:
        self.smtp = smtp
        self.http = http
        self.pid = pid

    def cpu(self) -> float | None:
        """Seconds of the processor so far."""
        if self.pid is None:
            return None
        return sum(seconds_of(pid) for pid in _family(self.pid))

    def resident(self) -> int | None:
        """Octets of memory that are resident."""
        if self.pid is None:
            return None
        return sum(_resident(pid) for pid in _family(self.pid))

    def settle(self) -> None:
        """Wait until it does nothing any more, such as indexing what came."""
        end = time.monotonic() + SETTLE
        spent = self.cpu()
        while spent is not None and time.monotonic() < end:
            time.sleep(QUIET)
            now = self.cpu()
            if now is None or now - spent <= 2 / _TICK:
                return
            spent = now


@contextmanager
def running(
    command: Sequence[str | Path],
    smtp: Place,
    *,
    http: Place | None = None,
    environment: dict[str, str] | None = None,
) -> Iterator[Server]:
    """A server of this command, from its first greeting to its end.

    Raises:
        RuntimeError: it ended, or did not greet in time.
    """
    process = subprocess.Popen(
        [str(word) for word in command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        _greeted(process, smtp)
        yield Server(smtp, pid=process.pid, http=http)
    finally:
        for kind in (signal.SIGINT, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, kind)
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
                break


def free_port() -> int:
    """A port of loopback that nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def _greeted(process: subprocess.Popen[bytes], place: Place) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        with suppress(OSError), socket.create_connection(place, 1) as one:
            if one.recv(3) == b"220":
                return
        time.sleep(0.01)
    raise RuntimeError(f"{process.args!r} does not greet at {place.host}:{place.port}")


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        with suppress(OSError):
            for children in Path(f"/proc/{one}/task").glob("*/children"):
                found += map(int, children.read_text().split())
    return found


def seconds_of(pid: int) -> float:
    """Seconds of the processor that one process has used so far; 0 where there is none."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICK


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0
