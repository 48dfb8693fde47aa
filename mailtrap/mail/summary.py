"""The quick scan behind a list row: the header block alone, and only the fields a list shows."""

import re
from datetime import datetime
from functools import lru_cache
from typing import Final

from mailtrap.mail.block import after_mbox_line, read_block
from mailtrap.mail.headers import addresses, date, decode_words, media_type, parameters
from mailtrap.mail.message import Address, Summary

_MAX_BLOCK: Final = 256 * 1024
_MAX_VALUE: Final = 64 * 1024
_MAX_LOOK: Final = 1024 * 1024
_MAX_SUBJECT: Final = 4096
_MAX_MESSAGE_ID: Final = 1000

_SHORT: Final = 256
"""Octets of a value that is remembered: the same few people write and are written to, and mails of
one second bear one date (12 of 25 µs a message)."""

_WANTED: Final = frozenset(
    {b"subject", b"from", b"to", b"cc", b"reply-to", b"date", b"message-id"}
    | {b"content-type", b"content-disposition"}
)
_FILE: Final = re.compile(
    rb"\n[Cc][Oo][Nn][Tt][Ee][Nn][Tt]-(?i:disposition[ \t]*+:\s*+attachment\b"
    rb"|(?:disposition|type)[ \t]*+:(?:[^\n]|\n[ \t])*?(?<=[; \t])(?:file)?name[*0-9]*+[ \t]*+=)"
)


def scan(raw: bytes) -> Summary:
    """What a list shows of a message, from its first 256 KiB of header. Never raises.

    Of a field that comes twice the first counts. ``has_attachment`` looks for files among the
    parts in the first MiB of the body; a message without parts has one when it is one.
    """
    block = read_block(raw, after_mbox_line(raw), min(len(raw), _MAX_BLOCK))
    found: dict[bytes, bytes] = {}
    for field in block.fields:
        name = field[1].lower()
        if name in _WANTED and name not in found:
            found[name] = field[2][:_MAX_VALUE]
    sent, message_id = found.get(b"date"), found.get(b"message-id", b"")
    return Summary(
        subject=decode_words(found.get(b"subject", b""))[:_MAX_SUBJECT],
        sender=_addresses(found.get(b"from")),
        to=_addresses(found.get(b"to")),
        cc=_addresses(found.get(b"cc")),
        reply_to=_addresses(found.get(b"reply-to")),
        date=_date(sent) if sent else None,
        message_id=decode_words(message_id)[:_MAX_MESSAGE_ID].strip("<>"),
        has_attachment=_has_attachment(raw, found, block.body),
    )


def _addresses(value: bytes | None) -> tuple[Address, ...]:
    if not value:
        return ()
    return _addresses_remembered(value) if len(value) <= _SHORT else addresses(value)


def _date(value: bytes) -> datetime | None:
    return _date_remembered(value) if len(value) <= _SHORT else date(value)


@lru_cache(1_024)
def _addresses_remembered(value: bytes) -> tuple[Address, ...]:
    return addresses(value)


@lru_cache(256)
def _date_remembered(value: bytes) -> datetime | None:
    return date(value)


def _has_attachment(raw: bytes, found: dict[bytes, bytes], body: int) -> bool:
    media = found.get(b"content-type", b"").strip()
    kind = media[:10].lower()
    if kind == b"multipart/":
        return _FILE.search(raw, max(body - 1, 0), body + _MAX_LOOK) is not None
    disposition = found.get(b"content-disposition")
    if disposition is not None and parameters(disposition)[0] not in {"", "inline"}:
        return True
    if not kind or kind.startswith(b"text/"):
        return False
    return not media_type(media)[0].startswith("text/")
