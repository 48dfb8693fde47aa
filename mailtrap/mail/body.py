"""The content of one part: decoded octets, and text."""

import re
from typing import Final

from mailtrap.mail import charsets, transfer
from mailtrap.mail.message import Part

_META: Final = re.compile(
    rb"<meta[^>]{1,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE
)
_LOOK: Final = 2048


def content(raw: bytes, part: Part) -> bytes:
    """The decoded octets of a part of ``raw``; of broken input, what can be read. Never raises."""
    encoding = "binary" if part.content_type.startswith("multipart/") else part.encoding
    return transfer.decode(raw, encoding, part.begin, part.end)


def text(raw: bytes, part: Part) -> str:
    """The content as text, lines ending with LF, without a byte order mark. Never raises."""
    return read_text(raw, part)[0]


def read_text(raw: bytes, part: Part) -> tuple[str, str | None]:
    """The content as text, and in words what was wrong with its charset (None: nothing)."""
    octets = content(raw, part)
    found, problem = charsets.decode(octets, _charset(octets, part))
    return found.replace("\r\r\n", "\n").replace("\r\n", "\n"), problem


def _charset(octets: bytes, part: Part) -> str | None:
    """What the part declares; of HTML without that, what its own meta element does."""
    if part.charset is not None or part.content_type != "text/html":
        return part.charset
    meta = _META.search(octets, 0, _LOOK)
    return meta[1].decode("ascii", "replace") if meta else None
