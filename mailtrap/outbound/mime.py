"""Putting a multipart/report together (RFC 6522), octet by octet and always in the same way."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Literal, TypeAlias

from mailtrap.outbound.records import Report, Stamp
from mailtrap.smtp.envelope import Path

Field: TypeAlias = tuple[str, str]
Fields: TypeAlias = Sequence[Field]
Encoding: TypeAlias = Literal["7bit", "8bit", "quoted-printable"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its type with parameters, its encoded octets, lines ending with CRLF."""

    content_type: str
    body: bytes
    encoding: Encoding = "7bit"


@dataclass(frozen=True, slots=True)
class Body:
    """What a multipart/report consists of: for people, for programs, and what it is about."""

    report_type: str
    parts: tuple[Part, ...]


def text_part(text: str) -> Part:
    """Words for people; ``text`` has lines ending with LF."""
    body = text.replace("\n", "\r\n").encode()
    if text.isascii():
        return Part("text/plain; charset=us-ascii", body)
    return Part("text/plain; charset=utf-8", body, "8bit")


def fields_block(fields: Fields) -> bytes:
    """Fields, one a line."""
    return "".join(f"{name}: {value}\r\n" for name, value in fields).encode()


def origin_fields(stamp: Stamp, *, automatic: str) -> tuple[Field, ...]:
    """The fields that tell when, under which id and why (RFC 3834 section 5) it was sent."""
    return (
        ("Date", format_datetime(stamp.at)),
        ("Message-ID", f"<{stamp.id}@{stamp.host}>"),
        ("Auto-Submitted", automatic),
        ("MIME-Version", "1.0"),
    )


def single(kind: str, to: Path, fields: Fields, part: Part) -> Report:
    """A report of one part."""
    raw = fields_block((*fields, *_part_fields(part))) + b"\r\n" + part.body
    return _report(kind, to, fields, (part,), raw)


def multipart(kind: str, to: Path, fields: Fields, stamp: Stamp, body: Body) -> Report:
    """A multipart/report; its boundary is made of the stamp and stands in none of the parts."""
    boundary = _boundary(body.parts, stamp.id)
    media = f'multipart/report; report-type={body.report_type};\r\n boundary="{boundary}"'
    eight_bit = any(part.encoding == "8bit" for part in body.parts)
    encoding = "8bit" if eight_bit else "7bit"
    described = (("Content-Type", media), ("Content-Transfer-Encoding", encoding))
    pieces = [fields_block((*fields, *described)), b"\r\nA report in several parts (RFC 6522).\r\n"]
    for part in body.parts:
        pieces += [b"\r\n--", boundary.encode(), b"\r\n", fields_block(_part_fields(part))]
        pieces += [b"\r\n", part.body]
    pieces += [b"\r\n--", boundary.encode(), b"--\r\n"]
    return _report(kind, to, fields, body.parts, b"".join(pieces))


def _part_fields(part: Part) -> Fields:
    return (
        ("Content-Type", part.content_type),
        ("Content-Transfer-Encoding", part.encoding),
    )


def _boundary(parts: Sequence[Part], seed: str) -> str:
    boundary = f"=_{seed}"
    while any(boundary.encode() in part.body for part in parts):
        boundary += "_"
    return boundary


def _report(kind: str, to: Path, fields: Fields, parts: Sequence[Part], raw: bytes) -> Report:
    international = (
        not to.address.isascii()
        or any(not value.isascii() for _, value in fields)
        or any(part.content_type.startswith("message/global") for part in parts)
    )
    return Report(kind, to, raw, international, eight_bit=not raw.isascii())
