"""Sessions and attempts."""

from mailtrap.api.shapes.base import Listing, Params, Shape, Time
from mailtrap.api.shapes.message import Auth, Finding, Tls
from mailtrap.store.records import Side, Stage, Verdict


class Line(Shape, frozen=True, kw_only=True):
    """One line of a transcript, ``at`` milliseconds after the session began."""

    at: float
    side: Side
    text: str


class SessionRow(Shape, frozen=True, kw_only=True):
    """One connection; still open while ``ended_at`` is null (``seq`` is then 0)."""

    id: str
    seq: int
    listener: str
    peer: str
    local: str
    started_at: Time
    ended_at: Time | None
    helo: str | None
    protocol: str
    tls: Tls | None
    auth: Auth | None
    forwarded: dict[str, str]
    messages: int
    attempts: int
    end: str | None
    inboxes: tuple[str, ...]
    findings: tuple[Finding, ...]


class SessionDetail(SessionRow, frozen=True, kw_only=True):
    """One connection with everything that was said."""

    transcript: tuple[Line, ...]


class SessionList(Listing, frozen=True, kw_only=True):
    """A page of sessions, newest first."""

    sessions: tuple[SessionRow, ...]


class Outcome(Shape, frozen=True, kw_only=True):
    """One RCPT and what was answered; ``final`` is LMTP's own reply after the content."""

    address: str
    params: Params
    reply: str
    accepted: bool
    final: str | None


class Attempt(Shape, frozen=True, kw_only=True):
    """One transaction tried. ``lines`` are its first and last in the transcript."""

    id: str
    seq: int
    session: str
    listener: str
    started_at: Time
    ended_at: Time
    mail_from: str
    params: Params
    recipients: tuple[Outcome, ...]
    stage: Stage
    verdict: Verdict
    reply: str | None
    message: str | None
    lines: tuple[int, int]
    inboxes: tuple[str, ...]
    rules: tuple[str, ...]
    notes: tuple[str, ...]


class AttemptList(Listing, frozen=True, kw_only=True):
    """A page of attempts, newest first."""

    attempts: tuple[Attempt, ...]


class TimedReply(Shape, frozen=True, kw_only=True):
    """What one try was answered; null where the client left first. Times are seconds.

    ``at`` is since the first try, ``gap`` since the one before.
    """

    reply: str | None
    at: float
    gap: float | None
    attempt: str
    rules: tuple[str, ...]


class ReplySequence(Shape, frozen=True, kw_only=True):
    """Every try for one recipient, the oldest first."""

    address: str
    replies: tuple[TimedReply, ...]


class ReplySequences(Shape, frozen=True, kw_only=True):
    """By recipient; ``older`` tells that there are attempts which were not looked at."""

    recipients: tuple[ReplySequence, ...]
    older: bool
