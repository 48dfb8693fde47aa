"""Command lines (RFC 5321 section 2.3.8): taken off the buffer one at a time, bounded."""

from typing import NamedTuple

ENDLESS = 1024 * 1024
"""Octets without a line end after which there is no use in waiting for one."""


class Overlong(NamedTuple):
    """The beginning of a line that is longer than it may be; an ``endless`` one has not ended."""

    text: bytes
    endless: bool = False


class Line(NamedTuple):
    """One line without its end: ``bare_lf`` with no CR before the LF, ``extra_cr`` with several."""

    text: bytes
    bare_lf: bool = False
    extra_cr: bool = False


def without_end(octets: bytes) -> Line:
    """A line that ends with LF, as it came."""
    text = octets[:-1]
    if text[-1:] != b"\r":
        return Line(text, bare_lf=True)
    bare = text[:-1]
    return Line(bare.rstrip(b"\r"), extra_cr=True) if bare[-1:] == b"\r" else Line(bare)


class LineReader:
    """Finds lines; forgets what exceeds the limit as it comes."""

    __slots__ = ("_dropped", "_head", "_searched")

    def __init__(self) -> None:
        self._searched = 0
        self._dropped = 0
        self._head = b""

    def take(self, buffer: bytearray, limit: int) -> bytes | Overlong | None:
        """The next line off the front of ``buffer`` as it came, None where it has not ended.

        ``limit`` is in octets, the line end included.
        """
        length = buffer.find(b"\n", self._searched) + 1
        if not length:
            return self._wait(buffer, limit)
        self._searched = 0
        octets = bytes(buffer) if length == len(buffer) else bytes(buffer[:length])
        del buffer[:length]
        if self._dropped or length > limit:
            endless = self._dropped + length > ENDLESS + 1
            head, self._head, self._dropped = self._head or octets[:limit], b"", 0
            return Overlong(head, endless)
        return octets

    def _wait(self, buffer: bytearray, limit: int) -> Overlong | None:
        self._searched = len(buffer)
        endless = self._dropped + len(buffer) > ENDLESS
        if len(buffer) <= limit and not endless:
            return None
        if not self._dropped:
            self._head = bytes(buffer[:limit])
        self._dropped += len(buffer)
        buffer.clear()
        self._searched = 0
        return Overlong(self._head, endless=True) if endless else None
