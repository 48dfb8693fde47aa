"""Taking in a message that did not come by SMTP, with the records that SMTP would leave."""

from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from mailtrap.catcher import Catcher, now
from mailtrap.smtp import replies
from mailtrap.smtp.envelope import Envelope, Path, Recipient
from mailtrap.store.base import StoreError
from mailtrap.store.records import (
    Line,
    NewAttempt,
    NewMessage,
    NewSession,
    RecipientOutcome,
    Trace,
)

LISTENER = "http"
PROTOCOL = "HTTP"


class Letter(NamedTuple):
    """A message that is handed over: its octets, its envelope, and the inboxes that it goes to."""

    raw: bytes
    sender: Path
    recipients: tuple[Path, ...]
    inboxes: tuple[str, ...]


class Bearer(NamedTuple):
    """Who brings it, and where to: addresses with their ports."""

    peer: str
    local: str
    agent: str


async def take(catcher: Catcher, letter: Letter, bearer: Bearer) -> str:
    """Store it with an attempt and a session of its own; its id.

    Raises StoreFullError or StoreError: then the attempt tells that it was refused.
    """
    began, session, message_id = now(), catcher.new_id(), catcher.new_id()
    catcher.session_opened(session, LISTENER, bearer.peer)
    message = _message(letter, bearer, message_id, session, began)
    attempt = _attempt(letter, message, catcher.new_id())
    error: StoreError | None = None
    try:
        await catcher.accept(message, attempt)
    except StoreError as failure:
        error = failure
        refusal = str(replies.NO_STORAGE)
        attempt = msgspec.structs.replace(
            attempt, verdict="refused", stage="content", reply=refusal, message=None
        )
        catcher.record_attempt(attempt)
    catcher.session_closed(_session(letter, message, attempt))
    if error is not None:
        raise error
    return message_id


def _message(
    letter: Letter, bearer: Bearer, message_id: str, session: str, began: datetime
) -> NewMessage:
    return NewMessage(
        id=message_id,
        received_at=began,
        raw=letter.raw,
        envelope=Envelope(letter.sender, {}, tuple(map(Recipient, letter.recipients))),
        trace=Trace(
            session=session,
            listener=LISTENER,
            peer=bearer.peer,
            local=bearer.local,
            helo=bearer.agent or None,
            protocol=PROTOCOL,
        ),
        inboxes=letter.inboxes,
    )


def _attempt(letter: Letter, message: NewMessage, attempt_id: str) -> NewAttempt:
    outcomes = (
        RecipientOutcome(one.address, {}, str(replies.RECIPIENT_OK), accepted=True)
        for one in letter.recipients
    )
    return NewAttempt(
        id=attempt_id,
        session=message.trace.session,
        listener=LISTENER,
        started_at=message.received_at,
        ended_at=message.received_at,
        reverse_path=letter.sender.address,
        params={},
        recipients=tuple(outcomes),
        stage="done",
        verdict="accepted",
        reply=str(replies.queued(message.id)),
        message=message.id,
        first_line=0,
        last_line=1,
        inboxes=letter.inboxes,
    )


def _session(letter: Letter, message: NewMessage, attempt: NewAttempt) -> NewSession:
    trace, ended = message.trace, now()
    told = f"handed over by HTTP: {len(letter.raw)} octets, from <{letter.sender.address}>"
    to = f"to {len(letter.recipients)} recipients"
    took = max((ended - message.received_at) / timedelta(milliseconds=1), 0.0)
    return NewSession(
        id=trace.session,
        listener=LISTENER,
        peer=trace.peer,
        local=trace.local,
        started_at=message.received_at,
        ended_at=ended,
        helo=trace.helo,
        protocol=PROTOCOL,
        tls=None,
        auth=None,
        forwarded={},
        messages=1 if attempt.message else 0,
        attempts=1,
        end="the request was answered",
        findings=(),
        transcript=(Line(0.0, "*", f"{told}, {to}"), Line(took, "*", str(attempt.reply))),
        inboxes=letter.inboxes,
    )
