"""What searching costs: ``python -m bench.search [--messages N]``.

It fills a store, in memory and in a file, with messages of about 1 KB made of the words of an
invented language, has them indexed, and asks each question several times.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bench.filled import BEGIN, COMMON, RARE, STEP, messages, put
from mailtrap.mail.summary import scan
from mailtrap.search.language import parse
from mailtrap.store.base import Retention, Window
from mailtrap.store.sqlite import SqliteStore

MOST = 1_000_000
SIZE = 1_000
TIMES = 15

QUESTIONS = {
    "rare word": RARE,
    "word of every 50th": "pelican",
    "common word": COMMON,
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
    filled = await put(store, messages(count, SIZE))
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
