"""A port that does not answer for a while."""

import asyncio
import socket
import sys

import pytest

from mailtrap.faults.written import rule_of
from mailtrap.server.server import MailServer
from mailtrap.server.wall import Wall
from tests.server.aftermath import AT_ONCE, knocked
from tests.server.peer import SECONDS, Serve

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="what a full queue does depends on the system"
)


def listening(family: socket.AddressFamily, host: str) -> socket.socket:
    one = socket.socket(family)
    try:
        one.bind((host, 0))
    except OSError as error:
        one.close()
        pytest.skip(f"no {host}: {error}")
    one.listen(100)
    one.setblocking(False)
    return one


@pytest.mark.parametrize(
    ("family", "bound", "asked"),
    [
        (socket.AF_INET, "127.0.0.1", "127.0.0.1"),
        (socket.AF_INET, "0.0.0.0", "127.0.0.1"),
        (socket.AF_INET6, "::1", "::1"),
    ],
)
def test_a_wall_answers_nobody_and_then_everybody(
    family: socket.AddressFamily, bound: str, asked: str
) -> None:
    wall = Wall(listening(family, bound))
    with wall.open() as one:  # nobody was in the queue who would be taken for a client
        address = (asked, one.getsockname()[1])
        with pytest.raises(BlockingIOError):
            one.accept()
        again = Wall(one)
        with socket.socket(family) as client:
            client.settimeout(0.2)
            with pytest.raises(TimeoutError):
                client.connect(address)
        with again.open(), socket.socket(family) as client:
            client.settimeout(SECONDS)
            client.connect(address)


def test_a_wall_that_is_closed_is_gone() -> None:
    one = listening(socket.AF_INET, "127.0.0.1")
    address = one.getsockname()
    Wall(one).close()
    with socket.socket() as client:
        assert client.connect_ex(address) != 0


async def test_who_is_still_trying_when_it_ends_gets_through(serve: Serve) -> None:
    running = await serve(faults=[rule_of("connect blackhole 300ms ; reset times=1")])
    await (await running.connect()).rest()
    peer = await asyncio.wait_for(running.connect(), SECONDS)
    assert (await peer.reply()).startswith("220")
    assert len(running.server.registry) == 1


async def test_sessions_that_are_open_go_on(serve: Serve) -> None:
    running = await serve(faults=[rule_of("connect blackhole 1h session_nth=2")])
    first = await running.greeted()
    second = await running.connect()
    assert (await second.reply()).startswith("220")
    assert await knocked(running, patience=AT_ONCE) == "(silence)"
    assert (await first.mail()).startswith("250")
    assert (await second.mail()).startswith("250")


async def test_it_ends_with_the_server_and_leaves_the_port(serve: Serve) -> None:
    running = await serve(faults=[rule_of("connect blackhole 1h ; reset")])
    await (await running.connect()).rest()
    assert await knocked(running, patience=AT_ONCE) == "(silence)"
    await asyncio.wait_for(running.server.stop(), SECONDS)
    assert await knocked(running) == "(refused)"


async def test_an_outage_does_not_begin_in_a_blackhole(serve: Serve) -> None:
    running = await serve(faults=[rule_of("connect blackhole 1h ; reset")])
    await (await running.connect()).rest()
    server: MailServer = running.server
    server.registry.outage(0.001, silent=False)
    await asyncio.sleep(0.05)
    assert await knocked(running, patience=AT_ONCE) == "(silence)"
