"""Ten thousand messages by Postfix's smtp-source: all there, in bounded memory."""

from pathlib import Path

import pytest

from tests.app.process import Process
from tests.interop.programs import Run, cache, need_file

pytestmark = [pytest.mark.interop, pytest.mark.load]

MESSAGES = 10_000
OCTETS = 1_024
ROOM = 120 * 2**20
"""What the process may need: its own 60 MiB, and the mail with all that is known about it."""


@pytest.mark.parametrize("where", ["memory", "file"])
def test_ten_thousand_messages_are_all_there(where: str, run: Run, tmp_path: Path) -> None:
    unpacked = cache() / "postfix" / "usr"
    program = need_file(unpacked / "sbin" / "smtp-source", "postfix")
    store = ("--store", str(tmp_path / "mail.db")) if where == "file" else ()
    with Process(*store) as server:
        load = ("-d", "-s", "10", "-m", str(MESSAGES), "-l", str(OCTETS))
        who = ("-f", "a@x.test", "-t", "b@y.test", f"127.0.0.1:{server.smtp}")
        run(program, *load, *who, LD_LIBRARY_PATH=str(unpacked / "lib" / "postfix"))
        ids = server.ids()
        assert len(ids) == MESSAGES
        assert server.json("/api/messages")["total"] == MESSAGES
        for message_id in (min(ids), max(ids)):
            raw = server.get(f"/api/messages/{message_id}/raw")
            assert len(raw) >= OCTETS
            assert raw.endswith(b"\r\n")
        assert server.peak() < ROOM
