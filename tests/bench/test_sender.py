"""The sender of the benchmarks against a server: what it sent is there, octet for octet."""

import json
import urllib.request

import pytest

from bench.load.sender import Load, content, run
from bench.processes import Place
from tests.app.process import Process

MESSAGES = 3
SESSIONS = 4


def got(url: str) -> bytes:
    with urllib.request.urlopen(url) as response:
        octets: bytes = response.read()
    return octets


@pytest.mark.parametrize("pipelined", [False, True])
async def test_everything_that_was_sent_is_there(*, pipelined: bool) -> None:
    with Process() as server:
        place = Place("127.0.0.1", server.smtp)
        seconds = await run(place, Load(MESSAGES, 2_000, pipelined), SESSIONS, tls=False)
        assert seconds > 0
        rows = json.loads(got(f"{server.http}/api/messages"))["messages"]
        assert len(rows) == MESSAGES * SESSIONS
        assert got(f"{server.http}/api/messages/latest/raw") + b".\r\n" == content(2_000)


async def test_a_refusal_is_not_taken_for_a_message() -> None:
    with Process("--fault", "data 451 4.3.0 Not now") as server:
        place = Place("127.0.0.1", server.smtp)
        with pytest.raises(RuntimeError, match="451"):
            await run(place, Load(1, 1_000, False), 1, tls=False)
