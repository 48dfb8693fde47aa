"""A second reader of DATA, one octet at a time: slow, plain, and of another make than the engine.

It is the table of RFC 5321 section 4.5.2 written out, so that the two can be compared.
"""

from dataclasses import dataclass
from enum import Enum, auto


class At(Enum):
    """Where in a line the next octet stands."""

    LINE_START = auto()
    TEXT = auto()
    AFTER_CR = auto()
    AFTER_DOT = auto()
    AFTER_DOT_CR = auto()


@dataclass
class Read:
    """What was read. ``rest`` is what came behind the end; None where there was no end."""

    content: bytes
    rest: bytes | None
    lone_dots: int


def read(wire: bytes) -> Read:
    """The content that begins with these octets."""
    content = bytearray()
    lone_dots = 0
    at = At.LINE_START
    for index, octet in enumerate(wire):
        if at is At.LINE_START and octet == 0x2E:
            at = At.AFTER_DOT
            continue
        if at is At.AFTER_DOT and octet == 0x0D:
            at = At.AFTER_DOT_CR
            continue
        if at is At.AFTER_DOT_CR:
            if octet == 0x0A:
                return Read(bytes(content), wire[index + 1 :], lone_dots)
            content.append(0x0D)
        if at is At.AFTER_DOT and octet != 0x2E:
            lone_dots += 1
        content.append(octet)
        if octet == 0x0D:
            at = At.AFTER_CR
        elif octet == 0x0A and at is At.AFTER_CR:
            at = At.LINE_START
        else:
            at = At.TEXT
    return Read(bytes(content), None, lone_dots)
