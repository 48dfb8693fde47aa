"""Load of our own: many sessions in one process, pipelined or not, over TLS or not.

It is run as a process (``python -m bench.load.sender …``), so that it takes nothing from the time
of who measures. It prints the seconds from the first command to the last 250.
"""

import argparse
import asyncio
import importlib
import importlib.util
import ssl
import subprocess
import sys
import time
from collections.abc import Coroutine
from typing import Any, NamedTuple, cast

from bench.processes import Place
from bench.targets import ROOT, own_environment

LIMIT = 120.0
ENVELOPE = (b"MAIL FROM:<a@x.example.com>\r\n", b"RCPT TO:<b@y.example.com>\r\n", b"DATA\r\n")
HEAD = (
    b"From: Ann <a@x.example.com>\r\nTo: b@y.example.com\r\nSubject: load\r\n"
    b"Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <load@x.example.com>\r\n\r\n"
)
LINE = b"abcdefghijklmnopqrstuvwxyz0123456789 the quick brown fox jumps\r\n"


class Load(NamedTuple):
    """What a session sends."""

    messages: int
    size: int
    pipelined: bool


def content(size: int) -> bytes:
    """A message of ``size`` octets, dot-stuffed and ended as DATA wants it."""
    body = LINE * (size // len(LINE) + 1)
    return HEAD + body[: max(size - len(HEAD) - 2, 0)] + b"\r\n.\r\n"


class Session(asyncio.Protocol):
    """One connection: as many messages as it is told, each when the server asks for it."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.content = content(load.size)
        self.left = load.messages
        self.step = -2
        self.transport: asyncio.Transport
        self.rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Take replies: only the last line of each counts."""
        lines = (self.rest + data).split(b"\r\n")
        self.rest = lines.pop()
        for line in lines:
            if line[3:4] != b"-":
                self._replied(line)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(RuntimeError(f"the server hung up: {error}"))

    def _replied(self, line: bytes) -> None:
        if line[:1] not in b"23":
            self._fail(f"the server said {line!r}")
            return
        step, self.step = self.step, self.step + 1
        if step == -2:
            self.transport.write(b"EHLO bench.example.com\r\n")
        elif step == -1:
            self._next()
        elif step == 2:
            again = self.load.pipelined and self.left > 1
            self.transport.write(self.content + b"".join(ENVELOPE) if again else self.content)
        elif step == 3:
            self._stored()
        elif not self.load.pipelined:
            self.transport.write(ENVELOPE[self.step])

    def _next(self) -> None:
        self.transport.write(b"".join(ENVELOPE) if self.load.pipelined else ENVELOPE[0])

    def _stored(self) -> None:
        self.left -= 1
        self.step = 0
        if not self.left:
            self.done.set_result(None)
            self.transport.close()
        elif not self.load.pipelined:
            self._next()

    def _fail(self, text: str) -> None:
        if not self.done.done():
            self.done.set_exception(RuntimeError(text))
        self.transport.close()


async def run(place: Place, load: Load, sessions: int, *, tls: bool) -> float:
    """All sessions at once; the seconds it took."""
    loop = asyncio.get_running_loop()
    context = ssl.create_default_context() if tls else None
    if context:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    begin = time.perf_counter()
    opened = [
        loop.create_connection(lambda: Session(load), place.host, place.port, ssl=context)
        for _ in range(sessions)
    ]
    made = await asyncio.gather(*opened)
    await asyncio.gather(*(session.done for _, session in made))
    return time.perf_counter() - begin


def send(place: Place, load: Load, sessions: int, *, tls: bool = False) -> float:
    """The same in a process of its own.

    Raises:
        RuntimeError: the server did not take them all.
    """
    words = [f"{place.host}:{place.port}", *map(str, (load.messages, load.size, sessions))]
    flags = [*(["--pipelined"] if load.pipelined else []), *(["--tls"] if tls else [])]
    done = subprocess.run(
        [sys.executable, "-m", "bench.load.sender", *words, *flags],
        env=own_environment(),
        cwd=ROOT,
        capture_output=True,
        timeout=LIMIT,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the sender: {done.stderr.decode(errors='replace').strip()[-300:]}")
    return float(done.stdout)


def main() -> None:
    """Send as the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("place")
    parser.add_argument("messages", type=int)
    parser.add_argument("size", type=int)
    parser.add_argument("sessions", type=int)
    parser.add_argument("--pipelined", action="store_true")
    parser.add_argument("--tls", action="store_true")
    told = parser.parse_args()
    host, _, port = told.place.rpartition(":")
    load = Load(told.messages, told.size, told.pipelined)
    print(_fast(run(Place(host, int(port)), load, told.sessions, tls=told.tls)))


def _fast(work: Coroutine[Any, Any, float]) -> float:
    """Run on uvloop where there is one, so that the sender is not what is measured."""
    if importlib.util.find_spec("uvloop"):
        factory = importlib.import_module("uvloop").new_event_loop
        with asyncio.Runner(loop_factory=factory) as runner:
            return runner.run(work)
    return asyncio.run(work)


if __name__ == "__main__":
    main()
