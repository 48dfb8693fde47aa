"""What each recipient was answered, try after try: whether a program retries, and how fast."""

from collections.abc import Sequence
from datetime import datetime

from mailtrap.api.shapes import ReplySequence, TimedReply
from mailtrap.store.records import Attempt, RecipientOutcome


def sequences(attempts: Sequence[Attempt], recipient: str | None) -> tuple[ReplySequence, ...]:
    """By recipient, those that were tried first come first; ``recipient`` asks for one of them.

    ``at`` is in seconds since the recipient's first try, ``gap`` since the one before. A try's time
    is that of its MAIL command. Addresses are compared without regard to case.
    """
    tried: dict[str, list[tuple[Attempt, RecipientOutcome]]] = {}
    for attempt in sorted(attempts, key=lambda one: (one.started_at, one.seq)):
        for outcome in attempt.recipients:
            tried.setdefault(outcome.address.lower(), []).append((attempt, outcome))
    wanted = tried if recipient is None else {recipient.lower(): tried.get(recipient.lower(), [])}
    return tuple(_sequence(tries) for tries in wanted.values() if tries)


def _sequence(tries: Sequence[tuple[Attempt, RecipientOutcome]]) -> ReplySequence:
    begin = before = tries[0][0].started_at
    replies = []
    for number, (attempt, outcome) in enumerate(tries):
        now = attempt.started_at
        replies.append(
            TimedReply(
                reply=_told(attempt, outcome),
                at=_seconds(begin, now),
                gap=_seconds(before, now) if number else None,
                attempt=attempt.id,
                rules=attempt.rules,
            )
        )
        before = now
    return ReplySequence(address=tries[0][1].address, replies=tuple(replies))


def _told(attempt: Attempt, outcome: RecipientOutcome) -> str | None:
    """The reply that decided for this recipient; None where the client left before it."""
    if not outcome.accepted:
        return outcome.reply
    return outcome.final or attempt.reply


def _seconds(since: datetime, until: datetime) -> float:
    return round((until - since).total_seconds(), 3)
