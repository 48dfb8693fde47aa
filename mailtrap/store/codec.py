"""Records to and from columns: JSON text, microseconds, and plain text."""

import json
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Generic, TypeAlias, TypeVar

import msgspec

from mailtrap.mail.message import Summary
from mailtrap.smtp.envelope import Envelope
from mailtrap.smtp.findings import Finding
from mailtrap.store.records import Attempt, Line, Message, NewSession, Session, Trace

T = TypeVar("T")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Fields(msgspec.Struct, frozen=True):
    """What of a message is kept in one JSON column."""

    summary: Summary
    envelope: Envelope
    trace: Trace
    findings: tuple[Finding, ...]


class Codec(Generic[T]):
    """One type as JSON text and back.

    Octets that are not UTF-8 stand as lone surrogates in our strings. UTF-8 cannot carry them, but
    a JSON escape can: such a value takes the slower way of the standard library.
    """

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind
        self._encoder = msgspec.json.Encoder()
        self._decoder = msgspec.json.Decoder(kind)

    def encode(self, value: T) -> str:
        """The value as JSON text."""
        try:
            return self._encoder.encode(value).decode()
        except UnicodeEncodeError:
            return json.dumps(msgspec.to_builtins(value), separators=(",", ":"))

    def decode(self, text: str) -> T:
        """The value of JSON text that ``encode`` made."""
        try:
            return self._decoder.decode(text)
        except msgspec.DecodeError:
            return msgspec.convert(json.loads(text), self._kind)


NAMES = Codec(tuple[str, ...])
"""Of inboxes, tags or ids; ``text_of`` for the few that come again and again."""
FIELDS = Codec(Fields)
ATTEMPT = Codec(Attempt)
SESSION = Codec(Session)
TRANSCRIPT = Codec(tuple[Line, ...])


def plain(text: str) -> str:
    """``text`` as SQLite can hold it: lone surrogates and NUL become backslash escapes."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")


def names(values: tuple[str, ...]) -> tuple[str, ...]:
    """Names of inboxes or tags, each once, in their first order, as SQLite can hold them."""
    if len(values) == 1 and values[0].isascii() and "\0" not in values[0]:
        return values  # as nearly always
    return tuple(dict.fromkeys(plain(value) for value in values))


def text_of(values: tuple[str, ...]) -> str:
    """Names as JSON text, remembered where it is one or none."""
    return _text_remembered(values) if len(values) <= 1 else NAMES.encode(values)


_text_remembered = lru_cache(256)(NAMES.encode)


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970 of an aware datetime."""
    return (moment - _EPOCH) // _MICROSECOND


def moment(microseconds_: int) -> datetime:
    """The UTC datetime of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=microseconds_)


MessageRow: TypeAlias = tuple[int, str, int, int, int, str, str, str]
"""The values of MESSAGE_COLUMNS."""

MESSAGE_COLUMNS = ("seq", "id", "received_at", "size", "read", "inboxes", "tags", "fields")


def message_row(message: Message) -> tuple[object, ...]:
    """A message as a row of its table: MESSAGE_COLUMNS."""
    fields = Fields(message.summary, message.envelope, message.trace, message.findings)
    return (
        message.seq,
        message.id,
        microseconds(message.received_at),
        message.size,
        int(message.read),
        text_of(message.inboxes),
        text_of(message.tags),
        FIELDS.encode(fields),
    )


def message_of(row: MessageRow) -> Message:
    """The message of a row of MESSAGE_COLUMNS."""
    seq, id_, received_at, size, read, inboxes, tags, text = row
    fields = FIELDS.decode(text)
    return Message(
        seq=seq,
        id=id_,
        received_at=moment(received_at),
        size=size,
        summary=fields.summary,
        envelope=fields.envelope,
        trace=fields.trace,
        inboxes=NAMES.decode(inboxes),
        tags=NAMES.decode(tags),
        read=bool(read),
        findings=fields.findings,
    )


def numbered(session: NewSession, seq: int, transcript: tuple[Line, ...]) -> Session:
    """The session as stored under ``seq``, with this transcript."""
    values = {name: getattr(session, name) for name in NewSession.__struct_fields__}
    inboxes = names(session.inboxes)
    return Session(**{**values, "seq": seq, "inboxes": inboxes, "transcript": transcript})
