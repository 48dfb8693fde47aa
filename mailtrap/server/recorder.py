"""The record of one connection: transcript, attempts, and what becomes of them in the store."""

from asyncio import Future
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from mailtrap.catcher import Catcher
from mailtrap.faults.stages import Stage
from mailtrap.server.attempt import Attempts
from mailtrap.server.belonging import Belonging
from mailtrap.server.facts import Facts, live
from mailtrap.server.transactions import Transactions
from mailtrap.server.transcript import Transcript
from mailtrap.smtp.envelope import Envelope
from mailtrap.smtp.events import Chunk, Command, Content, Disconnected, Event
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.session import Session as Dialogue
from mailtrap.store.records import NewAttempt, NewMessage, NewSession, Session

TRANSACTION_STAGES = ("mail", "rcpt", "data", "content", "message", "bdat")

PARTIAL_LIMIT = 65_536
"""Octets of a cut-off content that the transcript keeps."""


class Recorder:
    """Writes down what an engine's events and their answers were.

    ``clock`` gives monotonic seconds; the wall clock was read once, for ``facts``.
    ``transactions`` are told when one begins and ends.
    """

    def __init__(
        self,
        catcher: Catcher,
        facts: Facts,
        dialogue: Dialogue,
        clock: Callable[[], float],
        transactions: Transactions,
        belonging: Belonging,
    ) -> None:
        self.facts = facts
        self.belonging = belonging
        self._transactions = transactions
        self._catcher = catcher
        self._dialogue = dialogue
        self._clock = clock
        self._began = clock()
        self._transcript = Transcript(self._began)
        self._attempts = Attempts(facts, catcher.new_id, belonging)
        self._in_transaction = False
        catcher.session_opened(facts.id, facts.listener.name, facts.peer)

    def now(self) -> datetime:
        """The time, ascending also where the wall clock steps back."""
        return self.facts.started_at + timedelta(seconds=self._clock() - self._began)

    def note(self, text: str) -> None:
        """Put a remark into the transcript."""
        self._transcript.note(self._clock(), text)

    def heard(self, event: Event) -> None:
        """Write down what the client said or did."""
        if isinstance(event, Command):
            self._transcript.add(self._clock(), "C", event.shown)
            if event.path is not None:
                self.belonging.name(event.verb, event.path.address)
        elif isinstance(event, Content):
            self._transcript.add(self._clock(), "C" if event.chunked else "*", event.shown)
        elif isinstance(event, Chunk):
            self._transcript.add(self._clock(), "C", event.shown)
        elif isinstance(event, Disconnected) and event.size:
            kept = event.partial[:PARTIAL_LIMIT].decode("utf-8", "surrogateescape")
            self.note(f"{event.where} was cut off after {event.size} octets: {kept}")

    def said(self, given: tuple[Reply, ...]) -> None:
        """Write down replies."""
        at = self._clock()
        for reply in given:
            self._transcript.add(at, "S", str(reply))

    def left(self, event: Disconnected) -> None:
        """Write down that the client ended the connection, and in the middle of what."""
        self._dialogue.note("F-NO-QUIT", "quit")
        middle = f"the client left in the middle of {event.where}"
        self.facts.end(middle if event.where else "the client closed the connection")

    def fired(self, stage: Stage, rules: tuple[str, ...], note: str) -> None:
        """Write down that rules acted; ``note`` tells what they replaced by what."""
        self.note(note)
        if stage in TRANSACTION_STAGES:
            self._attempts.fired(rules, note)

    def answered(self, event: Event, given: tuple[Reply, ...]) -> None:
        """Follow the transaction; one that ended without a message is stored."""
        in_transaction = self._dialogue.transaction is not None
        line = len(self._transcript)
        ended = self._attempts.observe(event, given, in_transaction, self.now, line)
        if ended is not None:
            self._catcher.record_attempt(ended)
        if in_transaction is not self._in_transaction:
            self._in_transaction = in_transaction
            self._transactions.follow(self.facts.id, is_open=in_transaction)

    def message(self, event: Content, message_id: str, envelope: Envelope) -> NewMessage:
        """The message that a content is, under this envelope."""
        return NewMessage(
            id=message_id,
            received_at=self.now(),
            raw=event.content,
            envelope=envelope,
            trace=self.facts.trace(self._dialogue),
            inboxes=self.belonging.of([r.path.address for r in envelope.recipients], event.content),
            findings=event.noted,
            crlf=event.crlf,
        )

    def attempt(self, event: Content, message: NewMessage, given: tuple[Reply, ...]) -> NewAttempt:
        """The attempt that a message is once it is answered like this."""
        line = len(self._transcript)
        return self._attempts.accept(event, given, message.id, message.received_at, line)

    def store(self, message: NewMessage, attempt: NewAttempt, copies: int) -> "Future[int]":
        """Hand a message over, so many times; done when the first of them is committed."""
        done = self._catcher.accept(message, attempt)
        for _ in range(copies - 1):
            again = msgspec.structs.replace(message, id=self._catcher.new_id())
            self._catcher.accept(
                again,
                msgspec.structs.replace(attempt, id=self._catcher.new_id(), message=again.id),
            ).add_done_callback(_forget)
        return done

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
        self._transcript.forget()

    def live(self) -> Session:
        """The session as it stands, still open."""
        return live(self._session())

    def _session(self) -> NewSession:
        return self.facts.session(
            self._dialogue,
            self._transcript,
            attempts=self._attempts.count,
            inboxes=self.belonging.of_session(),
        )


def _forget(done: "Future[int]") -> None:
    """Look at the outcome of a copy, so that nobody misses it: the first one decides."""
    if not done.cancelled():
        done.exception()
