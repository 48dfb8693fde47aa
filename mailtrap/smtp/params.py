"""ESMTP parameters (RFC 5321 section 4.1.1.11) and xtext (RFC 3461 section 4)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from mailtrap.smtp.envelope import Params
from mailtrap.smtp.mailbox import Note
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.session import Session
from mailtrap.smtp.text import decode, encode

_KEYWORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_XTEXT = re.compile(r"(?:[\x21-\x2a\x2c-\x3c\x3e-\x7e]|\+[0-9A-F]{2})*")
_HEX = re.compile(rb"\+([0-9A-Fa-f]{2})")
_WHITE = re.compile(r"[ \t]+")


class BadParameterError(Exception):
    """A parameter whose value has no meaning; the text says why, ``status`` is for the reply."""

    def __init__(self, reason: str, status: str = "5.5.4") -> None:
        super().__init__(reason)
        self.status = status


@dataclass(slots=True)
class ParamContext:
    """What a parameter's parser may look at, and where it leaves its notes.

    ``address`` is that of the command the parameter stands in, ``params`` those before it. A
    parser may set ``reply``: a refusal that its RFC names, or another wording of the 250.
    """

    session: Session
    address: str
    stage: str
    params: Params
    notes: list[Note] = field(default_factory=list)
    reply: Reply | None = None


ParamParser: TypeAlias = Callable[[str | None, ParamContext], str | None]
"""Turns a parameter's value (None without ``=``) into what is kept. Raises BadParameterError."""

ParamParsers: TypeAlias = Mapping[str, ParamParser]


def split_params(text: str) -> list[tuple[str, str | None]]:
    """The parameters of a command, keywords in upper case, in order.

    Raises BadParameterError where a word is no esmtp-param.
    """
    if not text:
        return []
    return [_split_param(word) for word in _WHITE.split(text.strip(" \t")) if word]


def _split_param(word: str) -> tuple[str, str | None]:
    keyword, equals, value = word.partition("=")
    if not _KEYWORD.fullmatch(keyword):
        raise BadParameterError(f"{word!r} is not a parameter (KEYWORD or KEYWORD=value)")
    if equals and not value:
        raise BadParameterError("value missing after =")
    return keyword.upper(), value if equals else None


def irregular_space(text: str) -> bool:
    """Whether parameters are parted by anything but one space each."""
    return "\t" in text or "  " in text


def decode_xtext(text: str, context: ParamContext) -> str:
    """Text without its ``+XX`` escapes, each an octet (of UTF-8, where it is not ASCII).

    Lower-case hex and stray characters are noted; in strict mode they raise BadParameterError.
    """
    if not _XTEXT.fullmatch(text):
        context.notes.append(Note("F-XTEXT"))
        if context.session.profile.strict:
            raise BadParameterError("not xtext")
    return decode(_HEX.sub(lambda found: bytes([int(found[1], 16)]), encode(text)))


def no_value(value: str | None, context: ParamContext) -> str | None:
    """For a parameter that is a bare keyword."""
    del context
    if value is not None:
        raise BadParameterError("takes no value")
    return None


def needed(value: str | None, what: str) -> str:
    """The value of a parameter that must have one."""
    if value is None:
        raise BadParameterError(f"needs a value: {what}")
    return value


def is_time(text: str) -> bool:
    """Whether this is a time as RFC 3339 writes it, and one that exists."""
    try:
        datetime.fromisoformat(text.upper())
    except ValueError:
        return False
    return True


def choice(*allowed: str) -> ParamParser:
    """For a parameter that takes one of some words, in any case; kept in upper case."""

    def parse(value: str | None, context: ParamContext) -> str:
        del context
        word = needed(value, " or ".join(allowed)).upper()
        if word not in allowed:
            raise BadParameterError(f"{value!r} is not one of {', '.join(allowed)}")
        return word

    return parse


def recorded(value: str | None, context: ParamContext) -> str | None:
    """For a parameter that is only written down."""
    del context
    return value
