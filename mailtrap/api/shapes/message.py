"""Messages."""

from typing import Literal

import msgspec

from mailtrap.api.shapes.base import Link, Listing, Params, Shape, Time
from mailtrap.api.shapes.extract import FoundCode, FoundLink


class Mailbox(Shape, frozen=True, kw_only=True):
    """An address of a header field, its display name decoded."""

    name: str
    address: str


class EnvelopeRow(Shape, frozen=True, kw_only=True):
    """Who the SMTP transaction named; ``mail_from`` is empty for the null reverse-path."""

    mail_from: str
    rcpt_to: tuple[str, ...]


class Recipient(Shape, frozen=True, kw_only=True):
    """One accepted RCPT with its parameters and source route."""

    address: str
    params: Params
    route: tuple[str, ...]


class EnvelopeDetail(EnvelopeRow, frozen=True, kw_only=True):
    """The envelope in full."""

    params: Params
    route: tuple[str, ...]
    recipients: tuple[Recipient, ...]


class FindingCounts(Shape, frozen=True, kw_only=True):
    """How many findings there are of each severity."""

    error: int = 0
    warning: int = 0
    notice: int = 0
    info: int = 0


class Finding(Shape, frozen=True, kw_only=True):
    """A rule of the RFCs that the client broke."""

    id: str
    severity: Literal["error", "warning", "notice", "info"]
    stage: str
    message: str
    rfc: str
    evidence: str
    offset: int | None
    hint: str
    count: int


class Tls(Shape, frozen=True, kw_only=True):
    """What was negotiated."""

    version: str
    cipher: str
    sni: str | None


class Auth(Shape, frozen=True, kw_only=True):
    """Who the client said it was; ``secret`` is masked unless the server was told to show it."""

    mechanism: str
    identity: str
    secret: str | None


class Trace(Shape, frozen=True, kw_only=True):
    """Who brought a message, and how."""

    session: str
    listener: str
    peer: str
    local: str
    helo: str | None
    protocol: str
    tls: Tls | None
    auth: Auth | None
    forwarded: dict[str, str]


class Header(Shape, frozen=True, kw_only=True):
    """A header field, unfolded and decoded."""

    name: str
    value: str


class RawHeader(Header, frozen=True, kw_only=True):
    """A header field, decoded and as it stands in the message."""

    raw: str


class Part(Shape, frozen=True, kw_only=True):
    """One entity of the MIME tree; ``number`` counts as IMAP does (empty for a multipart root)."""

    number: str
    content_type: str
    charset: str | None
    encoding: str
    disposition: str
    filename: str | None
    size: int
    content_id: str | None
    url: Link | None
    children: tuple["Part", ...]


class Attachment(Shape, frozen=True, kw_only=True):
    """A part that a reader shows as a file; ``number`` is that of the part."""

    number: str
    filename: str | None
    content_type: str
    size: int
    url: Link


class Defect(Shape, frozen=True, kw_only=True):
    """Something malformed that was read all the same, in part ``where``."""

    where: str
    text: str


class Urls(Shape, frozen=True, kw_only=True):
    """Where the rest of a message is."""

    url: Link
    raw: Link
    headers: Link
    text: Link | None
    html: Link | None
    session: Link
    attempt: Link | None


class MessageHead(Shape, frozen=True, kw_only=True):
    """What a list and a view of a message share."""

    id: str
    seq: int
    received_at: Time
    size: int
    subject: str
    sender: tuple[Mailbox, ...] = msgspec.field(name="from")
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    date: Time | None
    message_id: str
    has_attachment: bool
    read: bool
    tags: tuple[str, ...]
    inboxes: tuple[str, ...]
    session: str


class MessageRow(MessageHead, frozen=True, kw_only=True):
    """A message in a list: nothing of its body was read. ``tls`` is the version it came over."""

    envelope: EnvelopeRow
    findings: FindingCounts
    tls: str | None


class MessageDetail(MessageHead, frozen=True, kw_only=True):
    """A message, read. ``remote`` are the URLs its HTML would load from other servers.

    ``links`` and ``codes`` are taken out of it, the likeliest code first; ``urls`` are where the
    rest of it is.
    """

    envelope: EnvelopeDetail
    findings: tuple[Finding, ...]
    trace: Trace
    attempt: str | None
    headers: tuple[Header, ...]
    text: str | None
    html: str | None
    parts: Part
    attachments: tuple[Attachment, ...]
    defects: tuple[Defect, ...]
    remote: tuple[str, ...]
    links: tuple[FoundLink, ...]
    codes: tuple[FoundCode, ...]
    urls: Urls


class MessageList(Listing, frozen=True, kw_only=True):
    """A page of messages, newest first; ``total`` and ``unread`` are those of the whole inbox.

    ``matches`` tells how many the search finds in all, where that was asked for.
    """

    messages: tuple[MessageRow, ...]
    total: int
    unread: int
    matches: int | msgspec.UnsetType = msgspec.UNSET


class Refusal(Shape, frozen=True, kw_only=True):
    """A reply that refused something of a message: one recipient, or (None) all of it."""

    recipient: str | None
    reply: str


class Glance(Shape, frozen=True, kw_only=True):
    """What a list shows of a message beside its row, once its body was read.

    ``snippet`` is how its text begins, ``code`` its likeliest one-time code, ``links`` how many
    links it has; ``refused`` are the first replies that refused something of it.
    """

    id: str
    snippet: str
    code: str | None
    links: int
    refused: tuple[Refusal, ...]


class GlanceList(Shape, frozen=True, kw_only=True):
    """Glances at messages, in the order they were asked for."""

    glances: tuple[Glance, ...]


class HeaderList(Shape, frozen=True, kw_only=True):
    """Every header field of a message, in order."""

    headers: tuple[RawHeader, ...]


class Tags(Shape, frozen=True, kw_only=True):
    """Every tag in use with the number of its messages."""

    tags: dict[str, int]


class Updated(Shape, frozen=True, kw_only=True):
    """How many messages there were to change."""

    updated: int


class Deleted(Shape, frozen=True, kw_only=True):
    """How many messages, or rules, were deleted."""

    deleted: int
