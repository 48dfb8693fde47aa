"""The record of one connection: transcript, attempts, and what becomes of them in the store."""

from asyncio import Future
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from mailtrap.catcher import Catcher
from mailtrap.server.attempt import Attempts
from mailtrap.server.facts import Facts, live
from mailtrap.server.transcript import Transcript
from mailtrap.smtp.events import Chunk, Command, Content, Disconnected, Event, Greeting
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.session import Session as Dialogue
from mailtrap.store.records import NewAttempt, NewMessage, NewSession, Session

PARTIAL_LIMIT = 65_536
"""Octets of a cut-off content that the transcript keeps."""


class Recorder:
    """Writes down what an engine's events and their answers were.

    ``clock`` gives monotonic seconds; the wall clock was read once, for ``facts``.
    """

    def __init__(
        self, catcher: Catcher, facts: Facts, dialogue: Dialogue, clock: Callable[[], float]
    ) -> None:
        self.facts = facts
        self._catcher = catcher
        self._dialogue = dialogue
        self._clock = clock
        self._began = clock()
        self._transcript = Transcript(self._began)
        self._attempts = Attempts(facts, catcher.new_id)
        catcher.session_opened(facts.id, facts.listener.name, facts.peer)

    def now(self) -> datetime:
        """The time, ascending also where the wall clock steps back."""
        return self.facts.started_at + timedelta(seconds=self._clock() - self._began)

    def note(self, text: str) -> None:
        """Put a remark into the transcript."""
        self._transcript.note(self._clock(), text)

    def heard(self, event: Event) -> None:
        """Write down what the client said or did."""
        match event:
            case Command() | Chunk():
                self._transcript.add(self._clock(), "C", event.shown)
            case Content():
                self._transcript.add(self._clock(), "C" if event.chunked else "*", event.shown)
            case Disconnected() if event.size:
                kept = event.partial[:PARTIAL_LIMIT].decode("utf-8", "surrogateescape")
                self.note(f"{event.where} was cut off after {event.size} octets: {kept}")
            case Disconnected() | Greeting():
                pass

    def said(self, given: tuple[Reply, ...]) -> None:
        """Write down replies."""
        at = self._clock()
        for reply in given:
            self._transcript.add(at, "S", str(reply))

    def answered(self, event: Event, given: tuple[Reply, ...]) -> None:
        """Follow the transaction; one that ended without a message is stored."""
        ended = self._attempts.observe(
            event,
            given,
            in_transaction=self._dialogue.transaction is not None,
            at=self.now(),
            line=len(self._transcript),
        )
        if ended is not None:
            self._catcher.record_attempt(ended)

    def store(
        self, event: Content, message_id: str, given: tuple[Reply, ...]
    ) -> tuple["Future[int]", NewAttempt]:
        """Hand a message over, with the attempt that it is once it is acknowledged."""
        at = self.now()
        attempt = self._attempts.accept(event, given, message_id, at, len(self._transcript))
        message = NewMessage(
            id=message_id,
            received_at=at,
            raw=event.content,
            envelope=event.envelope,
            trace=self.facts.trace(self._dialogue),
            inboxes=(self.facts.listener.inbox,),
            findings=event.noted,
        )
        return self._catcher.accept(message, attempt), attempt

    def not_stored(self, attempt: NewAttempt, reply: Reply) -> None:
        """Store that a message could not be."""
        self._catcher.record_attempt(
            msgspec.structs.replace(
                attempt, verdict="refused", stage="content", reply=str(reply), message=None
            )
        )

    def close(self, outcome: str) -> None:
        """Store the session. A transaction that is still open was left by the client."""
        self.facts.end(outcome)
        dialogue = self._dialogue
        dialogue.transaction = None
        self.answered(Disconnected(), ())
        if not self._attempts.count:
            dialogue.note("F-CONN-NO-MAIL", "quit")
        elif dialogue.offers("STARTTLS") and not dialogue.tls:
            dialogue.note("F-TLS-NOT-USED", "quit")
        dialogue.take_notes()
        self.facts.ended_at = self.now()
        self._catcher.session_closed(self._session())

    def live(self) -> Session:
        """The session as it stands, still open."""
        return live(self._session())

    def _session(self) -> NewSession:
        return self.facts.session(self._dialogue, self._transcript, attempts=self._attempts.count)
