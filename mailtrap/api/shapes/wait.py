"""Waits: what they give, and why one failed."""

from mailtrap.api.shapes.base import ProblemDetail, Shape, Time
from mailtrap.api.shapes.message import MessageHead, MessageRow
from mailtrap.api.shapes.session import Attempt
from mailtrap.store.records import Stage, Verdict


class WaitResult(Shape, frozen=True, kw_only=True):
    """A wait that succeeded. ``cursor`` is that of the next one.

    The messages are rows of a list, or with ``detail`` whole; the attempts are there where those
    were asked for. The oldest come first.
    """

    ok: bool = True
    reason: None = None
    cursor: str
    messages: tuple[MessageHead, ...] = ()
    attempts: tuple[Attempt, ...] = ()


class NearMiss(MessageRow, frozen=True, kw_only=True):
    """A message that was not what a wait asked for.

    ``after`` is in seconds since the inbox was opened, or else since the wait began; ``differs``
    names the criteria that it does not meet.
    """

    after: float
    differs: tuple[str, ...]


class TriedAttempt(Shape, frozen=True, kw_only=True):
    """An attempt that may explain why a wait failed; ``rule`` is the fault rule that acted."""

    id: str
    seq: int
    at: Time
    after: float
    stage: Stage
    verdict: Verdict
    reply: str
    rule: str | None
    session: str
    recipient: str
    differs: tuple[str, ...]


class Traffic(Shape, frozen=True, kw_only=True):
    """Who connected since the cursor; ``last_seen`` is seconds ago, null where nobody was."""

    connections: int
    open: int
    last_seen: float | None
    peers: tuple[str, ...]
    listeners: tuple[str, ...]
    tls: bool
    auth: tuple[str, ...]


class WaitFailure(ProblemDetail, frozen=True, kw_only=True):
    """A wait that failed, and all that can explain it; ``story`` tells it to people."""

    ok: bool = False
    reason: str
    expected: str
    waited: float
    cursor: str
    messages: tuple[MessageRow, ...]
    arrived: tuple[NearMiss, ...]
    elsewhere: tuple[NearMiss, ...]
    attempts: tuple[TriedAttempt, ...]
    smtp: Traffic
    story: str


class Expected(Shape, frozen=True, kw_only=True):
    """What came of one expectation: where it is not ``ok`` the reason, and the story for people."""

    name: str
    ok: bool
    reason: str | None
    story: str
    messages: tuple[MessageRow, ...]
    attempts: tuple[Attempt, ...]


class ExpectResult(Shape, frozen=True, kw_only=True):
    """What came of all expectations, in their order."""

    ok: bool
    cursor: str
    results: tuple[Expected, ...]
