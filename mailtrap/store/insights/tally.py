"""Counting what was looked at. Pure: rows in, figures out."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Final, TypeAlias

from mailtrap.smtp.catalogue import Severity
from mailtrap.store.codec import TRANSCRIPT, microseconds
from mailtrap.store.insights.frame import Frame
from mailtrap.store.insights.latency import summary, times
from mailtrap.store.insights.records import (
    FindingKind,
    Latency,
    Party,
    Repeat,
    ReplyClass,
    SizeStep,
)
from mailtrap.store.records import Verdict

TOP: Final = 10
"""Rows of each list, the most frequent first."""

Broken: TypeAlias = tuple[str, Severity, str]
"""A finding: id, severity, text."""

MessageFacts: TypeAlias = tuple[int, int, str, str, str, tuple[str, ...], tuple[Broken, ...]]
"""Seq, octets, reverse-path, Message-ID, subject, recipients, findings."""

AttemptFacts: TypeAlias = tuple[int, datetime, datetime, Verdict, str | None]
"""Seq, begin, end, verdict, the reply that decided."""

SessionFacts: TypeAlias = tuple[int, datetime, tuple[Broken, ...]]
"""Seq, begin, findings."""


def reply_class(verdict: Verdict, reply: str | None) -> ReplyClass:
    """The class of an attempt. One that was refused in part, and left then, was aborted."""
    match verdict, (reply or "")[:1]:
        case "accepted", _:
            return "2"
        case "refused", "4" | "5" as digit:
            return digit
        case _:
            return "aborted"


class Findings:
    """Counts the messages and sessions that each finding is of."""

    def __init__(self) -> None:
        self._texts: dict[str, tuple[Severity, str]] = {}
        self._counts: dict[str, Counter[str]] = {"messages": Counter(), "sessions": Counter()}

    def add(self, of: str, found: Iterable[Broken]) -> None:
        """Take the findings of one message (``of`` is ``messages``) or session."""
        kinds = {id_: (severity, text) for id_, severity, text in found}
        for id_, told in kinds.items():
            self._texts.setdefault(id_, told)
        self._counts[of].update(kinds.keys())

    def all(self) -> tuple[FindingKind, ...]:
        """What was found, the most frequent first: in messages, or else in sessions."""
        messages, sessions = self._counts["messages"], self._counts["sessions"]
        kinds = [
            FindingKind(id_, severity, text, messages[id_], sessions[id_])
            for id_, (severity, text) in self._texts.items()
        ]
        return tuple(sorted(kinds, key=lambda kind: (-(kind.messages or kind.sessions), kind.id)))


class Messages:
    """Sizes, parties, and what came more than once."""

    def __init__(self, findings: Findings) -> None:
        self.looked_at = 0
        self._findings = findings
        self._sizes: Counter[tuple[int, int]] = Counter()
        self._senders: Counter[str] = Counter()
        self._recipients: Counter[str] = Counter()
        self._ids: Counter[str] = Counter()
        self._subjects: Counter[tuple[str, str]] = Counter()

    def add(self, rows: Iterable[MessageFacts]) -> None:
        """Take messages."""
        for _, size, sender, message_id, subject, recipients, found in rows:
            self.looked_at += 1
            named = {address.lower() for address in recipients}
            self._sizes[size_step(size)] += 1
            self._senders[sender.lower()] += 1
            self._recipients.update(named)
            if message_id:
                self._ids[message_id] += 1
            if subject:
                self._subjects.update((subject, address) for address in named)
            self._findings.add("messages", found)

    def sizes(self) -> tuple[SizeStep, ...]:
        """From the smallest step that has messages to the largest, those between included."""
        if not self._sizes:
            return ()
        last, step, steps = max(self._sizes), min(self._sizes), []
        while step <= last:
            steps.append(SizeStep(*step, self._sizes[step]))
            step = size_step(step[1])
        return tuple(steps)

    def senders(self) -> tuple[Party, ...]:
        """The most frequent reverse-paths; empty is the null sender."""
        return _parties(self._senders)

    def recipients(self) -> tuple[Party, ...]:
        """The most frequent recipients."""
        return _parties(self._recipients)

    def repeats(self) -> tuple[Repeat, ...]:
        """What came more than once, the most frequent first, at most ``TOP`` of each kind."""
        ids = [Repeat("message_id", text, None, n) for text, n in self._ids.items() if n > 1]
        subjects = [
            Repeat("subject", text, recipient, n)
            for (text, recipient), n in self._subjects.items()
            if n > 1
        ]
        return (*_most_frequent(ids), *_most_frequent(subjects))


class Attempts:
    """Replies by class over time, and how long transactions took."""

    def __init__(self, frame: Frame) -> None:
        self.looked_at = 0
        self.replies: Counter[ReplyClass] = Counter()
        self.buckets: dict[int, Counter[ReplyClass]] = defaultdict(Counter)
        self._frame = frame
        self._took: list[float] = []

    def add(self, rows: Iterable[AttemptFacts]) -> None:
        """Take attempts."""
        for _, begin, end, verdict, reply in rows:
            self.looked_at += 1
            kind = reply_class(verdict, reply)
            self.replies[kind] += 1
            self.buckets[self._frame.place(microseconds(end))][kind] += 1
            if kind != "aborted":
                self._took.append((end - begin).total_seconds() * 1_000)

    def transactions(self) -> Latency | None:
        """How long those took that were answered."""
        return summary("transaction", self._took)


class Transcripts:
    """How long each stage took."""

    def __init__(self) -> None:
        self.looked_at = 0
        self.measured: dict[str, list[float]] = defaultdict(list)

    def add(self, texts: Iterable[str]) -> None:
        """Take transcripts, as JSON."""
        for text in texts:
            self.looked_at += 1
            for stage, milliseconds in times(TRANSCRIPT.decode(text)):
                self.measured[stage].append(milliseconds)


def size_step(size: int) -> tuple[int, int]:
    """The step of 1, 2, 5, 10, 20 … that a size belongs to: from, and below."""
    if size < 1:
        return 0, 1
    power = 10 ** (len(str(size)) - 1)
    return next((n * power, m * power) for n, m in ((5, 10), (2, 5), (1, 2)) if size >= n * power)


def _parties(counts: Counter[str]) -> tuple[Party, ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Party(address, count) for address, count in ordered[:TOP])


def _most_frequent(repeats: Iterable[Repeat]) -> list[Repeat]:
    return sorted(repeats, key=lambda one: (-one.messages, one.text, one.recipient or ""))[:TOP]
