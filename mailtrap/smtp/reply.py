"""SMTP replies (RFC 5321 section 4.2) with enhanced status codes (RFC 2034, RFC 3463)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

LINE_LIMIT = 512
"""Octets of one reply line with its CRLF (RFC 5321 section 4.5.3.1.5)."""

_PLAIN = 400
"""Characters of text that are one line whatever the status is."""


@dataclass(frozen=True, slots=True)
class Reply:
    r"""One reply. ``text`` may have several lines, parted by ``\n``; each carries the status.

    ``status`` is the enhanced status code (``2.1.0``) or empty: it never stands in the greeting,
    in replies to HELO and EHLO, nor in a 3yz reply. ``wire`` is the reply as sent, and its text
    that of ``str``. ``positive`` tells that the command goes on (2yz or 3yz), ``closes`` that the
    server hangs up (421, RFC 5321 section 3.8).
    """

    code: int
    text: str = ""
    status: str = ""
    # Made once, not at each use: most replies are constants, and every one is said, written down
    # and asked what it means (6 of 170 µs a message).
    wire: bytes = field(init=False, repr=False, compare=False)
    positive: bool = field(init=False, repr=False, compare=False)
    closes: bool = field(init=False, repr=False, compare=False)
    _shown: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        shown = _plain(self)
        wire = encode(self) if shown is None else f"{shown}\r\n".encode()
        if shown is None:
            shown = wire.decode("utf-8", "backslashreplace").rstrip("\r\n").replace("\r\n", "\n")
        put = object.__setattr__
        put(self, "wire", wire)
        put(self, "positive", 200 <= self.code < 400)
        put(self, "closes", self.code == 421)
        put(self, "_shown", shown)

    def __str__(self) -> str:
        return self._shown


def any_positive(given: tuple[Reply, ...]) -> bool:
    """Whether one of these replies lets something go on."""
    for reply in given:  # noqa: SIM110 - a generator takes 1 µs
        if reply.positive:
            return True
    return False


def _plain(reply: Reply) -> str | None:
    """The line that nearly every reply is, without its end; None for any other."""
    text = reply.text
    if len(text) > _PLAIN or not (text.isascii() and text.isprintable()):
        return None
    return f"{reply.code} {reply.status} {text}" if reply.status else f"{reply.code} {text}"


def encode(reply: Reply) -> bytes:
    """The octets of a reply: one line for each of its lines, none over 512 octets.

    There is always a space after the last code, also where there is no text: clients break on a
    bare ``354`` (RFC 4954 section 4 shows ``334 ``).
    """
    prefix = f"{reply.status} " if reply.status else ""
    room = LINE_LIMIT - len(prefix) - len("250 \r\n")
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
