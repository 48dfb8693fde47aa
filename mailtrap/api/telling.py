"""Outcomes of waits as JSON objects."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

import msgspec

from mailtrap.api import shapes, shaping
from mailtrap.api.shapes import MessageHead, NearMiss, TriedAttempt, WaitFailure, WaitResult
from mailtrap.store.records import Attempt, Message
from mailtrap.waits.circumstances import ROWS, Circumstances, Near, Traffic, Tried
from mailtrap.waits.story import Place, expected, headline, seconds_after, story
from mailtrap.waits.wait import Outcome

MISSING: Final = frozenset({"no-message", "no-attempt"})
"""Reasons that are told as 404, the others as 409 (RFC 9110 section 15.5)."""


def wait_result(outcome: Outcome, messages: tuple[MessageHead, ...]) -> WaitResult:
    """A wait that succeeded, with its messages told like this."""
    attempts = (item for item in outcome.found if isinstance(item, Attempt))
    return WaitResult(
        cursor=str(outcome.cursor),
        messages=messages,
        attempts=tuple(map(shaping.attempt, attempts)),
    )


def wait_failure(outcome: Outcome, around: Circumstances, place: Place) -> WaitFailure:
    """A wait that failed."""
    assert outcome.reason is not None
    status = 404 if outcome.reason in MISSING else 409
    found = [item for item in outcome.found if isinstance(item, Message)]
    return WaitFailure(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=headline(outcome),
        reason=outcome.reason,
        expected=expected(outcome.question),
        waited=round(outcome.waited, 3),
        cursor=str(outcome.cursor),
        messages=tuple(map(shaping.message_row, found[:ROWS])),
        arrived=tuple(_near(one, around.since) for one in around.arrived),
        elsewhere=tuple(_near(one, around.since) for one in around.elsewhere),
        attempts=tuple(_tried(one, around.since) for one in around.tried),
        smtp=_traffic(around.traffic, place),
        story=story(outcome, around, place),
    )


def _near(one: Near, since: datetime) -> NearMiss:
    row = msgspec.structs.asdict(shaping.message_row(one.message))
    return NearMiss(**row, after=seconds_after(one.message, since), differs=one.differs)


def _tried(one: Tried, since: datetime) -> TriedAttempt:
    attempt = one.attempt
    return TriedAttempt(
        id=attempt.id,
        seq=attempt.seq,
        at=shaping.time(attempt.started_at),
        after=seconds_after(attempt, since),
        stage=attempt.stage,
        verdict=attempt.verdict,
        reply=one.reply,
        rule=next(iter(attempt.rules), None),
        session=attempt.session,
        recipient=one.recipient,
        differs=one.differs,
    )


def _traffic(traffic: Traffic, place: Place) -> shapes.Traffic:
    seen = traffic.last_seen
    return shapes.Traffic(
        connections=traffic.connections,
        open=traffic.open,
        last_seen=round(max((datetime.now(UTC) - seen).total_seconds(), 0), 3) if seen else None,
        peers=traffic.peers,
        listeners=place.listeners,
        tls=traffic.tls,
        auth=traffic.auth,
    )
