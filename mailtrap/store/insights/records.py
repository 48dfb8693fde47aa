"""What is asked, and what is told. Times are aware UTC, latencies milliseconds, sizes octets."""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from mailtrap.smtp.catalogue import Severity

ReplyClass: TypeAlias = Literal["2", "4", "5", "aborted"]
"""The first digit of the reply that decided an attempt; ``aborted`` where the client left first."""

RepeatKind: TypeAlias = Literal["message_id", "subject"]
"""What is the same: the Message-ID; or the subject, to the same recipient."""


class Question(msgspec.Struct, frozen=True):
    """Which span: from ``since`` on, before ``until``; None is as far as there is something.

    ``buckets`` is how many parts it is cut into at most, at least 2. ``inbox`` None means all.
    """

    since: datetime | None = None
    until: datetime | None = None
    inbox: str | None = None
    buckets: int = 60


class Bucket(msgspec.Struct, frozen=True):
    """What came from ``at`` on, within one width: messages, and attempts by class of the reply."""

    at: datetime
    messages: int
    replies: dict[ReplyClass, int]


class Latency(msgspec.Struct, frozen=True):
    """How long answers took at one stage of the dialogue, of ``count`` that were timed."""

    stage: str
    count: int
    median: float
    p95: float
    most: float


class SizeStep(msgspec.Struct, frozen=True):
    """How many messages have at least ``least`` octets and less than ``below``."""

    least: int
    below: int
    messages: int


class Party(msgspec.Struct, frozen=True):
    """An address of envelopes, and how many messages name it."""

    address: str
    messages: int


class Repeat(msgspec.Struct, frozen=True):
    """What came more than once; ``recipient`` is None where ``kind`` is the Message-ID."""

    kind: RepeatKind
    text: str
    recipient: str | None
    messages: int


class FindingKind(msgspec.Struct, frozen=True):
    """A finding, and how many messages and sessions have it."""

    id: str
    severity: Severity
    message: str
    messages: int
    sessions: int


class LookedAt(msgspec.Struct, frozen=True):
    """How many of the newest were looked at. What is not told here is of all that there are."""

    messages: int
    attempts: int
    sessions: int
    transcripts: int


class Insights(msgspec.Struct, frozen=True):
    """The figures of the span from ``since`` on, before ``until``; ``width`` is in seconds.

    Messages, unread and octets, also those of the buckets, are of all messages; the rest is of
    those that were looked at. ``transactions`` is the time from MAIL to the last reply.
    """

    since: datetime
    until: datetime
    width: int
    messages: int
    unread: int
    octets: int
    sessions: int
    replies: dict[ReplyClass, int]
    buckets: tuple[Bucket, ...]
    transactions: Latency | None
    latency: tuple[Latency, ...]
    sizes: tuple[SizeStep, ...]
    senders: tuple[Party, ...]
    recipients: tuple[Party, ...]
    repeats: tuple[Repeat, ...]
    findings: tuple[FindingKind, ...]
    looked_at: LookedAt
