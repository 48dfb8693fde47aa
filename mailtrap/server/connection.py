"""One connection: drives an engine, has its events answered, keeps the record."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import cast

from mailtrap.faults.steps import Answer, Ending, Reset, Stall
from mailtrap.server.handshake import LEFT, PLAINTEXT
from mailtrap.server.intake import Intake
from mailtrap.server.listener import Listener
from mailtrap.server.parting import Parting
from mailtrap.server.parts import assemble
from mailtrap.server.registry import Registry
from mailtrap.server.taking import take_in
from mailtrap.server.tlslayer import TlsError
from mailtrap.smtp import replies
from mailtrap.smtp.events import Command, Content, Disconnected, Event
from mailtrap.smtp.reply import Reply
from mailtrap.store.records import Session

UNREAD_LIMIT = 262_144
"""Octets that may wait unparsed while an answer is pending, before reading is paused."""

log = logging.getLogger(__name__)


class Connection(asyncio.Protocol):
    """A session on a listener, from the first octet to the record of it all.

    The engine is driven from one place only, ``_drive``; while a message is being stored, or an
    answer performed that takes its time, nothing else is answered.
    """

    def __init__(self, registry: Registry, listener: Listener) -> None:
        self._registry = registry
        self._listener = listener
        self._hostname = listener.profile.hostname
        self._storing = False
        self._stalled = False
        self._paused = False
        self._write_blocked = False
        self._driving = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        registry = self._registry
        parts = assemble(registry, self._listener, cast("asyncio.Transport", transport))
        self._wire, self._engine, self._record = parts.wire, parts.engine, parts.record
        self._handshake, self._performer, self._desk = parts.handshake, parts.performer, parts.desk
        self._intake = Intake(self._wire, self._cut_off)
        self._deadline = registry.deadline(self._expire)
        self._parting = Parting(parts, self._deadline, registry.timeouts.linger)
        self._answered_at = registry.clock()
        if not registry.admit(self):
            self._parting.hang_up(replies.TOO_MANY_CONNECTIONS, "too many connections")
            return
        if parts.origin.connections:
            self._engine.session.note("F-MANY-CONNS", "connect", b"", parts.origin.connections)
        self._await(self._desk.ask("connect") or Answer(()), self._begin)

    def _await(self, answer: Answer, go_on: Callable[[], None]) -> None:
        """Perform steps between replies, then go on unless they end the connection."""
        self._arm(answer)

        def done(ending: Ending | None) -> None:
            go_on() if ending is None else self._end_by_rule(ending)

        self._performer.perform(answer.steps, done)

    def _begin(self) -> None:
        """Greet, or wait for TLS."""
        if self._listener.profile.tls == "implicit":
            self._begin_tls(self._registry.timeouts.first_octet)
        else:
            self._drive()

    def data_received(self, data: bytes) -> None:
        if self._engine.closed or self._stalled:
            return  # What comes after our last word is read only to be thrown away.
        self._registry.came()
        in_clear = self._wire.in_clear and not self._handshake.active
        plaintext = data if in_clear else self._decrypted(data)
        if plaintext is None:
            return
        reading = plaintext and self._engine.session.reading is not None
        if not reading or not self._intake.slow(plaintext, self._take):
            self._take(plaintext)

    def _decrypted(self, data: bytes) -> bytes | None:
        """What octets say under TLS; None where they ended the connection."""
        if self._handshake.active and not self._take_handshake(data):
            return None
        try:
            return self._handshake.decrypt(data)
        except TlsError as error:
            self._fail_tls(str(error))
            return None

    def _take(self, plaintext: bytes) -> None:
        engine = self._engine
        waited = self._registry.clock() - self._answered_at
        if waited > self._registry.timeouts.slow and not self._busy:
            engine.session.note("F-SLOW-REPLY", "unknown", b"", int(waited))
        if engine.session.reading is None:
            engine.receive(plaintext)
        else:
            engine.receive(self._intake.take(plaintext))
            self._deadline.push(self._registry.timeouts.idle)
        if engine.pending > UNREAD_LIMIT and self._busy and not self._paused:
            self._paused = True
            self._wire.pause()
        if self._wire.ended:
            engine.receive_eof()
        self._drive()

    @property
    def _busy(self) -> bool:
        """Whether no event may be answered now."""
        return (
            self._storing
            or self._stalled
            or self._intake.over
            or self._write_blocked
            or self._performer.busy
            or self._handshake.active
        )

    def eof_received(self) -> bool:
        """The client sends no more, and may still read: answer what came, then close."""
        if self._handshake.active:
            self._fail_tls(LEFT)
            return False
        self._engine.receive_eof()
        self._drive()
        return not (self._engine.closed or self._stalled)

    def connection_lost(self, exc: Exception | None) -> None:
        self._parting.lost = True
        self._write_blocked = False
        if self._handshake.active:
            self._handshake.fail(LEFT)
        if self._performer.busy:
            self._performer.cancel()
            self._engine.close()
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
        if now or self._stalled or self._engine.at_rest:
            self._performer.cancel()
            self._parting.hang_up(replies.shutting_down(self._hostname), "the server stopped")

    def abort(self) -> None:
        """Drop the connection."""
        self._performer.cancel()
        self._parting.abort("the server stopped")

    def live(self) -> Session:
        """The session as it stands."""
        return self._record.live()

    def _drive(self, *, answered: bool = False) -> None:
        """Answer events until more octets are needed, or an answer takes its time.

        ``answered`` tells that a reply waits to be flushed already.
        """
        if self._driving:
            return
        if not self._busy:
            self._driving = True
            try:
                answered = self._answer_events() or answered
            except Exception:
                # A bug of ours: it ends this session with a word, and no other.
                log.exception("a session failed")
                said = replies.internal_error(self._hostname)
                self._parting.hang_up(said, "an error in the server")
                return
            finally:
                self._driving = False
        if answered and not self._performer.busy:
            self._registry.flush_soon(self._wire)
            self._rest()
        if self._paused and not (self._busy or self._engine.closed):
            self._paused = False
            self._wire.resume()

    def _answer_events(self) -> bool:
        answered = False
        while (event := self._engine.next_event()) is not None:
            answered = True
            self._record.heard(event)
            if isinstance(event, Content) and not event.refused:
                self._take_content(event)
            elif (answer := self._desk.answer_to(event)) is not None:
                self._perform(event, answer)
            else:
                self._say(event, event.proposals)
            if self._busy:
                break
        return answered

    def _say(self, event: Event, given: tuple[Reply, ...]) -> None:
        """Answer with nothing but replies."""
        for reply in given:
            self._wire.write(reply.wire)
        self._settle(event, given)

    def _rest(self) -> None:
        """All that came is answered: what comes next."""
        if self._storing or self._stalled:
            return
        now = self._answered_at = self._registry.clock()
        if not self._write_blocked:
            self._deadline.push(self._registry.timeouts.idle, now)
        engine = self._engine
        if engine.wants_tls and not self._handshake.active:
            self._begin_tls(self._registry.timeouts.handshake)
        elif engine.closed:
            self._parting.close()
        elif self._registry.stopping:
            self.shut_down(now=False)

    def _settle(self, event: Event, given: tuple[Reply, ...]) -> None:
        """Draw the consequences of replies that were said."""
        self._record.said(given)
        self._engine.answer(*given)
        self._record.answered(event, given)
        self._parting.quit = event.stage == "quit"
        if isinstance(event, Command):
            if event.verb == "DATA":
                self._content_begins()
        elif isinstance(event, Content):
            self._intake.end()
        elif isinstance(event, Disconnected):
            self._record.left(event)
            if event.where and not self._parting.lost:
                self._wire.write(replies.cut_off(self._hostname).wire)

    def _perform(self, event: Event, answer: Answer) -> None:
        """Answer as a rule says, step by step."""
        self._arm(answer)
        self._performer.perform(answer.steps, partial(self._performed, event, answer))

    def _performed(self, event: Event, answer: Answer, ending: Ending | None) -> None:
        given = answer.replies
        if len(given) == len(event.proposals):
            self._settle(event, given)
        if ending is not None:
            self._end_by_rule(ending)
        else:
            self._go_on()

    def _go_on(self) -> None:
        """After an answer that took its time; one that took none is followed by ``_drive``."""
        if not self._driving:
            self._rest()
            self._drive()

    def _arm(self, answer: Answer) -> None:
        """What a rule wants of the content, or of the handshake, that is to come."""
        self._intake.arm(answer)
        self._handshake.fault = answer.tls or self._handshake.fault

    def _content_begins(self) -> None:
        """After the 354: ask the rules about the octets that come."""
        if self._engine.session.reading is None:
            return
        answer = self._desk.ask("content")
        if answer is not None:
            self._wire.flush()
            self._wire.pause()
            self._await(answer, self._content_awaited)
        self._intake.begin(self._engine.pending)

    def _content_awaited(self) -> None:
        self._wire.resume()
        self._go_on()

    def _cut_off(self, ending: Ending) -> None:
        """End in the middle of the content; what had come is kept in the transcript."""
        self._engine.receive_eof()
        event = self._engine.next_event()
        if event is not None:
            self._record.heard(event)
        self._end_by_rule(ending)

    def _end_by_rule(self, ending: Ending) -> None:
        self._record.facts.end(f"a rule asked for {type(ending).__name__.lower()}")
        self._stalled = True
        if isinstance(ending, Stall):
            self._deadline.cancel()
        elif isinstance(ending, Reset):
            self._engine.close()
            self._wire.reset()
        else:
            self._engine.close()
            self._parting.close()

    def _take_content(self, event: Content) -> None:
        """A whole message: ask the rules, have it stored, then say what there is to say."""
        taking = take_in(event, self._registry, self._record)
        answer = self._desk.answer_to_content(event, taking.replies)
        if answer is not None and not taking.stores(answer):
            self._perform(event, answer)
            taking.let_go(answer)
            return
        self._wire.flush()
        self._storing = True
        taking.store(answer, partial(self._stored, event))

    def _stored(self, event: Content, given: Answer | tuple[Reply, ...]) -> None:
        """Answer the message; only what a rule has changed takes the way of the performer."""
        self._storing = False
        if not self._engine.closed:
            if isinstance(given, Answer):
                self._perform(event, given)
            else:
                # What was sent behind the message is answered with it, in one write.
                self._say(event, given)
                self._drive(answered=True)
        if self._parting.lost and not self._storing:
            self._finish("the client closed the connection")

    def _begin_tls(self, seconds: float) -> None:
        """Hand the stream over to TLS: at once, or after the 220 to STARTTLS."""
        self._handshake.active = True
        self._deadline.push(seconds)
        self._wire.pause()
        self._await(self._desk.ask("tls") or Answer(()), self._start_handshake)

    def _start_handshake(self) -> None:
        self._wire.resume()
        surplus = self._engine.take_surplus() if self._engine.wants_tls else b""
        self._handshake.begin(self._registry.tls_fault)
        if surplus:
            self.data_received(surplus)

    def _take_handshake(self, data: bytes) -> bool:
        """Whether these octets are for the handshake; if not the connection ends."""
        if self._handshake.sabotage(data):
            if self._handshake.fault == "stall":
                self._end_by_rule(Stall())
            else:
                self._fail_tls("a rule failed the handshake")
            return False
        if not self._wire.has_read:
            self._deadline.push(self._registry.timeouts.handshake)
        if not self._handshake.is_plaintext(data):
            return True
        if self._listener.profile.tls == "starttls":
            self._fail_tls(PLAINTEXT)
        else:
            self._refuse_plaintext()
        return False

    def _refuse_plaintext(self) -> None:
        self._handshake.give_up()
        self._parting.hang_up(replies.tls_port(self._hostname), "the client did not begin with TLS")

    def _fail_tls(self, reason: str) -> None:
        self._handshake.fail(reason)
        self._engine.close()
        self._parting.close()

    def _expire(self) -> None:
        """What happens when a deadline passes."""
        timeouts = self._registry.timeouts
        note = self._engine.session.note
        if self._write_blocked or self._engine.closed:
            self._parting.abort("the client did not read its replies")
        elif self._handshake.silent:
            self._refuse_plaintext()
        elif self._handshake.active:
            note("F-TLS-TIMEOUT", "tls", b"", int(timeouts.handshake))
            self._fail_tls("the handshake took too long")
        elif not self._busy:
            note("F-IDLE", "quit", b"", int(timeouts.idle))
            self._parting.hang_up(replies.idle(self._hostname), "idle for too long")

    def _finish(self, outcome: str) -> None:
        """Store the record of the session; it is complete."""
        self._deadline.cancel()
        self._registry.leave(self)
        self._record.close(outcome)
