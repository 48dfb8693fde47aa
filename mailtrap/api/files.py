"""Octets of hostile origin as responses that no browser runs."""

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from aiohttp import web

from mailtrap.api.headers import DATA_CSP
from mailtrap.mail.filenames import safe_filename
from mailtrap.mail.message import Part

INLINE_TYPES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What a browser may show in place; all else is saved."""

_MAGIC: Final[tuple[tuple[str, Callable[[bytes], bool]], ...]] = (
    ("image/png", lambda data: data.startswith(b"\x89PNG\r\n\x1a\n")),
    ("image/jpeg", lambda data: data.startswith(b"\xff\xd8\xff")),
    ("image/gif", lambda data: data.startswith((b"GIF87a", b"GIF89a"))),
    ("image/webp", lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP"),
)
_MEDIA_TYPE: Final = re.compile(r"^[a-z0-9!#$&^_.+-]{1,127}/[a-z0-9!#$&^_.+-]{1,127}$")
_CHARSET: Final = re.compile(r"^[A-Za-z0-9_.:+-]{1,40}$")


def file_response(part: Part, data: bytes) -> web.Response:
    """``data``, the decoded content of ``part``, under its own type, as a download or an image."""
    kind = _media_type(part)
    return _response(part, data, kind, inline=kind in INLINE_TYPES)


def image_response(part: Part, data: bytes) -> web.Response:
    """``data`` as an image of a preview.

    Clients often send one as ``application/octet-stream``; a browser would not show it, a mail
    program does, so its first octets decide.
    """
    declared = _media_type(part)
    if declared.startswith("image/"):
        return _response(part, data, declared, inline=declared in INLINE_TYPES)
    kind = next((kind for kind, matches in _MAGIC if matches(data)), declared)
    return _response(part, data, kind, inline=kind in INLINE_TYPES)


def disposition(kind: str, filename: str) -> str:
    """A Content-Disposition field (RFC 6266) with ``filename`` in plain and in extended form."""
    plain = re.sub(r"[^ !#-\[\]-~]", "_", filename)
    extended = quote(filename.encode(errors="replace"), safe="!#$&+-.^_`|~")
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{extended}"


def _response(part: Part, data: bytes, kind: str, *, inline: bool) -> web.Response:
    name = safe_filename(part.filename, f"part-{part.number}")
    headers = {
        "Content-Type": kind if inline else kind + _charset(part, kind),
        "Content-Disposition": disposition("inline" if inline else "attachment", name),
        "Content-Security-Policy": DATA_CSP,
    }
    return web.Response(body=data, headers=headers)


def _media_type(part: Part) -> str:
    kind = part.content_type.lower()
    if kind in {"image/jpg", "image/pjpeg"}:
        return "image/jpeg"
    return kind if _MEDIA_TYPE.match(kind) else "application/octet-stream"


def _charset(part: Part, kind: str) -> str:
    if kind.startswith("text/") and part.charset and _CHARSET.match(part.charset):
        return f"; charset={part.charset}"
    return ""
