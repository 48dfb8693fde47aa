"""SMTP replies (RFC 5321 section 4.2) with enhanced status codes (RFC 2034, RFC 3463)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

LINE_LIMIT = 512
"""Octets of one reply line with its CRLF (RFC 5321 section 4.5.3.1.5)."""


@dataclass(frozen=True, slots=True)
class Reply:
    r"""One reply. ``text`` may have several lines, parted by ``\n``; each carries the status.

    ``status`` is the enhanced status code (``2.1.0``) or empty: it never stands in the greeting,
    in replies to HELO and EHLO, nor in a 3yz reply. ``wire`` is the reply as sent.
    """

    code: int
    text: str = ""
    status: str = ""
    wire: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "wire", encode(self))

    @property
    def positive(self) -> bool:
        """Whether the command goes on: 2yz or 3yz."""
        return 200 <= self.code < 400

    @property
    def closes(self) -> bool:
        """Whether the server hangs up after it (421, RFC 5321 section 3.8)."""
        return self.code == 421

    def __str__(self) -> str:
        return self.wire.decode("utf-8", "backslashreplace").rstrip("\r\n").replace("\r\n", "\n")


def encode(reply: Reply) -> bytes:
    """The octets of a reply: one line for each of its lines, none over 512 octets.

    There is always a space after the last code, also where there is no text: clients break on a
    bare ``354`` (RFC 4954 section 4 shows ``334 ``).
    """
    prefix = f"{reply.status} " if reply.status else ""
    room = LINE_LIMIT - len(prefix) - len("250 \r\n")
    if len(reply.text) < room and reply.text.isascii() and "\n" not in reply.text:
        return f"{reply.code} {prefix}{reply.text}\r\n".encode()
    lines = [piece for line in reply.text.split("\n") for piece in _pieces(line, room)]
    last = len(lines) - 1
    return b"".join(
        b"%d%s%s%s\r\n" % (reply.code, b" " if i == last else b"-", prefix.encode(), line)
        for i, line in enumerate(lines)
    )


def _pieces(line: str, room: int) -> Iterator[bytes]:
    octets = line.encode("utf-8", "surrogateescape")
    yield octets[:room]
    for start in range(room, len(octets), room):
        yield octets[start : start + room]


def clean(text: str, limit: int = 64) -> str:
    """A client's words made fit to be echoed: printable ASCII, at most ``limit`` characters."""
    return "".join(c if " " <= c <= "~" else "?" for c in text[:limit])
