"""What is known at the point where rules are asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mailtrap.faults.stages import Stage
from mailtrap.mail.headers import decode_words

HEADER_OCTETS = 262_144
"""Octets of content that are looked at for header fields."""

_FIELD = re.compile(rb"^([!-9;-~]+)[ \t]*:((?:[^\r\n]|\r*\n[ \t])*)", re.MULTILINE)
_BLANK = re.compile(rb"\r*\n\r*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One point of one session.

    ``at`` is monotonic, in seconds. ``session_nth`` counts the sessions of the server from 1,
    ``message_nth`` the transactions of the session. ``rcpt`` is the recipient that is asked about;
    at later stages rules look at all ``recipients``. ``content`` is there from ``message`` on.
    """

    stage: Stage
    at: float
    session: str = ""
    listener: str = ""
    inbox: str = "default"
    ip: str = ""
    tls: bool = False
    helo: str | None = None
    auth: str | None = None
    mail_from: str | None = None
    rcpt: str | None = None
    recipients: tuple[str, ...] = ()
    session_nth: int = 1
    message_nth: int = 0
    size: int | None = None
    content: bytes | None = None

    def addressed(self) -> tuple[str, ...]:
        """The recipients that a condition on ``rcpt`` looks at."""
        return (self.rcpt,) if self.rcpt is not None else self.recipients


def header_fields(content: bytes) -> Mapping[str, list[str]]:
    """The header fields of a content by lower-case name, unfolded and decoded."""
    blank = _BLANK.search(content, 0, HEADER_OCTETS)
    block = content[: blank.start()] if blank else content[:HEADER_OCTETS]
    fields: dict[str, list[str]] = {}
    for match in _FIELD.finditer(block):
        fields.setdefault(match[1].decode("ascii").lower(), []).append(decode_words(match[2]))
    return fields
