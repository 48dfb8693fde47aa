"""Reading what the figures are made of, a piece at a time, and counting it.

One piece is one statement of some milliseconds: no reader keeps its connection longer, or in
memory, where all share one, keeps the writer waiting. What is a column is asked of all messages;
what stands in their JSON, and transcripts, of the newest only.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Final, TypeVar

from mailtrap.store import codec
from mailtrap.store.insights import latency, pieces
from mailtrap.store.insights.frame import SECOND, Frame, cut, span_of
from mailtrap.store.insights.pieces import ATTEMPTS, MESSAGES, SESSIONS, Count, Source
from mailtrap.store.insights.records import Bucket, Insights, LookedAt, Question
from mailtrap.store.insights.tally import (
    AttemptFacts,
    Attempts,
    Findings,
    MessageFacts,
    Messages,
    SessionFacts,
    Transcripts,
)
from mailtrap.store.readers import Readers

R = TypeVar("R", MessageFacts, AttemptFacts, SessionFacts)

LOOKED_AT: Final = 10_000
"""Messages, attempts and sessions that are looked at: the newest ones."""

TRANSCRIPTS: Final = 500
TRANSCRIPT_SIZE: Final = 8 * 1024 * 1024
"""Transcripts that are read: so many, and no further one once they have so much text."""

STRETCH: Final = 20_000
"""Seqs that one piece of the counts looks at."""

PIECE: Final = 1_000
FEW: Final = 25
"""Rows of any other piece, and of one of transcripts."""

_ANY: Final = 2**62


async def gather(readers: Readers, question: Question, now: datetime) -> Insights:
    """The figures of a span."""
    known = await readers.run(pieces.outermost, question.inbox)
    frame = cut(*span_of(question, known, now), question.buckets)
    reading = _Reading(readers, question, frame)
    low, high = await reading.reach()
    counts = await reading.counts(low, high)
    findings = Findings()
    messages, attempts = Messages(findings), Attempts(frame)
    async for rows in reading.rows(MESSAGES, low, high):
        await asyncio.to_thread(messages.add, rows)
    async for tried in reading.rows(ATTEMPTS):
        await asyncio.to_thread(attempts.add, [row for row in tried if reading.holds(row[2])])
    sessions = [
        row async for begun in reading.rows(SESSIONS) for row in begun if reading.holds(row[1])
    ]
    for _, _, found in sessions:
        findings.add("sessions", found)
    transcripts = await reading.transcripts(sessions[:TRANSCRIPTS])
    return Insights(
        since=codec.moment(frame.since),
        until=codec.moment(frame.until),
        width=frame.width // SECOND,
        messages=sum(count for _, count, _, _ in counts),
        unread=sum(unread for _, _, unread, _ in counts),
        octets=sum(octets for _, _, _, octets in counts),
        sessions=len(sessions),
        replies=dict(attempts.replies),
        buckets=_buckets(frame, counts, attempts),
        transactions=attempts.transactions(),
        latency=latency.by_stage(transcripts.measured),
        sizes=messages.sizes(),
        senders=messages.senders(),
        recipients=messages.recipients(),
        repeats=messages.repeats(),
        findings=findings.all(),
        looked_at=LookedAt(
            messages.looked_at, attempts.looked_at, len(sessions), transcripts.looked_at
        ),
    )


def _buckets(frame: Frame, counts: Sequence[Count], attempts: Attempts) -> tuple[Bucket, ...]:
    messages: Counter[int] = Counter()
    for place, count, _, _ in counts:
        messages[frame.nearest(place)] += count
    return tuple(
        Bucket(
            at=codec.moment(frame.begin + place * frame.width),
            messages=messages[place],
            replies=dict(attempts.buckets.get(place, {})),
        )
        for place in range(frame.count)
    )


class _Reading:
    """What one question reads: only what is of its inbox and span.

    A bound that was not asked for is none: nothing is left out for its time then.
    """

    def __init__(self, readers: Readers, question: Question, frame: Frame) -> None:
        self._readers = readers
        self._question = question
        self._frame = frame
        since, until = question.since, question.until
        self._values: dict[str, object] = {
            "since": -_ANY if since is None else codec.microseconds(since),
            "until": _ANY if until is None else codec.microseconds(until),
            "inbox": None if question.inbox is None else codec.plain(question.inbox),
        }

    def holds(self, at: datetime) -> bool:
        """Whether a moment is within the span."""
        since, until = self._question.since, self._question.until
        return (since is None or at >= since) and (until is None or at < until)

    async def reach(self) -> tuple[int, int]:
        """The seqs of messages within the span, from and below."""
        return await self._readers.run(pieces.reach, self._values)

    async def counts(self, low: int, high: int) -> list[Count]:
        """How many messages each bucket has, of all; a bucket may come several times."""
        found: list[Count] = []
        for begin in range(low, high, STRETCH):
            values = {**self._values, "low": begin, "high": min(begin + STRETCH, high)}
            found += await self._readers.run(pieces.count, self._frame, values)
        return found

    async def rows(
        self, source: Source[R], low: int = 0, high: int = _ANY
    ) -> AsyncIterator[list[R]]:
        """The facts of the newest rows with such seqs, some at a time."""
        left = LOOKED_AT
        while left > 0:
            piece = min(PIECE, left)
            values = {**self._values, "low": low, "high": high, "rows": piece}
            rows = await self._readers.run(pieces.facts, source, values)
            if rows:
                yield rows
            if len(rows) < piece:
                return
            high, left = rows[-1][0], left - len(rows)

    async def transcripts(self, sessions: Sequence[SessionFacts]) -> Transcripts:
        """The times in the transcripts of these sessions, as far as they are not too much text."""
        transcripts, size = Transcripts(), 0
        for begin in range(0, len(sessions), FEW):
            seqs = [seq for seq, _, _ in sessions[begin : begin + FEW]]
            texts = await self._readers.run(pieces.transcripts, seqs)
            await asyncio.to_thread(transcripts.add, texts)
            size += sum(map(len, texts))
            if size > TRANSCRIPT_SIZE:
                break
        return transcripts
