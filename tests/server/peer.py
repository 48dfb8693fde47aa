"""A client of plain octets, and the listeners it talks to."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from mailtrap.bus import Bus
from mailtrap.catcher import Catcher
from mailtrap.server.server import MailServer
from mailtrap.store.base import Window
from mailtrap.store.records import Attempt, Change, Message, Session, SessionClosed

SECONDS = 10.0
"""Longer than anything here takes: a test that waits so long has failed."""


class Peer:
    """A client: says octets, reads replies."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def reply(self) -> str:
        """The next whole reply, its lines parted by line feeds."""
        lines = []
        while True:
            line = (await asyncio.wait_for(self.reader.readline(), SECONDS)).decode()
            lines.append(line.rstrip("\r\n"))
            if line[3:4] != "-":
                return "\n".join(lines)

    def send(self, octets: bytes) -> None:
        """Send octets, and wait for nothing."""
        self.writer.write(octets)

    async def say(self, line: str) -> str:
        """Send a command and read its reply."""
        self.send(line.encode() + b"\r\n")
        return await self.reply()

    async def rest(self) -> bytes:
        """Everything until the server closes (a reset counts as that); then close as well."""
        pieces = []
        with suppress(ConnectionError, ssl.SSLError):
            while piece := await asyncio.wait_for(self.reader.read(65536), SECONDS):
                pieces.append(piece)
        self.writer.close()
        return b"".join(pieces)

    async def begin(self, recipient: str = "b@y.test") -> None:
        """Go as far as the 354."""
        for line in ("EHLO c.test", "MAIL FROM:<a@x.test>", f"RCPT TO:<{recipient}>", "DATA"):
            assert (await self.say(line))[0] in "23"

    async def mail(self, content: bytes = b"Subject: t\r\n\r\nhello\r\n") -> str:
        """Send a message; the last reply."""
        await self.begin()
        self.send(content + b".\r\n")
        return await self.reply()

    async def start_tls(self, context: ssl.SSLContext) -> None:
        """Do the handshake after a 220 to STARTTLS."""
        await asyncio.wait_for(self.writer.start_tls(context, server_hostname="localhost"), SECONDS)

    def reset(self) -> None:
        """Drop the connection with RST."""
        sock = self.writer.get_extra_info("socket")
        linger = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")
        sock.setsockopt(1, 13, linger)  # SOL_SOCKET, SO_LINGER
        self.writer.transport.abort()


@dataclass
class Running:
    """Listeners under test, and what they caught."""

    server: MailServer
    catcher: Catcher
    bus: Bus[Change]
    ports: dict[str, int]
    state: Path
    closers: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def connect(self, name: str = "smtp", context: ssl.SSLContext | None = None) -> Peer:
        """A client that is connected; the greeting is not read yet."""
        reader, writer = await asyncio.open_connection(
            "127.0.0.1",
            self.ports[name],
            ssl=context,
            server_hostname="localhost" if context else None,
            limit=2**20,
        )
        self.closers.callback(writer.close)
        return Peer(reader, writer)

    async def greeted(self, name: str = "smtp") -> Peer:
        """A client that has read the greeting."""
        peer = await self.connect(name)
        assert (await peer.reply()).startswith("220")
        return peer

    async def messages(self) -> tuple[Message, ...]:
        """What is stored, newest first."""
        return (await self.catcher.messages(Window())).rows

    async def raw(self, message_id: str = "latest") -> bytes:
        """The octets of a message."""
        raw = await self.catcher.raw(message_id)
        assert raw is not None
        return b"".join([piece async for piece in raw.pieces])

    async def session(self) -> Session:
        """The newest session, once it has ended and is stored."""
        async with asyncio.timeout(SECONDS):
            with self.bus.subscribe(0) as changes:
                async for change in changes:
                    if isinstance(change, SessionClosed):
                        break
        session = await self.catcher.session("latest")
        assert session is not None
        return session

    async def attempts(self) -> tuple[Attempt, ...]:
        """Every attempt so far, newest first."""
        await self.catcher.flush()
        return (await self.catcher.attempts(Window())).rows

    def trusting(self) -> ssl.SSLContext:
        """A client's context that trusts the generated CA, and verifies."""
        return ssl.create_default_context(cafile=str(self.state / "ca.pem"))


Serve: TypeAlias = Callable[..., Awaitable[Running]]
"""Starts listeners: ``await serve(timeouts=..., limit=..., room=..., **flags)``."""
