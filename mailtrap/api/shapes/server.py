"""The server and its counts."""

from mailtrap.api.info import TlsMode
from mailtrap.api.shapes.base import Shape, Time


class Inbox(Shape, frozen=True, kw_only=True):
    """What one inbox holds."""

    name: str
    messages: int
    unread: int
    octets: int


class Counts(Shape, frozen=True, kw_only=True):
    """What the store holds, and how many connections are open."""

    messages: int
    unread: int
    octets: int
    attempts: int
    sessions: int
    open_sessions: int
    inboxes: tuple[Inbox, ...]


class Listener(Shape, frozen=True, kw_only=True):
    """One address that takes mail."""

    name: str
    url: str
    protocol: str
    tls: TlsMode
    auth: str


class Info(Shape, frozen=True, kw_only=True):
    """The server: what it is, where it listens, what it holds."""

    name: str
    version: str
    started_at: Time
    listeners: tuple[Listener, ...]
    limits: dict[str, int | float]
    store: str
    counts: Counts
    cursor: int
