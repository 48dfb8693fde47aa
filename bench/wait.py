"""What waiting costs: ``python -m bench.wait [--messages N] [--waits N]``.

It starts a server as a process of its own and prints, in milliseconds, the time from reading the
250 of a message to having the answer of a wait; beside it that of clients who poll; and what many
waits cost the server while nothing happens and when a message comes for one of them.
"""

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Awaitable, Callable

from aiohttp import ClientSession, TCPConnector

from bench.processes import seconds_of
from tests.app.process import Process

POLLS = (0.1, 0.5)
"""Seconds between two looks of those who poll."""

Waited = Callable[[str], Awaitable[float]]


class Client:
    """An SMTP session that is open; ``send`` gives the time at which it read the 250."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def open(self) -> None:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        await self._reply()
        await self._say("HELO bench")

    async def send(self, to: str) -> float:
        await self._say("MAIL FROM:<a@x.test>")
        await self._say(f"RCPT TO:<{to}>")
        await self._say("DATA")
        await self._say(f"Subject: your code\r\nTo: {to}\r\n\r\n{'Hello. ' * 100}\r\n.")
        return time.perf_counter()

    async def _say(self, line: str) -> None:
        self._writer.write(line.encode() + b"\r\n")
        await self._reply()

    async def _reply(self) -> None:
        line = await self._reader.readline()
        assert line[:1] in b"23", line


async def waiting(session: ClientSession, query: str) -> float:
    """When the answer of a wait is there."""
    async with session.get(f"/api/wait?{query}&timeout=60") as response:
        assert response.status == 200, await response.text()
        await response.read()
    return time.perf_counter()


async def polling(session: ClientSession, to: str, pause: float) -> float:
    """When somebody who looks every so often has found a message."""
    await asyncio.sleep(random.uniform(0, pause))
    while True:
        async with session.get(f"/api/messages?q=rcpt:{to}&limit=1") as response:
            if (await response.json())["messages"]:
                return time.perf_counter()
        await asyncio.sleep(pause)


async def delays(count: int, client: Client, begin: Waited, settle: float) -> list[float]:
    """Milliseconds from each 250 to the answer; negative where the answer came first."""
    told = []
    for number in range(count):
        to = f"{random.getrandbits(60):x}-{number}@x.test"
        task = asyncio.ensure_future(begin(to))
        await asyncio.sleep(settle)
        sent = await client.send(to)
        told.append((await task - sent) * 1000)
    return told


def row(name: str, told: list[float]) -> None:
    ordered = sorted(told)
    worst = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    print(f"{name:<44} {statistics.median(ordered):9.2f} {worst:9.2f}  n={len(ordered)}")


async def idle(session: ClientSession, count: int) -> "list[asyncio.Task[float]]":
    """So many waits, open."""
    tasks = [
        asyncio.ensure_future(waiting(session, f"rcpt=idle{number}@x.test"))
        for number in range(count)
    ]
    for _ in range(600):
        async with session.get("/metrics") as response:
            if f"mailtrap_open_waits {count}.0" in await response.text():
                return tasks
        await asyncio.sleep(0.05)
    raise RuntimeError("the waits did not open")


async def measure(server: Process, messages: int, waits: int) -> None:
    client = Client(server.smtp)
    await client.open()
    connector = TCPConnector(limit=0)
    async with ClientSession(server.http, connector=connector) as session:
        print(f"{'from the 250 to the answer, ms':<44} {'median':>9} {'p99':>9}")
        by_rcpt = await delays(messages, client, lambda to: waiting(session, f"rcpt={to}"), 0.01)
        row("wait for a recipient", by_rcpt)
        told = await delays(
            messages,
            client,
            lambda to: waiting(session, f"rcpt={to}&body=hello&has=text"),
            0.01,
        )
        row("wait for a recipient and words in the body", told)
        for pause in POLLS:
            told = await delays(20, client, lambda to, p=pause: polling(session, to, p), 0)
            row(f"polling every {pause * 1000:.0f} ms", told)
        tasks = await idle(session, waits)
        before = seconds_of(server.process.pid)
        await asyncio.sleep(2)
        used = (seconds_of(server.process.pid) - before) / 2
        print(f"{waits} waits, nothing happens: {used:.1%} of one processor")
        told = []
        for number in range(0, waits, max(1, waits // 100)):
            sent = await client.send(f"idle{number}@x.test")
            told.append((await tasks[number] - sent) * 1000)
        row(f"{waits} waits, a message for one of them", told)
        for task in tasks:
            task.cancel()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=200, choices=range(1, 2001), metavar="N")
    parser.add_argument("--waits", type=int, default=990, choices=range(1, 1000), metavar="N")
    asked = parser.parse_args()
    with Process() as server:
        asyncio.run(measure(server, asked.messages, asked.waits))


if __name__ == "__main__":
    main()
