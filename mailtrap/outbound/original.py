"""The message that a report is about: its fields, and what of it goes back."""

import re
from binascii import b2a_qp
from collections.abc import Mapping
from typing import Final

from mailtrap.mail.block import after_mbox_line, read_block
from mailtrap.mail.fields import HEADER_LIMIT
from mailtrap.outbound import spelling
from mailtrap.outbound.mime import Part
from mailtrap.smtp.envelope import Envelope

SMALL: Final = 64 * 1024
"""Octets up to which a message goes back whole where the sender did not say (RFC 3461 4.3)."""

FULL_LIMIT: Final = 10 * 1024 * 1024
"""Octets beyond which only the header goes back, whatever was asked for."""

MAIL_LINE: Final = 998
IDS_LIMIT: Final = 20

_LINE_END: Final = re.compile(rb"\r*\n|\r")
_ID: Final = re.compile(r"<[!-;=?-~]{1,250}>")


def subject(fields: Mapping[str, tuple[str, ...]]) -> str:
    """What it was about, or a word that says that it did not tell."""
    return next(iter(fields.get("subject", ())), "").strip() or "(no subject)"


def threading(fields: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    """In-Reply-To and References of an answer (RFC 5322 section 3.6.4); none without an id."""
    own = _ID.search(" ".join(fields.get("message-id", ())))
    if own is None:
        return ()
    before = _ID.findall(" ".join(fields.get("references", ())))
    earlier = [one for one in before if one != own[0]][-IDS_LIMIT:]
    return (("In-Reply-To", own[0]), ("References", "\r\n ".join((*earlier, own[0]))))


def is_international(envelope: Envelope) -> bool:
    """Whether its sender speaks SMTPUTF8 (RFC 6531), or has an address that needs it."""
    return "SMTPUTF8" in envelope.params or not envelope.reverse_path.address.isascii()


def wants_whole(envelope: Envelope, size: int) -> bool:
    """Whether the message goes back whole: RET where it was given, else if it is small."""
    asked = envelope.params.get("RET")
    return size <= FULL_LIMIT and asked != "HDRS" and (asked == "FULL" or size <= SMALL)


def returned(raw: bytes, *, whole: bool, utf8: bool) -> Part:
    """The last part of a report (RFC 6522 section 3): the message, or its header.

    Line ends are made CRLF. What no mail may hold (NUL, lines over 998 octets) cannot go back
    inside a message/rfc822, which knows no encoding: then it is the header only.
    """
    begin = after_mbox_line(raw)
    body = read_block(raw, begin, min(len(raw), HEADER_LIMIT)).body
    header = _lines(raw[begin:body])
    content = _lines(raw[begin:]) if whole else b""
    if whole and _is_mail(content):
        media = "message/global" if utf8 and not header.isascii() else "message/rfc822"
        return Part(media, content, "7bit" if content.isascii() else "8bit")
    return _header_part(header, utf8=utf8)


def sender_field(envelope: Envelope) -> tuple[str, str]:
    """The To field of a report: the reverse-path."""
    return ("To", f"<{spelling.address(envelope.reverse_path.address, utf8=True)}>")


def _header_part(header: bytes, *, utf8: bool) -> Part:
    if not _is_mail(header) or (not header.isascii() and not utf8):
        return Part("text/rfc822-headers", b2a_qp(header, istext=True), "quoted-printable")
    if header.isascii():
        return Part("text/rfc822-headers", header)
    return Part("message/global-headers", header, "8bit")


def _lines(octets: bytes) -> bytes:
    # Counting is ten times as fast as replacing, and nearly every message is as it should be.
    if octets.count(b"\r\n") == octets.count(b"\n") == octets.count(b"\r"):
        return octets
    return _LINE_END.sub(b"\r\n", octets)


def _is_mail(octets: bytes) -> bool:
    return b"\0" not in octets and max(map(len, octets.split(b"\r\n"))) <= MAIL_LINE
