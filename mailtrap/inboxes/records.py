"""What is known of an inbox beside what is in it."""

from dataclasses import dataclass, field
from datetime import datetime

from mailtrap.search.patterns import NetworkPattern, TextPattern
from mailtrap.store.base import Retention


@dataclass(frozen=True, slots=True)
class Match:
    """What belongs in an inbox: a message for which one of these holds.

    ``rcpt`` decides for a recipient, all others for the whole message.
    """

    rcpt: tuple[TextPattern, ...] = ()
    auth: tuple[TextPattern, ...] = ()
    helo: tuple[TextPattern, ...] = ()
    ip: tuple[NetworkPattern, ...] = ()
    header: tuple[tuple[str, TextPattern], ...] = ()


@dataclass(frozen=True, slots=True)
class Inbox:
    """An inbox that somebody opened. ``expires_at`` is None where it stays.

    ``opened_at`` is the seq of that moment: what is newer came since. ``address`` is one that
    leads here, ``listener`` the URL of a port of its own.
    """

    name: str
    address: str
    created_at: datetime
    opened_at: int = 0
    expires_at: datetime | None = None
    match: Match = field(default_factory=Match)
    limits: Retention | None = None
    listener: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Who sends, as far as that is known: the facts that decide for a whole message."""

    inbox: str | None = None
    auth: str | None = None
    helo: str | None = None
    ip: str = ""
