"""What searching costs: ``python -m bench.search [--messages N]``.

It fills a store, in memory and in a file, with messages of about 1 KB made of the words of an
invented language, has them indexed, and asks each question several times.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from mailtrap.mail.summary import scan
from mailtrap.search.language import parse
from mailtrap.smtp.envelope import Envelope, Recipient
from mailtrap.smtp.envelope import Path as MailPath
from mailtrap.store.base import Retention, Window
from mailtrap.store.records import NewAttempt, NewMessage, Trace
from mailtrap.store.sqlite import SqliteStore

MOST = 1_000_000
AT_ONCE = 256
TIMES = 15
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
STEP = timedelta(seconds=10)

QUESTIONS = {
    "rare word": "needleinahaystack",
    "word of every 50th": "pelican",
    "common word": "account",
    "word in no message": "nowheretobefound",
    "sender": "from:user77@example7.com",
    "recipient and word": "rcpt:inbox33@example.net pelican",
    "a day in the middle": "after:{middle} before:{later} account",
    "an old day": "after:2026-01-01 before:2026-01-02",
    "unread": "is:unread",
    "header": "header.x-case:lost",
    "expression": "/needle...?haystack/",
    "two letters": "zq",
}


def words(draw: random.Random) -> list[str]:
    """A language of some thousand words, the first the most frequent."""
    made = {
        "".join(draw.choice("bcdfghjklmnprstvw") + draw.choice("aeiou") for _ in range(length))
        for length in (1, 2, 2, 3, 3, 4)
        for _ in range(1_000)
    }
    return sorted(made, key=len)


def messages(count: int) -> Iterator[NewMessage]:
    """Messages of about 1 KB, one each ten seconds."""
    draw = random.Random(7)
    language = words(draw)
    weights = [1 / (place + 2) for place in range(len(language))]
    for number in range(count):
        said = draw.choices(language, weights, k=130)
        said[40:40] = ["account"] if number % 3 else []
        said[50:50] = ["pelican"] if number % 50 == 0 else []
        said[60:60] = ["needleinahaystack"] if number == count // 3 else []
        yield message(number, " ".join(said), draw.getrandbits(64))


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


async def fill(store: SqliteStore, count: int) -> float:
    """Store ``count`` messages, AT_ONCE at a time; the seconds that storing took."""
    taken, made = 0.0, messages(count)
    while batch := [(new, attempt(new)) for new in islice(made, AT_ONCE)]:
        begin = time.perf_counter()
        await asyncio.gather(*(store.add(*both) for both in batch))
        taken += time.perf_counter() - begin
    return taken


async def ask(store: SqliteStore, text: str) -> tuple[int, float, float]:
    """How many rows come, and the median and the longest time in milliseconds."""
    window = Window(query=parse(text, now=BEGIN))
    page = await store.messages(window)
    taken = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        await store.messages(window)
        taken.append(1000 * (time.perf_counter() - begin))
    return len(page.rows), statistics.median(taken), max(taken)


async def measure(label: str, path: Path | None, count: int) -> None:
    """Fill one store, ask all questions, print what came."""
    store = SqliteStore(path, retention=Retention(sessions=0), summarise=scan, inspect=lambda _: ())
    await store.start()
    filled = await fill(store, count)
    begin = time.perf_counter()
    await store.messages(Window(query=parse("anything", now=BEGIN)))
    described = time.perf_counter() - begin
    print(f"\n{label}: {count} messages stored at {count / filled:.0f}/s,")
    print(f"  described at {count / described:.0f}/s (the first search took {described:.2f} s)")
    middle = BEGIN + count // 2 * STEP
    times = {"middle": f"{middle:%Y-%m-%d}", "later": f"{middle + timedelta(days=1):%Y-%m-%d}"}
    await table(store, times, "while trigrams are written")
    await indexed(store)
    await table(store, times, "with trigrams")
    await store.close()


async def indexed(store: SqliteStore) -> None:
    """Wait until the store has nothing more to index."""
    begin = time.perf_counter()
    for _ in range(6_000):
        if not store.indexing:
            break
        await asyncio.sleep(0.1)
    print(f"  trigrams written in {time.perf_counter() - begin:.1f} s")


async def table(store: SqliteStore, times: dict[str, str], heading: str) -> None:
    """Ask every question and print the table."""
    print(f"  {heading:32} {'rows':>5} {'median ms':>10} {'longest ms':>11}")
    for name, text in QUESTIONS.items():
        rows, median, longest = await ask(store, text.format(**times))
        print(f"  {name:32} {rows:5} {median:10.2f} {longest:11.2f}")


def main(run: Callable[[str, Path | None, int], object]) -> None:
    """Read the command line and measure."""
    reader = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    reader.add_argument("--messages", type=int, default=100_000, help=f"at most {MOST}")
    reader.add_argument("--only", choices=("memory", "file"))
    asked = reader.parse_args()
    count = max(1, min(asked.messages, MOST))
    with tempfile.TemporaryDirectory() as folder:
        for label, path in (("memory", None), ("file", Path(folder) / "mail.db")):
            if asked.only in (None, label):
                run(label, path, count)


if __name__ == "__main__":
    main(lambda *args: asyncio.run(measure(*args)))
