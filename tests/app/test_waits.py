"""Waits on a whole server, over real sockets."""

import asyncio
import smtplib

import pytest
from aiohttp import ClientSession

from tests.app.conftest import Open
from tests.app.whole import Whole


async def waits(whole: Whole, number: int) -> None:
    """Return when the metrics tell so many open waits."""
    async with asyncio.timeout(10):
        while True:
            async with whole.http.get("/metrics") as response:
                if f"mailtrap_open_waits {number}.0\n" in await response.text():
                    return


async def test_a_client_that_goes_away_ends_its_wait(whole: Open) -> None:
    server = await whole()
    url = str(server.http._base_url)
    async with ClientSession(url) as session:
        task = asyncio.ensure_future(session.get("/api/wait?timeout=60"))
        await waits(server, 1)
        task.cancel()
    await waits(server, 0)


async def test_mail_ends_the_wait_of_its_recipient_alone(whole: Open) -> None:
    server = await whole()
    ann = asyncio.ensure_future(server.get("/api/wait?rcpt=ann@x.test&timeout=60"))
    bob = asyncio.ensure_future(server.get("/api/wait?rcpt=bob@x.test&timeout=60"))
    await waits(server, 2)
    name = await server.mail(b"Subject: hello\r\n\r\n", "ann@x.test")
    messages = (await ann)["messages"]
    assert isinstance(messages, list)
    assert [message["id"] for message in messages] == [name]
    await waits(server, 1)
    bob.cancel()


async def test_none_waits_for_the_transaction_that_is_open(whole: Open) -> None:
    server = await whole()
    peer = await server.connect()
    await peer.begin()
    none = asyncio.ensure_future(server.http.get("/api/wait?none=1&rcpt=b@y.test&timeout=60"))
    await waits(server, 1)
    assert not none.done()
    peer.send(b"Subject: late\r\n\r\n.\r\n")
    assert (await peer.reply()).startswith("250")
    response = await none
    assert response.status == 409
    assert (await response.json(content_type=None))["reason"] == "unexpected-message"


@pytest.mark.load
async def test_a_message_may_come_at_any_moment_of_a_wait(whole: Open) -> None:
    """However the mail and the request race, each wait gets its own, and none is lost."""
    server = await whole()
    port = int(server._urls["smtp"].rpartition(":")[2])

    def send(number: int) -> None:
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.sendmail("a@x.test", f"{number}@x.test", f"Subject: {number}\r\n\r\n")

    async def one(number: int) -> object:
        sent = asyncio.to_thread(send, number)
        got = server.get(f"/api/wait?rcpt={number}@x.test&timeout=60")
        pair = (sent, got) if number % 2 else (got, sent)
        told = [told for told in await asyncio.gather(*pair) if isinstance(told, dict)]
        return told[0]["messages"][0]["subject"]

    assert await asyncio.gather(*map(one, range(60))) == list(map(str, range(60)))
