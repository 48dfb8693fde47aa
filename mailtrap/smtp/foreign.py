"""Other protocols on this port: recognised at their first octets, before a line of theirs is run.

A browser can be made to POST to a loopback port and to put SMTP commands into the body; so what
is not SMTP ends the connection.
"""

import re

HTTP_VERBS = frozenset({
    "GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH", "CONNECT", "PRI", "HOST:",
})  # fmt: skip

_HTTP_LINE = re.compile(rb"[A-Z]+ \S+ HTTP/\d")
_MAGIC = ((b"\x16\x03", "TLS"), (b"\x03\x00", "RDP"), (b"SSH-", "SSH"))


def opening_of(buffer: bytearray) -> tuple[bytes, str] | None:
    """The opening octets and the name of the protocol they belong to: TLS, RDP or SSH."""
    for magic, name in _MAGIC:
        if buffer.startswith(magic):
            return magic, name
    return None


def line_of(verb: str, line: bytes, *, first: bool) -> str:
    """The protocol that a command line belongs to, or nothing: ``HTTP``, or ``binary``."""
    if verb in HTTP_VERBS or (first and _HTTP_LINE.match(line)):
        return "HTTP"
    if first and line and (line[0] >= 0x80 or line[0] < 0x09):
        return "binary"
    return ""
