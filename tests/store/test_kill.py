"""Acknowledged means committed: whatever was, survives ``kill -9``."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from mailtrap.store.sqlite import SqliteStore

UNDER_LOAD = """
import asyncio, sys
from pathlib import Path
from mailtrap.mail.message import Summary
from mailtrap.smtp.envelope import NULL_PATH, Envelope
from mailtrap.store.base import Retention
from mailtrap.store.records import NewMessage, NewAttempt, Trace
from mailtrap.store.sqlite import SqliteStore, now

async def send(store, sender):
    trace = Trace("s", "l", "p", "q", None, "SMTP")
    for number in range(100_000):
        id_ = f"{sender}-{number}"
        raw = id_.encode() * (60_000 if number % 50 == 49 else 20)
        message = NewMessage(id_, now(), raw, Envelope(NULL_PATH), trace)
        attempt = NewAttempt("a" + id_, "s", "l", now(), now(), "", {}, (), "done", "accepted",
                             None, id_, 0, 0)
        await store.add(message, attempt)
        sys.stdout.write(id_ + "\\n")
        sys.stdout.flush()

async def main():
    store = SqliteStore(Path(sys.argv[1]), retention=Retention(sessions=0),
                        summarise=lambda raw: Summary(), inspect=lambda message: ())
    await store.start()
    await asyncio.gather(*(send(store, sender) for sender in range(20)))

asyncio.run(main())
"""


@pytest.mark.parametrize("acknowledged", [1, 700, 1_500])
async def test_what_was_acknowledged_survives_a_kill(
    tmp_path: Path,
    open_store: Callable[..., Awaitable[SqliteStore]],
    acknowledged: int,
) -> None:
    path = tmp_path / "mail.db"
    ids = await asyncio.to_thread(kill_after, acknowledged, path)
    assert len(ids) >= acknowledged
    store = await open_store(path)
    counts = await store.counts()
    assert counts.messages >= len(ids)
    assert counts.messages == counts.attempts
    for id_ in ids:
        assert await content(store, id_) in (id_.encode() * 20, id_.encode() * 60_000)
    await store.close()
    assert await asyncio.to_thread(halves, path) == (0, 0, 0)


def kill_after(acknowledged: int, path: Path) -> list[str]:
    """The ids that a process told as stored until it was killed."""
    with subprocess.Popen(
        [sys.executable, "-c", UNDER_LOAD, str(path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(acknowledged)]
        process.kill()
        lines += process.stdout.readlines()
    return [line.strip() for line in lines if line.endswith("\n")]


async def content(store: SqliteStore, id_: str) -> bytes:
    raw = await store.raw(id_)
    assert raw is not None
    return b"".join([piece async for piece in raw.pieces])


def sizes(folder: Path) -> dict[int, int]:
    """The files of contents by seq, with their sizes."""
    files = folder.iterdir() if folder.is_dir() else ()
    return {int(file.name): file.stat().st_size for file in files}


def halves(path: Path) -> tuple[int, int, int]:
    """Messages whose octets are not all there, octets of no message, counts that are wrong."""
    with closing(sqlite3.connect(path)) as connection:
        (incomplete,) = connection.execute(
            "SELECT count(*) FROM messages WHERE size <> (SELECT total(length(octets))"
            " FROM contents WHERE key >= seq * 65536 AND key < (seq + 1) * 65536)"
            " AND seq NOT IN (SELECT seq FROM filed)"
        ).fetchone()
        filed = dict(
            connection.execute("SELECT seq, size FROM filed JOIN messages USING (seq)").fetchall()
        )
        assert filed == sizes(path.with_name("mail.db.contents"))
        (orphans,) = connection.execute(
            "SELECT count(*) FROM contents WHERE key >> 16 NOT IN (SELECT seq FROM messages)"
        ).fetchone()
        (wrong,) = connection.execute(
            "SELECT count(*) FROM totals WHERE messages <> (SELECT count(*) FROM messages)"
            " OR octets <> (SELECT sum(size) FROM messages)"
            " OR seq < (SELECT max(seq) FROM attempts)"
        ).fetchone()
    return incomplete, orphans, wrong
