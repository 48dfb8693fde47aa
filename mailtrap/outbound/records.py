"""What the builders of reports take and give."""

from dataclasses import dataclass
from datetime import datetime

from mailtrap.smtp.envelope import Path


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who reports, when, and under which id: all that is not in the message itself.

    ``host`` is our own name, ``at`` an aware time, ``id`` unique and made of letters and digits.
    """

    host: str
    at: datetime
    id: str


@dataclass(frozen=True, slots=True)
class Report:
    """A message to be sent from ``<>`` to one address.

    ``international`` tells that it can only go through SMTPUTF8 (RFC 6531), ``eight_bit`` that it
    has octets above 127. ``kind`` is the word that logs and transcripts use.
    """

    kind: str
    to: Path
    raw: bytes
    international: bool = False
    eight_bit: bool = False
