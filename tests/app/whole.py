"""What a test may do with a whole server."""

import asyncio
from types import TracebackType
from typing import Self

from aiohttp import ClientSession

from mailtrap.app.announce import Ready
from mailtrap.app.server import Server
from tests.server.peer import Peer

Json = dict[str, object]


class Whole:
    """A server that runs, with clients for its mail listeners and its API."""

    def __init__(self, server: Server, ready: Ready) -> None:
        self.catcher = server.catcher
        self.inboxes = server.inboxes
        self._urls = dict(ready.listeners)
        self._http = ready.http[0]
        self._peers: list[Peer] = []

    async def __aenter__(self) -> Self:
        self.http = ClientSession(self._http)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.http.close()
        for peer in self._peers:
            peer.writer.close()

    async def connect(self, name: str = "smtp") -> Peer:
        """A client that has read the greeting."""
        port = int(self._urls[name].rpartition(":")[2])
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
        peer = Peer(reader, writer)
        self._peers.append(peer)
        assert (await peer.reply()).startswith("220")
        return peer

    async def mail(self, content: bytes, *recipients: str) -> str:
        """Send a message in a session of its own; the id it got."""
        peer = await self.connect()
        await peer.say("EHLO c.test")
        await peer.say("MAIL FROM:<a@x.test>")
        for recipient in recipients or ("b@y.test",):
            await peer.say(f"RCPT TO:<{recipient}>")
        await peer.say("DATA")
        peer.send(content + b".\r\n")
        reply = await peer.reply()
        assert reply.startswith("250 "), reply
        peer.send(b"QUIT\r\n")
        await peer.rest()
        return reply.rpartition(" ")[2]

    async def get(self, path: str) -> Json:
        """What the API answers, decoded."""
        async with self.http.get(path) as response:
            assert response.status == 200, await response.text()
            decoded: Json = await response.json()
            return decoded

    async def raw(self, message_id: str) -> bytes:
        """The octets of a message."""
        async with self.http.get(f"/api/messages/{message_id}/raw") as response:
            assert response.status == 200
            return await response.read()

    async def total(self) -> object:
        """How many messages there are."""
        return (await self.get("/api/messages"))["total"]
