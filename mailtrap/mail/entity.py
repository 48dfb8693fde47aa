"""The header of one entity and what MIME makes of it (RFC 2045, RFC 2183)."""

import re
from dataclasses import dataclass
from typing import Final

from mailtrap.mail import transfer
from mailtrap.mail.block import MAX_FIELDS, read_block
from mailtrap.mail.headers import decode_words, parameters, to_text
from mailtrap.mail.message import Header
from mailtrap.mail.params import media_type

MESSAGE_TYPES: Final = frozenset({"message/rfc822", "message/global"})
_MAX_VALUE: Final = 256 * 1024
_ONCE: Final = frozenset({"content-type", "content-transfer-encoding", "content-disposition"})
_TOKEN: Final = re.compile(r"[^\s;()]+")


@dataclass(frozen=True, slots=True)
class Entity:
    """The facts of a header block. The body begins at ``body``; ``problems`` are in words."""

    headers: tuple[Header, ...]
    body: int
    content_type: str
    params: dict[str, str]
    encoding: str
    disposition: str
    filename: str | None
    content_id: str | None
    problems: tuple[str, ...]

    @property
    def is_multipart(self) -> bool:
        """Whether it is made of parts."""
        return self.content_type.startswith("multipart/")

    @property
    def is_message(self) -> bool:
        """Whether it holds a message that can be read in place."""
        return self.content_type in MESSAGE_TYPES


def read_entity(
    raw: bytes, begin: int, end: int, default: str = "text/plain", keep: int = MAX_FIELDS
) -> Entity:
    """Read the header that begins at ``begin``; ``default`` is the type where none is said."""
    block = read_block(raw, begin, end, keep)
    problems = list(block.problems)
    headers = tuple(_header(field, problems) for field in block.fields)
    found = _first_of_each(headers, problems)
    content_type, params = _content_type(found.get("content-type"), default, problems)
    disposition, filename = _disposition(found.get("content-disposition"))
    return Entity(
        headers=headers,
        body=block.body,
        content_type=content_type,
        params=params,
        encoding=_encoding(found.get("content-transfer-encoding"), content_type, problems),
        disposition=disposition,
        filename=filename or params.get("name") or None,
        content_id=_content_id(found.get("content-id")),
        problems=tuple(dict.fromkeys(problems)),
    )


def _header(field: re.Match[bytes], problems: list[str]) -> Header:
    value = field[2].rstrip(b"\r")
    if len(value) > _MAX_VALUE:
        problems.append(f"a header field longer than {_MAX_VALUE} octets: cut")
        value = value[:_MAX_VALUE]
    return Header(to_text(field[1][:_MAX_VALUE]), decode_words(value), value)


def _first_of_each(headers: tuple[Header, ...], problems: list[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for header in headers:
        name = header.name.lower()
        if name in found and name in _ONCE:
            problems.append(f"{header.name} stands there more than once: the first counts")
        found.setdefault(name, header.raw)
    return found


def _content_type(
    value: bytes | None, default: str, problems: list[str]
) -> tuple[str, dict[str, str]]:
    if value is None:
        return default, {}
    content_type, params = media_type(value)
    if parameters(value)[0] != content_type:
        problems.append(f"a Content-Type that is no media type: read as {content_type}")
    return content_type, params


def _encoding(value: bytes | None, content_type: str, problems: list[str]) -> str:
    token = _TOKEN.search(to_text(value or b""))
    encoding = token[0].lower()[:100] if token else "7bit"
    if encoding not in transfer.KNOWN:
        problems.append(f"unknown Content-Transfer-Encoding {encoding!r}: left as it is")
    elif encoding not in transfer.IDENTITY and content_type.startswith(("multipart/", "message/")):
        problems.append(f"{content_type} must not be encoded as {encoding} (RFC 2045 section 6.4)")
    return encoding


def _disposition(value: bytes | None) -> tuple[str, str | None]:
    """RFC 2183 section 2.8: what is not known is an attachment."""
    if value is None:
        return "", None
    head, params = parameters(value)
    kind = head if head in {"inline", ""} else "attachment"
    return kind, params.get("filename") or None


def _content_id(value: bytes | None) -> str | None:
    text = decode_words(value or b"")
    return text.removeprefix("<").removesuffix(">").strip() or None
