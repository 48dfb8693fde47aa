"""A small SMTP client: one report to one address in one connection."""

import asyncio
import re
from asyncio import StreamReader, StreamWriter
from collections.abc import Mapping
from typing import Final

from mailtrap.outbound.records import Report

LINES_LIMIT: Final = 100
LINE_LIMIT: Final = 4_096
CHUNK: Final = 256 * 1024

_REPLY: Final = re.compile(rb"([2-5]\d\d)(?:([ -])(.*?))?\r?\n", re.DOTALL)


class SendError(Exception):
    """A report was not taken; ``permanent`` where trying again has no sense."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent


async def send(host: str, port: int, report: Report, *, helo: str, timeout: float = 30.0) -> None:
    """Send a report from ``<>``, all within ``timeout`` seconds. Raises SendError."""
    try:
        async with asyncio.timeout(timeout):
            await _connect_and_send(host, port, report, helo)
    except TimeoutError:
        raise SendError(f"{host}:{port} took longer than {timeout:g} s") from None
    except (OSError, EOFError) as error:
        raise SendError(f"{host}:{port}: {str(error) or type(error).__name__}") from None


async def _connect_and_send(host: str, port: int, report: Report, helo: str) -> None:
    reader, writer = await asyncio.open_connection(host, port, limit=LINE_LIMIT)
    try:
        await _Dialogue(reader, writer).deliver(report, helo)
    finally:
        # Not a graceful close: one that is cancelled must not wait for the other side.
        writer.transport.abort()


class _Dialogue:
    """The commands and replies of one connection (RFC 5321 section 4.1.1)."""

    def __init__(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def deliver(self, report: Report, helo: str) -> None:
        """From the greeting to QUIT. Raises SendError, EOFError or OSError."""
        await self._reply("the greeting", b"2")
        offered = await self._hello(helo)
        await self._command("MAIL FROM:<>" + _mail_params(report, offered))
        await self._command(f"RCPT TO:<{report.to.address}>")
        await self._command("DATA", b"3")
        await self._content(report.raw)
        await self._reply("the content", b"2")
        # It has been taken; how the other side ends the session changes nothing.
        self._writer.write(b"QUIT\r\n")
        await self._writer.drain()
        await self._reader.read(LINE_LIMIT)

    async def _hello(self, helo: str) -> frozenset[str]:
        """The EHLO keywords that are offered; none where only HELO is understood."""
        try:
            text = await self._command(f"EHLO {helo}")
        except SendError as error:
            if not error.permanent:
                raise
            await self._command(f"HELO {helo}")
            return frozenset()
        return frozenset(line.partition(" ")[0].upper() for line in text.split("\n")[1:])

    async def _command(self, command: str, wanted: bytes = b"2") -> str:
        self._writer.write(command.encode("utf-8", "surrogateescape") + b"\r\n")
        await self._writer.drain()
        return await self._reply(command, wanted)

    async def _content(self, raw: bytes) -> None:
        # Dots at the beginning of lines are doubled (RFC 5321 section 4.5.2).
        octets = (b"." if raw.startswith(b".") else b"") + raw.replace(b"\n.", b"\n..")
        for start in range(0, len(octets), CHUNK):
            self._writer.write(octets[start : start + CHUNK])
            await self._writer.drain()
        self._writer.write(b".\r\n" if octets.endswith(b"\r\n") else b"\r\n.\r\n")
        await self._writer.drain()

    async def _reply(self, what: str, wanted: bytes) -> str:
        """The text of the reply, lines parted by LF. Raises SendError where it is not wanted."""
        lines: list[str] = []
        for _ in range(LINES_LIMIT):
            match = _REPLY.fullmatch(await self._line())
            if match is None:
                raise SendError(f"what answers {what} is no SMTP reply", permanent=True)
            lines.append((match[3] or b"").decode("utf-8", "backslashreplace"))
            if match[2] != b"-":
                break
        else:
            raise SendError(f"the reply to {what} has too many lines", permanent=True)
        if not match[1].startswith(wanted):
            said = f"{match[1].decode()} {' '.join(lines)}"
            raise SendError(f"{what} was answered {said}", permanent=match[1].startswith(b"5"))
        return "\n".join(lines)

    async def _line(self) -> bytes:
        try:
            line = await self._reader.readline()
        except ValueError:
            raise SendError(f"a reply line has over {LINE_LIMIT} octets", permanent=True) from None
        if not line.endswith(b"\n"):
            raise EOFError("the connection was closed")
        return line


def _mail_params(report: Report, offered: frozenset[str]) -> str:
    """The parameters of MAIL that the report needs (RFC 6152, RFC 6531). Raises SendError."""
    if report.international and "SMTPUTF8" not in offered:
        raise SendError("the report needs SMTPUTF8, which is not offered", permanent=True)
    params: Mapping[str, bool] = {
        "BODY=8BITMIME": report.eight_bit and "8BITMIME" in offered,
        "SMTPUTF8": report.international,
    }
    return "".join(f" {param}" for param, needed in params.items() if needed)
