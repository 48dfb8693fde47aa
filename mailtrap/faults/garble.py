"""Malformed replies: what a client's parser must not trip over (RFC 5321 section 4.2)."""

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

from mailtrap.smtp.reply import Reply

GarbleKind: TypeAlias = Literal[
    "octets", "truncated", "overlong", "bare-lf", "bare-cr", "no-text", "two-digits",
    "four-digits", "no-last-line", "mixed-codes", "no-hyphen", "twice", "nul",
]  # fmt: skip


def _twice(reply: Reply) -> bytes:
    return reply.wire + reply.wire


def _overlong(reply: Reply) -> bytes:
    return reply.wire.rstrip(b"\r\n") + b" " + b"x" * 65_536 + b"\r\n"


def _code(reply: Reply) -> bytes:
    return b"%d" % reply.code


GARBLES: Mapping[GarbleKind, Callable[[Reply], bytes]] = {
    "octets": lambda reply: b"\x00\xff\x1b[2J\x07" + reply.wire[::-1] + b"\r\n",
    "truncated": lambda reply: reply.wire.rstrip(b"\r\n"),
    "overlong": _overlong,
    "bare-lf": lambda reply: reply.wire.replace(b"\r\n", b"\n"),
    "bare-cr": lambda reply: reply.wire.replace(b"\r\n", b"\r"),
    "no-text": lambda reply: _code(reply) + b"\r\n",
    "two-digits": lambda reply: reply.wire[1:],
    "four-digits": lambda reply: b"1" + reply.wire,
    "no-last-line": lambda reply: _code(reply) + b"-" + reply.wire[4:],
    "mixed-codes": lambda reply: b"%d-first\r\n" % (reply.code + 1) + reply.wire,
    "no-hyphen": lambda reply: _code(reply) + b" first\r\n" + reply.wire,
    "twice": _twice,
    "nul": lambda reply: reply.wire[:4] + b"\x00" + reply.wire[4:],
}
"""By kind: the octets that stand for a reply."""
