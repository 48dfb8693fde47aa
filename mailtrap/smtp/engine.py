"""The engine: the protocol state of one session, without I/O.

Give it octets, take events, answer them. While an event is unanswered nothing more is parsed, so
pipelined commands are answered in order whatever an answer takes (RFC 2920).
"""

from mailtrap.smtp import replies
from mailtrap.smtp.content import KEPT
from mailtrap.smtp.events import Content, Disconnected, Event, Greeting
from mailtrap.smtp.moves import settle
from mailtrap.smtp.persona import Speech
from mailtrap.smtp.profile import Profile
from mailtrap.smtp.reader import CommandReader
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.session import Reading, Session
from mailtrap.smtp.state import State

_PAUSED = frozenset({State.TLS, State.CLOSED})
_AT_REST = frozenset(
    {State.CONNECTED, State.GREETED, State.SAID_HELLO, State.REFUSED, State.CLOSED}
)


class ProtocolError(Exception):
    """The driver misused the engine. Whatever a peer does is an event, never this."""


class Engine:
    """One session. ``peer`` is named in the reply to EHLO; ``nonce`` must be fresh (CRAM, SCRAM).

    ``trusted`` peers may use XCLIENT and XFORWARD.
    """

    def __init__(
        self, profile: Profile, *, peer: str = "", nonce: str = "", trusted: bool = False
    ) -> None:
        self.session = Session(profile, peer, nonce, trusted=trusted)
        self._buffer = bytearray()
        self._reader = CommandReader(self.session)
        self._event: Event | None = None
        self._eof = False
        self._due = True  # the greeting, or the end of a connection that ended
        persona = profile.persona
        self._speech = Speech(persona, profile.hostname, nonce) if persona else None

    @property
    def closed(self) -> bool:
        """Whether the session is over and the connection should be closed."""
        return self.session.state is State.CLOSED

    @property
    def wants_tls(self) -> bool:
        """Whether STARTTLS was accepted, so that the next octets belong to a handshake."""
        return self.session.state is State.TLS

    @property
    def pending(self) -> int:
        """Octets that wait to be parsed: a driver stops reading when they grow."""
        return len(self._buffer)

    @property
    def at_rest(self) -> bool:
        """Whether nothing is half done: no transaction, content or exchange is open."""
        return self._event is None and self.session.state in _AT_REST

    def receive(self, data: bytes) -> None:
        """Take octets that the peer sent. Behind the end of a session they are nothing."""
        if self.session.state is State.CLOSED:
            return
        if self.session.state is State.CONNECTED:
            self.session.note("F-EARLY-TALK", "greeting", data[:64])
        self._buffer += data

    def receive_eof(self) -> None:
        """Learn that the peer will send no more."""
        self._eof = self._due = True

    def next_event(self) -> Event | None:
        """What happened; None when more octets are needed, or an answer."""
        session = self.session
        if self._event is not None or session.state in _PAUSED:
            return None
        if not self._buffer and session.reading is None and not self._due:
            return None
        event: Event | None = None
        if self._buffer and session.reading is None and session.state is not State.CONNECTED:
            event = self._reader.take(self._buffer)
        if event is None:
            event = self._unasked() if session.reading is None else self._read(session.reading)
            if event is None:
                return None
        if session.noted:
            event.findings = session.take_notes()
        if isinstance(event, Content) and session.transaction is not None:
            event.noted = session.transaction.findings.all()
        if self._speech is not None:
            _reword(event, self._speech)
        self._event = event
        return event

    def answer(self, *given: Reply) -> None:
        """Tell which replies were sent; they, not the command, move the state.

        Raises ProtocolError where no event waits, or their number is wrong.
        """
        event = self._event
        if event is None:
            raise ProtocolError("no event waits for an answer")
        if len(given) != len(event.proposals):
            raise ProtocolError(f"{len(event.proposals)} replies are due, not {len(given)}")
        self._event = None
        settle(self.session, event, given)
        if self.session.drops_surplus:
            self.session.drops_surplus = False
            self._buffer.clear()

    def close(self) -> None:
        """End the session from our side."""
        self._event = None
        self.session.state = State.CLOSED

    def take_surplus(self) -> bytes:
        """What came behind STARTTLS: the beginning of a handshake, or nothing.

        Anything else is dropped and noted: it was said in clear, maybe by somebody else, and
        must never be taken for part of the session that TLS protects (CVE-2011-0411).
        """
        surplus = bytes(self._buffer)
        self._buffer.clear()
        if not surplus:
            return b""
        if surplus[:2] in {b"\x16", b"\x16\x03"}:
            self.session.note("F-TLS-EARLY-HELLO", "starttls")
        else:
            self.session.note("F-STARTTLS-INJECT", "starttls", surplus, len(surplus))
            surplus = b""
        self.session.take_notes()
        return surplus

    def tls_started(self) -> None:
        """Learn that the handshake is done: what was known of the client is forgotten."""
        self._buffer.clear()
        self._reader = CommandReader(self.session)
        self.session.forget()
        self.session.tls = True

    def _unasked(self) -> Greeting | Disconnected | None:
        """What happens without an octet: the client is there, or gone."""
        session = self.session
        self._due = self._eof
        if session.state is State.CONNECTED:
            profile = session.profile
            said = replies.lmtp_greeting if profile.protocol == "lmtp" else replies.greeting
            return Greeting((said(profile.hostname),))
        return self._disconnected() if self._eof else None

    def _read(self, reading: Reading) -> Event | None:
        event = reading.take(self._buffer)
        if event is None and self._eof:
            cut = reading.cut(self._buffer)
            self.session.note("F-ABORT", "content", b"", cut.where, cut.size)
            event = cut
        if event is not None:
            self.session.reading = None
        return event

    def _disconnected(self) -> Disconnected:
        """The end between two lines: of an exchange, or of content that is still to come."""
        session = self.session
        chunks = session.transaction.chunks if session.transaction else []
        if session.state is State.AUTH:
            event = Disconnected("AUTH")
        elif session.state is State.BDAT:
            content = b"".join(chunks)
            event = Disconnected("BDAT", content[:KEPT], len(content))
        else:
            return Disconnected()
        session.note(
            "F-ABORT", "auth" if event.where == "AUTH" else "content", b"", event.where, event.size
        )
        return event


def _reword(event: Event, speech: Speech) -> None:
    """Put what an event proposes into another server's words."""
    event.proposals = tuple(map(speech.reply, event.proposals))
    if isinstance(event, Content):
        event.thanks = speech.queued
