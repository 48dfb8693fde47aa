"""Findings on content that was taken: what strict servers, or mail readers, would make of it.

Everything here is found in a few passes over the octets in C; it runs for every message.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailtrap.smtp.content import longest_line
from mailtrap.smtp.envelope import Envelope
from mailtrap.smtp.findings import Finding, finding

STAGE = "content"
TEXT_LINE = 998
RECEIVED_LIMIT = 100
HEADER_BLOCK_LIMIT = 262_144
"""Octets of the header block that are looked at."""

RECIPIENTS_LOOKED_UP = 50
"""Recipients that are searched for in To and Cc; a newsletter's thousands are not."""

_FIELD = re.compile(rb"^([!-9;-~]+)[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)", re.MULTILINE)
_BLANK_LINE = re.compile(rb"\r*\n\r*\n")
_UNIQUE = (b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"sender", b"reply-to")
_AT_DOMAIN = re.compile(rb"@([A-Za-z0-9.-]+)")
_STUFFED_AFTER_LF = re.compile(rb"(?<!\r)\n\.\.")


@dataclass(frozen=True, slots=True)
class _Mail:
    """A content with what the checks want to know of it."""

    content: bytes
    envelope: Envelope
    block: bytes
    fields: dict[bytes, list[bytes]]
    eight_bit: bool

    @property
    def utf8(self) -> bool:
        return "SMTPUTF8" in self.envelope.params

    @property
    def body(self) -> str:
        return self.envelope.params.get("BODY") or ""


def inspect(content: bytes, envelope: Envelope) -> tuple[Finding, ...]:
    """What is unusual or wrong with this content under this envelope."""
    if not content:
        return (finding("F-EMPTY", STAGE),)
    block = _header_block(content)
    fields: dict[bytes, list[bytes]] = {}
    for match in _FIELD.finditer(block):
        fields.setdefault(match[1].lower(), []).append(match[2])
    mail = _Mail(content, envelope, block, fields, not content.isascii())
    return tuple(found for check in _CHECKS for found in check(mail))


def _header_block(content: bytes) -> bytes:
    if content[:1] in b"\r\n":
        return b""
    blank = _BLANK_LINE.search(content, 0, HEADER_BLOCK_LIMIT)
    return content[: blank.start() + 1] if blank else content[:HEADER_BLOCK_LIMIT]


def _line_ends(mail: _Mail) -> Iterator[Finding]:
    content = mail.content
    regular = content.count(b"\r\n")
    bare_lf = content.count(b"\n") - regular
    bare_cr = content.count(b"\r") - regular
    if bare_lf and mail.body != "BINARYMIME":
        yield finding("F-BARE-LF", STAGE, b"", bare_lf, count=bare_lf)
        stuffed = _STUFFED_AFTER_LF.search(content)
        if stuffed:
            yield finding("F-DOT-AFTER-LF", STAGE, stuffed[0], offset=stuffed.start())
    if not bare_cr:
        return
    doubled = content.count(b"\r\r\n")
    if doubled:
        at = content.find(b"\r\r\n")
        yield finding("F-CRCRLF", STAGE, content[at : at + 3], offset=at, count=doubled)
    if bare_cr > doubled and mail.body != "BINARYMIME":
        yield finding("F-BARE-CR", STAGE, b"", bare_cr - doubled, count=bare_cr - doubled)


def _octets(mail: _Mail) -> Iterator[Finding]:
    content = mail.content
    nul = content.find(b"\0")
    if nul >= 0 and mail.body != "BINARYMIME":
        yield finding("F-NUL", STAGE, content[max(0, nul - 10) : nul + 10], offset=nul)
    if len(content) > TEXT_LINE and mail.body != "BINARYMIME":
        longest = longest_line(content)
        if longest > TEXT_LINE:
            yield finding("F-LINE-998", STAGE, b"", longest)
    declared = mail.envelope.params.get("SIZE")
    if declared and int(declared) < len(content):
        yield finding("F-SIZE-LIE", STAGE, b"", declared, len(content))


def _eight_bit(mail: _Mail) -> Iterator[Finding]:
    if mail.eight_bit and mail.body == "7BIT":
        yield finding("F-BODY-7BIT-LIE", STAGE)
    elif mail.eight_bit and not mail.body:
        yield finding("F-8BIT-UNDECLARED", STAGE)
    if mail.eight_bit and not mail.utf8 and not mail.block.isascii():
        for name, values in mail.fields.items():
            if not all(value.isascii() for value in values):
                yield finding("F-8BIT-HEADER", STAGE, values[0], name.decode("latin-1"))
                break
    needs_utf8 = not mail.block.isascii() or not _ascii_envelope(mail.envelope)
    if mail.utf8 and not needs_utf8:
        yield finding("F-UTF8-UNNEEDED", STAGE)
    encoding = mail.fields.get(b"content-transfer-encoding", [b""])[0].strip().lower()
    if encoding == b"binary" and mail.body != "BINARYMIME":
        yield finding("F-BINARY-CTE", STAGE, encoding)


def _ascii_envelope(envelope: Envelope) -> bool:
    paths = (envelope.reverse_path, *(recipient.path for recipient in envelope.recipients))
    return all(path.address.isascii() for path in paths)


def _headers(mail: _Mail) -> Iterator[Finding]:
    fields = mail.fields
    if not fields:
        yield finding("F-NO-HEADERS", STAGE, mail.content[:60])
        return
    for name in (b"from", b"date"):
        if name not in fields:
            yield finding("F-HDR-MISSING", STAGE, b"", name.decode().title())
    if b"message-id" not in fields:
        yield finding("F-HDR-NO-MSGID", STAGE)
    for name in _UNIQUE:
        if len(fields.get(name, ())) > 1:
            yield finding("F-HDR-DUP", STAGE, fields[name][1], name.decode().title())
    if any(value.strip() for value in fields.get(b"bcc", ())):
        yield finding("F-HDR-BCC", STAGE, fields[b"bcc"][0])
    if b"return-path" in fields:
        yield finding("F-RETURN-PATH", STAGE, fields[b"return-path"][0])
    received = len(fields.get(b"received", ()))
    if received > RECEIVED_LIMIT:
        yield finding("F-LOOP", STAGE, b"", received)


def _against_envelope(mail: _Mail) -> Iterator[Finding]:
    if not mail.fields:
        return
    named = b" ".join(mail.fields.get(b"to", []) + mail.fields.get(b"cc", [])).lower()
    for recipient in mail.envelope.recipients[:RECIPIENTS_LOOKED_UP]:
        address = recipient.path.address
        if address.lower().encode("utf-8", "surrogateescape") not in named:
            yield finding("F-RCPT-NOT-IN-HEADERS", STAGE, address, address)
    sender = mail.fields.get(b"from", [b""])[0]
    domain = _AT_DOMAIN.search(sender)
    reverse = mail.envelope.reverse_path
    if not reverse.address:
        if b"auto-submitted" not in mail.fields and b"multipart/report" not in mail.block.lower():
            yield finding("F-NULL-SENDER-TX", STAGE)
    elif domain and domain[1].decode().lower() != reverse.domain.lower():
        yield finding("F-ENVELOPE-MISMATCH", STAGE, sender)


_CHECKS = (_line_ends, _octets, _eight_bit, _headers, _against_envelope)
