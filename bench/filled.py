"""Stores with many messages in them: filled by the store itself, and indexed."""

import asyncio
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from mailtrap.mail.summary import scan
from mailtrap.search.language import parse
from mailtrap.smtp.envelope import Envelope, Recipient
from mailtrap.smtp.envelope import Path as MailPath
from mailtrap.store.base import Retention, Window
from mailtrap.store.records import NewAttempt, NewMessage, Trace
from mailtrap.store.sqlite import SqliteStore

AT_ONCE = 256
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
STEP = timedelta(seconds=10)
RARE = "needleinahaystack"
COMMON = "account"
WAIT = 1_800.0


class Filled(NamedTuple):
    """What filling took: messages a second stored, described, and with trigrams written."""

    messages: int
    stored: float
    described: float
    indexed: float


def fill(path: Path | None, count: int, size: int) -> Filled:
    """Have a store of ``count`` messages of about ``size`` octets, indexed to the end."""
    return asyncio.run(_fill(path, count, size))


async def _fill(path: Path | None, count: int, size: int) -> Filled:
    retention = Retention(sessions=1_000)
    store = SqliteStore(path, retention=retention, summarise=scan, inspect=lambda _: ())
    await store.start()
    begin = time.perf_counter()
    stored = await put(store, messages(count, size))
    written = time.perf_counter()
    await store.messages(Window(query=parse("anything", now=BEGIN)))
    described = time.perf_counter()
    while store.indexing and time.perf_counter() < begin + WAIT:  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(0.05)
    ended = time.perf_counter()
    await store.close()
    return Filled(count, count / stored, count / (described - written), count / (ended - written))


async def put(store: SqliteStore, made: Iterator[NewMessage]) -> float:
    """Store these messages, AT_ONCE at a time; the seconds that storing took."""
    taken = 0.0
    while batch := [(new, attempt(new)) for new in islice(made, AT_ONCE)]:
        begin = time.perf_counter()
        await asyncio.gather(*(store.add(*both) for both in batch))
        taken += time.perf_counter() - begin
    return taken


def messages(count: int, size: int) -> Iterator[NewMessage]:
    """Messages made of the words of an invented language, one each ten seconds."""
    draw = random.Random(7)
    language = words(draw)
    weights = [1 / (place + 2) for place in range(len(language))]
    many = size * 130 // 1_000
    for number in range(count):
        said = draw.choices(language, weights, k=many)
        said[40:40] = [COMMON] if number % 3 else []
        said[50:50] = ["pelican"] if number % 50 == 0 else []
        said[60:60] = [RARE] if number == count // 3 else []
        yield message(number, " ".join(said), draw.getrandbits(64))


def words(draw: random.Random) -> list[str]:
    """A language of some thousand words, the first the most frequent."""
    made = {
        "".join(draw.choice("bcdfghjklmnprstvw") + draw.choice("aeiou") for _ in range(length))
        for length in (1, 2, 2, 3, 3, 4)
        for _ in range(1_000)
    }
    return sorted(made, key=lambda word: (len(word), word))


def message(number: int, body: str, secret: int) -> NewMessage:
    """One of them."""
    sender, recipient = f"user{number % 977}@example{number % 13}.com", f"inbox{number % 200}"
    head = (
        f"From: Ann Lee <{sender}>\r\nTo: {recipient}@example.net\r\n"
        f"Subject: {body[:40]}\r\nMessage-ID: <{secret:x}@mail.example.com>\r\n"
        "Date: Thu, 01 Jan 2026 00:00:00 +0000\r\nContent-Type: text/plain\r\n\r\n"
    )
    link = f"https://app.example.com/verify?token={secret:016x}"
    return NewMessage(
        id=f"m{number}",
        received_at=BEGIN + number * STEP,
        raw=f"{head}{body}\r\n{link}\r\n".encode(),
        envelope=Envelope(MailPath(sender), {}, (Recipient(MailPath(f"{recipient}@example.net")),)),
        trace=Trace(f"s{number}", "smtp", "127.0.0.1:9", "127.0.0.1:25", "client", "ESMTP"),
    )


def attempt(of: NewMessage) -> NewAttempt:
    """The attempt that brought a message."""
    return NewAttempt(
        id=f"a{of.id}",
        session=of.trace.session,
        listener="smtp",
        started_at=of.received_at,
        ended_at=of.received_at,
        reverse_path=of.envelope.reverse_path.address,
        params={},
        recipients=(),
        stage="done",
        verdict="accepted",
        reply="250 2.0.0 Ok",
        message=of.id,
        first_line=0,
        last_line=0,
    )
