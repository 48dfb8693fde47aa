"""What the store keeps. Times are aware UTC datetimes; sizes are octets."""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from mailtrap.mail.message import Summary
from mailtrap.smtp.envelope import Envelope, Params
from mailtrap.smtp.findings import Finding

DEFAULT_INBOX = "default"

Side: TypeAlias = Literal["C", "S", "*"]
"""Who said a transcript line: the client, the server, or a note of ours."""

Stage: TypeAlias = Literal["mail", "rcpt", "data", "content", "done"]
"""How far a transaction came: the last stage that was reached."""

Verdict: TypeAlias = Literal["accepted", "refused", "aborted"]
"""How a transaction ended: stored with a 250; refused by a reply; or left by the client."""


class Line(msgspec.Struct, frozen=True, array_like=True):
    """One line of a transcript: milliseconds since the session began, who, and the text.

    ``text`` has no line end; octets that are not UTF-8 are backslash-escaped. Content is not
    repeated here: a ``*`` line tells how many octets came.
    """

    at: float
    side: Side
    text: str


class Tls(msgspec.Struct, frozen=True):
    """What was negotiated."""

    version: str
    cipher: str
    sni: str | None = None


class Auth(msgspec.Struct, frozen=True):
    """The identity a client gave. ``secret`` is what it sent as password or token."""

    mechanism: str
    identity: str
    secret: str | None = None


class Trace(msgspec.Struct, frozen=True):
    """Who brought a message, and how: the facts a Received header is made of.

    ``protocol`` is the WITH keyword (RFC 3848, RFC 6531 section 4.3), such as ``ESMTPSA``.
    ``peer`` and ``local`` are ``host:port``, ``[v6]:port`` or ``unix:path``. ``forwarded`` holds
    what XCLIENT and XFORWARD told, by attribute name.
    """

    session: str
    listener: str
    peer: str
    local: str
    helo: str | None
    protocol: str
    tls: Tls | None = None
    auth: Auth | None = None
    forwarded: dict[str, str] = {}


class NewMessage(msgspec.Struct, frozen=True):
    """A message on its way into the store.

    ``crlf`` is set where it is known that every CR and LF in it is one half of a CRLF.
    """

    id: str
    received_at: datetime
    raw: bytes
    envelope: Envelope
    trace: Trace
    inboxes: tuple[str, ...] = (DEFAULT_INBOX,)
    tags: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    crlf: bool = False


class Message(msgspec.Struct, frozen=True):
    """A stored message, all but its raw octets."""

    seq: int
    id: str
    received_at: datetime
    size: int
    summary: Summary
    envelope: Envelope
    trace: Trace
    inboxes: tuple[str, ...]
    tags: tuple[str, ...]
    read: bool
    findings: tuple[Finding, ...]


class RecipientOutcome(msgspec.Struct, frozen=True):
    """One RCPT of an attempt and what was answered; ``final`` is LMTP's own reply after content."""

    address: str
    params: Params
    reply: str
    accepted: bool
    final: str | None = None


class NewAttempt(msgspec.Struct, frozen=True):
    """One transaction tried, accepted or not, on its way into the store.

    ``first_line`` and ``last_line`` are the indexes of its lines in the session's transcript.
    ``rules`` are the fault rules that acted, ``notes`` what they replaced by what.
    ``reply`` is the last reply that decided (``250 2.0.0 Ok: …``), None when the client left first.
    """

    id: str
    session: str
    listener: str
    started_at: datetime
    ended_at: datetime
    reverse_path: str
    params: Params
    recipients: tuple[RecipientOutcome, ...]
    stage: Stage
    verdict: Verdict
    reply: str | None
    message: str | None
    first_line: int
    last_line: int
    inboxes: tuple[str, ...] = (DEFAULT_INBOX,)
    rules: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Attempt(NewAttempt, frozen=True, kw_only=True):
    """A stored attempt."""

    seq: int


class NewSession(msgspec.Struct, frozen=True):
    """One connection from begin to end, kept also when it delivered nothing.

    ``messages`` and ``attempts`` are counts. ``end`` says in words why it ended (the client quit).
    """

    id: str
    listener: str
    peer: str
    local: str
    started_at: datetime
    ended_at: datetime | None
    helo: str | None
    protocol: str
    tls: Tls | None
    auth: Auth | None
    forwarded: dict[str, str]
    messages: int
    attempts: int
    end: str | None
    findings: tuple[Finding, ...]
    transcript: tuple[Line, ...]
    inboxes: tuple[str, ...] = (DEFAULT_INBOX,)


class Session(NewSession, frozen=True, kw_only=True):
    """A session as the store or the server tells it; ``seq`` is 0 while it is still open."""

    seq: int


class MessageAdded(msgspec.Struct, frozen=True, tag="message.added"):
    """A message was committed."""

    seq: int
    message: Message


class MessagesUpdated(msgspec.Struct, frozen=True, tag="messages.updated"):
    """Read flags or tags of these messages changed."""

    seq: int
    ids: tuple[str, ...]
    read: bool | None
    add_tags: tuple[str, ...]
    remove_tags: tuple[str, ...]


class MessagesDeleted(msgspec.Struct, frozen=True, tag="messages.deleted"):
    """These messages are gone; ``reason`` tells whether somebody asked or retention did it."""

    seq: int
    ids: tuple[str, ...]
    reason: Literal["request", "retention"]


class MessagesCleared(msgspec.Struct, frozen=True, tag="messages.cleared"):
    """Every message of an inbox, or of all (None), is gone."""

    seq: int
    inbox: str | None


class AttemptAdded(msgspec.Struct, frozen=True, tag="attempt.added"):
    """A transaction ended."""

    seq: int
    attempt: Attempt


class SessionOpened(msgspec.Struct, frozen=True, tag="session.opened"):
    """A client connected."""

    seq: int
    id: str
    listener: str
    peer: str


class SessionClosed(msgspec.Struct, frozen=True, tag="session.closed"):
    """A session ended and is stored. Its transcript is left out (empty), as in lists."""

    seq: int
    session: Session


Change: TypeAlias = (
    MessageAdded
    | MessagesUpdated
    | MessagesDeleted
    | MessagesCleared
    | AttemptAdded
    | SessionOpened
    | SessionClosed
)
"""What the bus carries, in commit order."""
