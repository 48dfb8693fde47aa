"""One connection: drives an engine, answers its events, keeps the record."""

import asyncio
import logging
from asyncio import Future, Transport
from functools import partial
from typing import cast

from mailtrap.server.listener import Listener
from mailtrap.server.recorder import Recorder
from mailtrap.server.registry import Registry
from mailtrap.server.tlslayer import TlsError
from mailtrap.server.wire import Wire
from mailtrap.smtp import replies
from mailtrap.smtp.engine import Engine
from mailtrap.smtp.events import Content, Disconnected, Event
from mailtrap.smtp.findings import finding
from mailtrap.smtp.reply import Reply
from mailtrap.store.base import StoreFullError
from mailtrap.store.records import NewAttempt, Session

UNSENT_LIMIT = 65_536
"""Octets of replies that are kept back for one write."""

SLOW = 30.0
"""Seconds that a client may think before it is a finding."""

LINGER = 2.0
"""Seconds that a closing connection may take."""

LEFT_HANDSHAKE = "the client closed the connection during the handshake"

log = logging.getLogger(__name__)

UNREAD_LIMIT = 262_144
"""Octets that may wait unparsed while an answer is pending, before reading is paused."""

HANDSHAKE = 0x16
"""The first octet of TLS: a handshake record (RFC 8446 section 5.1)."""


class Connection(asyncio.Protocol):
    """A session on a listener, from the first octet to the record of it all.

    The engine is driven from one place only, ``_drive``; while a message is being stored nothing
    else is answered.
    """

    def __init__(self, registry: Registry, listener: Listener) -> None:
        self._registry = registry
        self._listener = listener
        self._storing = False
        self._handshaking = False
        self._paused = False
        self._write_blocked = False
        self._lost = False
        self._quit = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        registry = self._registry
        facts, origin = registry.meet(self._listener, transport)
        self._wire = Wire(cast("Transport", transport))
        self._engine = Engine(
            self._listener.profile,
            peer=origin.name,
            nonce=registry.nonce(),
            trusted=origin.trusted,
        )
        self._record = Recorder(registry.catcher, facts, self._engine.session, registry.clock)
        self._deadline = registry.deadline(self._expire)
        self._answered_at = registry.clock()
        if not registry.admit(self):
            self._hang_up(replies.TOO_MANY_CONNECTIONS, "too many connections")
            return
        if origin.connections:
            self._engine.session.note("F-MANY-CONNS", "connect", b"", origin.connections)
        if self._listener.profile.tls == "implicit":
            self._begin_tls(self._registry.timeouts.first_octet)
        else:
            self._drive()

    def data_received(self, data: bytes) -> None:
        if self._engine.closed:
            return  # What comes after our last reply is read only to be thrown away.
        if self._handshaking and not self._take_handshake(data):
            return
        try:
            plaintext = self._wire.decrypt(data)
        except TlsError as error:
            self._fail_tls(str(error))
            return
        if self._handshaking and self._wire.negotiated is not None:
            self._finish_handshake()
        if plaintext:
            self._take(plaintext)
        if self._wire.ended:
            self._engine.receive_eof()
        self._drive()

    def _take(self, plaintext: bytes) -> None:
        session = self._engine.session
        waited = self._registry.clock() - self._answered_at
        if waited > SLOW and not self._storing:
            session.note("F-SLOW-REPLY", "unknown", b"", int(waited))
        self._engine.receive(plaintext)
        if session.reading is not None:
            self._deadline.push(self._registry.timeouts.idle)
        busy = self._storing or self._write_blocked
        if busy and not self._paused and self._engine.pending > UNREAD_LIMIT:
            self._paused = True
            self._wire.pause()

    def eof_received(self) -> bool:
        """The client sends no more, and may still read: answer what came, then close."""
        if self._handshaking:
            self._fail_tls(LEFT_HANDSHAKE)
            return False
        self._engine.receive_eof()
        self._drive()
        return not self._engine.closed

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost = True
        self._write_blocked = False
        if self._handshaking:
            self._note_tls(LEFT_HANDSHAKE)
        self._engine.receive_eof()
        self._drive()
        if not self._storing:
            self._finish("the connection was reset" if exc else "the client closed the connection")

    def pause_writing(self) -> None:
        self._write_blocked = True
        self._deadline.push(self._registry.timeouts.write)

    def resume_writing(self) -> None:
        self._write_blocked = False
        self._deadline.push(self._registry.timeouts.idle)
        self._drive()

    def shut_down(self, *, now: bool) -> None:
        """End the session because the server stops: at once, or only if nothing is half done."""
        if self._storing or self._engine.closed:
            return
        if now or self._engine.at_rest:
            self._hang_up(replies.shutting_down(self._hostname), "the server stopped")

    def abort(self) -> None:
        """Drop the connection as it is."""
        self._record.facts.end("the server stopped")
        self._engine.close()
        self._wire.abort()

    def live(self) -> Session:
        """The session as it stands."""
        return self._record.live()

    @property
    def _hostname(self) -> str:
        return self._listener.profile.hostname

    def _drive(self) -> None:
        """Answer events until more octets are needed, or an answer takes its time."""
        if self._storing or self._handshaking or self._write_blocked:
            return
        engine = self._engine
        answered = False
        while not self._write_blocked and (event := engine.next_event()) is not None:
            answered = True
            self._record.heard(event)
            if isinstance(event, Content) and not event.refused:
                self._store(event)
                return
            self._answer(event, event.proposals)
            self._quit = event.stage == "quit"
            if isinstance(event, Disconnected):
                self._leave(event)
            if self._wire.unsent > UNSENT_LIMIT:
                self._wire.flush()
        if answered:
            self._wire.flush()
            self._rest()
        if self._paused and not engine.closed:
            self._paused = False
            self._wire.resume()

    def _rest(self) -> None:
        """All that came is answered: what comes next."""
        self._answered_at = self._registry.clock()
        if not self._write_blocked:
            self._deadline.push(self._registry.timeouts.idle)
        engine = self._engine
        if engine.wants_tls:
            self._upgrade()
        elif engine.closed:
            self._close()
        elif self._registry.stopping:
            self.shut_down(now=False)

    def _answer(self, event: Event, given: tuple[Reply, ...]) -> None:
        """Say these replies and let them move the session."""
        for reply in given:
            self._wire.write(reply.wire)
        self._record.said(given)
        self._engine.answer(*given)
        self._record.answered(event, given)

    def _store(self, event: Content) -> None:
        """Have a message stored; the replies wait for the commit."""
        registry = self._registry
        times = registry.repeats.count(event.content, event.envelope, registry.clock())
        if times > 1:
            event.noted += (finding("F-RETRY-DUP", "content", b"", times),)
        message_id = registry.catcher.new_id()
        given = event.accepted_as(message_id)
        self._wire.flush()
        self._storing = True
        future, attempt = self._record.store(event, message_id, given)
        future.add_done_callback(partial(self._stored, event, given, attempt))

    def _stored(
        self,
        event: Content,
        given: tuple[Reply, ...],
        attempt: NewAttempt,
        future: "Future[int]",
    ) -> None:
        self._storing = False
        error = None if future.cancelled() else future.exception()
        if future.cancelled() or error is not None:
            given = event.all_say(self._refusal(error))
            self._record.not_stored(attempt, given[0])
        if not self._engine.closed:
            self._answer(event, given)
            self._wire.flush()
            self._rest()
            self._drive()
        if self._lost and not self._storing:
            self._finish("the client closed the connection")

    @staticmethod
    def _refusal(error: BaseException | None) -> Reply:
        if isinstance(error, StoreFullError):
            return replies.NO_STORAGE
        log.error("a message could not be stored", exc_info=error)
        return replies.LOCAL_ERROR

    def _leave(self, event: Disconnected) -> None:
        """What the end of the client's side means."""
        self._engine.session.note("F-NO-QUIT", "quit")
        if not event.where:
            self._record.facts.end("the client closed the connection")
            return
        self._record.facts.end(f"the client left in the middle of {event.where}")
        if not self._lost:
            reply = replies.idle(self._hostname)
            self._wire.write(reply.wire)
            self._record.said((reply,))

    def _upgrade(self) -> None:
        """Hand the stream over to TLS after the 220 to STARTTLS."""
        surplus = self._engine.take_surplus()
        self._begin_tls(self._registry.timeouts.handshake)
        if surplus:
            self.data_received(surplus)

    def _begin_tls(self, seconds: float) -> None:
        context = self._listener.context
        assert context is not None
        self._handshaking = True
        self._wire.start_tls(context)
        self._deadline.push(seconds)

    def _take_handshake(self, data: bytes) -> bool:
        """Whether these first octets are of a handshake; if not the connection ends."""
        if self._wire.has_read:
            return True
        self._deadline.push(self._registry.timeouts.handshake)
        if data[0] == HANDSHAKE:
            return True
        if self._listener.profile.tls == "starttls":
            self._fail_tls("plaintext after STARTTLS")
        else:
            self._refuse_plaintext()
        return False

    def _finish_handshake(self) -> None:
        negotiated = self._wire.negotiated
        assert negotiated is not None
        self._handshaking = False
        self._record.facts.take_tls(negotiated)
        self._record.note(f"{negotiated.version} {negotiated.cipher}")
        if self._listener.profile.tls == "starttls":
            self._engine.tls_started()
        if negotiated.version in {"TLSv1", "TLSv1.1"}:
            self._engine.session.note("F-TLS-OLD", "tls")

    def _refuse_plaintext(self) -> None:
        """Tell in clear that TLS was expected (RFC 8314 section 3.3)."""
        self._engine.session.note("F-TLS-PORT", "tls")
        self._handshaking = False
        self._wire.abandon_tls()
        self._hang_up(replies.tls_port(self._hostname), "the client did not begin with TLS")

    def _fail_tls(self, reason: str) -> None:
        self._note_tls(reason)
        self._engine.close()
        self._close()

    def _note_tls(self, reason: str) -> None:
        self._handshaking = False
        self._engine.session.note("F-TLS-FAIL", "tls", b"", reason)
        self._record.note(f"TLS failed: {reason}")
        self._record.facts.end(f"TLS failed: {reason}")

    def _expire(self) -> None:
        """What happens when a deadline passes."""
        timeouts = self._registry.timeouts
        session = self._engine.session
        if self._write_blocked or self._engine.closed:
            self._record.facts.end("the client did not read its replies")
            self._engine.close()
            self._wire.abort()
        elif self._handshaking and self._waits_for_tls():
            self._refuse_plaintext()
        elif self._handshaking:
            session.note("F-TLS-TIMEOUT", "tls", b"", int(timeouts.handshake))
            self._fail_tls("the handshake took too long")
        elif not self._storing:
            session.note("F-IDLE", "quit", b"", int(timeouts.idle))
            self._hang_up(replies.idle(self._hostname), "idle for too long")

    def _waits_for_tls(self) -> bool:
        """Whether a client of the implicit TLS port says nothing: it waits for a greeting."""
        return self._listener.profile.tls == "implicit" and not self._wire.has_read

    def _hang_up(self, reply: Reply, outcome: str) -> None:
        """Say a last reply of our own, and close."""
        self._wire.write(reply.wire)
        self._record.said((reply,))
        self._record.facts.end(outcome)
        self._engine.close()
        self._close()

    def _close(self) -> None:
        """Close once all is sent; a client that goes on talking is listened to a while longer.

        A socket that is closed with octets unread sends RST, and that may overtake our reply.
        """
        if self._record.facts.outcome is None:
            self._record.facts.end("the client quit" if self._quit else "the server hung up")
        if self._quit or self._lost:
            self._wire.close()
        else:
            self._wire.half_close()
        self._deadline.push(LINGER)

    def _finish(self, outcome: str) -> None:
        """Store the record of the session; it is complete."""
        self._deadline.cancel()
        self._registry.leave(self)
        self._record.close(outcome)
