"""What a large message costs in memory."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

SIZE = 32
"""MiB of the message."""

LARGE = """
import asyncio, json, resource, sys
from pathlib import Path
from mailtrap.mail.message import Summary
from mailtrap.smtp.envelope import NULL_PATH, Envelope
from mailtrap.store.base import Retention
from mailtrap.store.records import NewMessage, NewAttempt, Trace
from mailtrap.store.sqlite import SqliteStore, now

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

async def main():
    path = Path(sys.argv[2]) if sys.argv[1] == "file" else None
    store = SqliteStore(path, retention=Retention(),
                        summarise=lambda raw: Summary(), inspect=lambda message: ())
    await store.start()
    before = peak()
    raw = b"x" * (int(sys.argv[3]) * 1024 * 1024)
    message = NewMessage("m", now(), raw, Envelope(NULL_PATH),
                         Trace("s", "l", "p", "q", None, "SMTP"))
    attempt = NewAttempt("a", "s", "l", now(), now(), "", {}, (), "done", "accepted",
                         None, "m", 0, 0)
    await store.add(message, attempt)
    stored = await store.raw("m")
    assert sum([len(piece) async for piece in stored.pieces]) == len(raw)
    await store.close()
    print(json.dumps(peak() - before))

asyncio.run(main())
"""


@pytest.mark.load
@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in KiB on Linux only")
@pytest.mark.parametrize(("kind", "copies"), [("memory", 2), ("file", 1)])
async def test_a_large_message_takes_little_more_than_its_size(
    tmp_path: Path, kind: str, copies: int
) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", LARGE, kind, str(tmp_path / "mail.db"), str(SIZE)),
        stdout=subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert json.loads(output) < copies * SIZE + 16
