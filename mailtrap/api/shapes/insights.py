"""Figures of a span of time."""

import msgspec

from mailtrap.api.shapes.base import Shape, Time
from mailtrap.smtp.catalogue import Severity
from mailtrap.store.insights.records import RepeatKind


class ReplyCounts(Shape, frozen=True, kw_only=True):
    """Attempts by class of the reply that decided; ``aborted`` where the client left first."""

    positive: int = msgspec.field(name="2xx")
    transient: int = msgspec.field(name="4xx")
    permanent: int = msgspec.field(name="5xx")
    aborted: int


class InsightsBucket(Shape, frozen=True, kw_only=True):
    """What came from ``at`` on, for one width."""

    at: Time
    messages: int
    replies: ReplyCounts


class Latency(Shape, frozen=True, kw_only=True):
    """How long ``count`` answers took at a stage, in milliseconds."""

    stage: str
    count: int
    median: float
    p95: float
    max: float


class SizeStep(Shape, frozen=True, kw_only=True):
    """Messages of at least ``least`` and less than ``below`` octets."""

    least: int
    below: int
    messages: int


class Party(Shape, frozen=True, kw_only=True):
    """An address of envelopes, in small letters; empty is the null reverse-path."""

    address: str
    messages: int


class Repeat(Shape, frozen=True, kw_only=True):
    """The same Message-ID, or the same subject to one ``recipient``, more than once."""

    kind: RepeatKind
    text: str
    recipient: str | None
    messages: int


class FindingKind(Shape, frozen=True, kw_only=True):
    """A finding, and how many messages and sessions have it."""

    id: str
    severity: Severity
    message: str
    messages: int
    sessions: int


class LookedAt(Shape, frozen=True, kw_only=True):
    """How many of the newest in the span were looked at."""

    messages: int
    attempts: int
    sessions: int
    transcripts: int


class Insights(Shape, frozen=True, kw_only=True):
    """Figures from ``since`` on, before ``until``, in buckets of ``width`` seconds.

    Counts of messages, here and in buckets, are of all; the rest is of those ``looked_at``.
    ``transactions`` is the time from MAIL to the reply that decided.
    """

    since: Time
    until: Time
    width: int
    messages: int
    unread: int
    octets: int
    sessions: int
    replies: ReplyCounts
    buckets: tuple[InsightsBucket, ...]
    transactions: Latency | None
    latency: tuple[Latency, ...]
    sizes: tuple[SizeStep, ...]
    senders: tuple[Party, ...]
    recipients: tuple[Party, ...]
    repeats: tuple[Repeat, ...]
    findings: tuple[FindingKind, ...]
    looked_at: LookedAt
    cursor: int
