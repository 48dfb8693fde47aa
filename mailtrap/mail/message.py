"""The parts of a message, as frozen records."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox of a header field (RFC 5322 section 3.4): display name decoded, addr-spec."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list shows, from one scan of the header block: nothing of the body is parsed.

    ``date`` is the Date field where it can be read. ``has_attachment`` is a good guess.
    """

    subject: str = ""
    sender: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    date: datetime | None = None
    message_id: str = ""
    has_attachment: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """One header field: name as written, ``value`` unfolded and decoded.

    ``raw`` is the value as it stands: the octets after the colon, folds included, without the
    last line end.
    """

    name: str
    value: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Defect:
    """Something malformed that was read all the same. ``where`` is a part number, or ``""``."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One entity of the MIME tree (RFC 2045).

    ``number`` counts as IMAP does (``1``, ``2.1``; a root without parts is ``1``, a multipart root
    ``""``). ``begin`` and ``end`` are the offsets of the encoded body in the raw message; ``size``
    is that of the decoded content in octets (of a multipart: of its encoded body). ``disposition``
    is ``attachment``, ``inline`` or ``""``. A message inside (message/rfc822) has its header in
    ``inner_headers`` and its parts in ``children``: those of its multipart, or its one body.
    """

    number: str
    content_type: str
    charset: str | None
    encoding: str
    disposition: str
    filename: str | None
    content_id: str | None
    size: int
    begin: int
    end: int
    headers: tuple[Header, ...] = ()
    children: tuple["Part", ...] = ()
    inner_headers: tuple[Header, ...] = ()

    @property
    def is_attachment(self) -> bool:
        """Whether a reader would list it as a file: not a body, not a container."""
        return self.disposition == "attachment" or (
            not self.content_type.startswith("multipart/") and self.filename is not None
        )


@dataclass(frozen=True, slots=True)
class Mail:
    """A message, read as far as it can be read.

    ``text`` and ``html`` are the bodies a reader shows, lines ending with LF. ``parts`` are all
    entities in the order they stand in, the root first.
    """

    headers: tuple[Header, ...]
    summary: Summary
    root: Part
    text: str | None
    html: str | None
    parts: tuple[Part, ...] = field(default=())
    defects: tuple[Defect, ...] = ()
