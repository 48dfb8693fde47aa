"""HTTP/1.1 over asyncio's streams: just what a client of one server needs (RFC 9112)."""

import asyncio
import json
import ssl
from asyncio import StreamReader, StreamWriter
from typing import Final
from urllib.parse import urlencode, urlsplit

from mailtrap.client.calls import SLACK, Call
from mailtrap.client.errors import ClientError, MailtrapUnavailable
from mailtrap.client.http import Http, problem
from mailtrap.client.runner import decoded

LINE: Final = 64 * 1024
"""Octets of a line of the header at most."""


class Transport:
    """Requests to one server, each on its own connection. Raises ValueError for a bad URL."""

    def __init__(self, url: str, *, token: str = "") -> None:
        self._http = Http(url, token=token)
        self.url = self._http.url
        parts = urlsplit(self.url)
        self._host = parts.hostname or ""
        self._secure = parts.scheme == "https"
        self._port = parts.port or (443 if self._secure else 80)
        self._prefix = parts.path

    async def perform(self, call: Call) -> object:
        """The answer to a call. Raises MailtrapUnavailable, ClientError."""
        __tracebackhide__ = True
        try:
            async with asyncio.timeout(call.waits + SLACK):
                status, content = await self._exchange(call)
        except (OSError, EOFError, TimeoutError) as error:
            reason = getattr(error, "strerror", None) or str(error) or "timed out"
            raise MailtrapUnavailable(f"cannot reach {self.url}: {reason}") from None
        if status >= 400:
            raise problem(status, content)
        return content if call.octets else decoded(content, self.url)

    async def _exchange(self, call: Call) -> tuple[int, bytes]:
        context = ssl.create_default_context() if self._secure else None
        reader, writer = await asyncio.open_connection(
            self._host, self._port, ssl=context, limit=LINE
        )
        try:
            self._send(writer, call)
            return await _read(reader)
        except (ValueError, asyncio.LimitOverrunError):
            raise ClientError(f"{self.url} answers, but this is no HTTP server") from None
        finally:
            writer.close()

    def _send(self, writer: StreamWriter, call: Call) -> None:
        body = b"" if call.body is None else json.dumps(call.body).encode()
        query = f"?{urlencode(call.query)}" if call.query else ""
        fields = {
            "Host": self.url.partition("://")[2].partition("/")[0],
            "Connection": "close",
            "Accept": "application/json",
            **self._http.authorization,
        }
        if body:
            fields |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
        lines = [f"{call.method} {self._prefix}{call.path}{query} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in fields.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + body)


async def _read(reader: StreamReader) -> tuple[int, bytes]:
    """Status and content of an answer; the connection ends with it. Raises ValueError."""
    status = (await _line(reader)).split(" ", 2)
    if len(status) < 2 or not status[1].isdigit():
        raise ValueError(status)
    fields: dict[str, str] = {}
    while line := await _line(reader):
        name, _, value = line.partition(":")
        fields[name.strip().lower()] = value.strip()
    if fields.get("transfer-encoding", "").lower() == "chunked":
        return int(status[1]), await _chunks(reader)
    if "content-length" in fields:
        return int(status[1]), await reader.readexactly(int(fields["content-length"]))
    return int(status[1]), await reader.read()


async def _chunks(reader: StreamReader) -> bytes:
    """Content in chunks (RFC 9112 section 7.1)."""
    pieces = []
    while size := int((await _line(reader)).partition(";")[0] or "0", 16):
        pieces.append(await reader.readexactly(size))
        await _line(reader)
    return b"".join(pieces)


async def _line(reader: StreamReader) -> str:
    return (await reader.readuntil(b"\n")).decode("latin-1").rstrip("\r\n")
