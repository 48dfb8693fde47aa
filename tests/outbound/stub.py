"""The app's inbound mail server, as a stub."""

import asyncio
from asyncio import Server, StreamReader, StreamWriter
from collections.abc import Mapping
from typing import Protocol

REPLIES: Mapping[str, str] = {
    "greeting": "220 stub",
    "EHLO": "250-stub\n250-8BITMIME\n250 SMTPUTF8",
    "HELO": "250 stub",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    "content": "250 taken",
    "QUIT": "221 bye",
}
HANG_UP = "hang up"
SILENCE = "silence"


class Inbound:
    """Says REPLIES, but what it was given in their place; notes what it was told.

    ``HANG_UP`` closes instead, ``SILENCE`` says nothing.
    """

    def __init__(self, replies: Mapping[str, str]) -> None:
        self.commands: list[str] = []
        self.contents: list[bytes] = []
        self.connections = 0
        self.port = 0
        self.taken = asyncio.Event()
        self.connected = asyncio.Event()
        self.replies = {**REPLIES, **replies}
        self._server: Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        assert self._server is not None
        self._server.close()

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        self.connections += 1
        self.connected.set()
        try:
            if await self._say(writer, "greeting"):
                await self._talk(reader, writer)
        except OSError:
            pass
        finally:
            writer.close()

    async def _talk(self, reader: StreamReader, writer: StreamWriter) -> None:
        while line := await reader.readline():
            self.commands.append(line.decode().rstrip("\r\n"))
            verb = line[:4].decode().upper()
            if not await self._say(writer, verb):
                return
            if verb == "DATA" and self.replies[verb].startswith("3"):
                self.contents.append(await self._content(reader))
                if not await self._say(writer, "content"):
                    return
                self.taken.set()

    @staticmethod
    async def _content(reader: StreamReader) -> bytes:
        lines: list[bytes] = []
        while (line := await reader.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    async def _say(self, writer: StreamWriter, what: str) -> bool:
        said = self.replies[what]
        if said == HANG_UP:
            return False
        if said != SILENCE:
            writer.write(said.replace("\n", "\r\n").encode("latin-1") + b"\r\n")
            await writer.drain()
        return True


class Start(Protocol):
    """The fixture's type."""

    async def __call__(self, **replies: str) -> Inbound: ...
