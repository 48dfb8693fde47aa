"""News to many: how long a message takes to a hundred who follow the stream, and a wait to end."""

import asyncio
import time
from contextlib import AsyncExitStack

import aiohttp

from bench.percentiles import Times, times
from bench.processes import Place
from bench.targets import Target

LISTENERS = 100
MESSAGES = 50
LIMIT = 60.0
QUIET = 0.02


def measure(target: Target) -> tuple[Times, Times]:
    """From the 250: until all listeners have the message, and until a wait for it has ended."""
    with target.start(()) as server:
        assert server.http is not None
        return asyncio.run(asyncio.wait_for(_measure(server.smtp, server.http), LIMIT))


async def _measure(smtp: Place, web: Place) -> tuple[Times, Times]:
    base = f"http://{web.host}:{web.port}"
    connector = aiohttp.TCPConnector(limit=0)
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))
        reader, writer = await asyncio.open_connection(*smtp)
        await _line(reader)
        await _say(reader, writer, b"HELO bench.example.com\r\n")
        waits = [await _waited(session, base, reader, writer, turn) for turn in range(MESSAGES)]
        streams = [
            await stack.enter_async_context(session.get(f"{base}/api/stream"))
            for _ in range(LISTENERS)
        ]
        told = [await _told(streams, reader, writer, turn) for turn in range(MESSAGES)]
        writer.close()
    return times(told), times(waits)


async def _waited(
    session: aiohttp.ClientSession,
    base: str,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    turn: int,
) -> float:
    async def wait() -> float:
        url = f"{base}/api/wait?subject=wait-{turn}&timeout=30"
        async with session.get(url, raise_for_status=True) as response:
            await response.read()
        return time.perf_counter()

    answer = asyncio.ensure_future(wait())
    await asyncio.sleep(QUIET)
    await _send(reader, writer, f"wait-{turn}")
    begin = time.perf_counter()
    return max(await answer - begin, 0.0)


async def _told(
    streams: list[aiohttp.ClientResponse],
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    turn: int,
) -> float:
    subject = f"stream-{turn}"

    async def follow(response: aiohttp.ClientResponse) -> None:
        async for line in response.content:
            if subject.encode() in line:
                return

    followed = asyncio.gather(*map(follow, streams))
    await _send(reader, writer, subject)
    begin = time.perf_counter()
    await followed
    return time.perf_counter() - begin


async def _send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, subject: str) -> None:
    await _say(reader, writer, b"MAIL FROM:<a@x.example.com>\r\n")
    await _say(reader, writer, b"RCPT TO:<b@y.example.com>\r\n")
    await _say(reader, writer, b"DATA\r\n")
    await _say(reader, writer, f"Subject: {subject}\r\n\r\nHello.\r\n.\r\n".encode())


async def _say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, text: bytes) -> None:
    writer.write(text)
    await _line(reader)


async def _line(reader: asyncio.StreamReader) -> None:
    line = await reader.readline()
    if line[:1] not in {b"2", b"3"}:
        raise RuntimeError(f"the server said {line!r}")
