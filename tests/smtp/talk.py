"""A client for the engine: sends octets cut in pieces, answers events, gathers what came of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from mailtrap.smtp.engine import Engine
from mailtrap.smtp.envelope import Envelope
from mailtrap.smtp.events import Content, Disconnected, Event
from mailtrap.smtp.findings import Finding
from mailtrap.smtp.inspect import inspect
from mailtrap.smtp.profile import Profile
from mailtrap.smtp.reply import Reply

CUTS = (1, 2, 3, 7, None)
"""Octets of one segment; None: all at once."""

PLAIN = Profile(hostname="catcher.local")
STRICT = replace(PLAIN, strict=True)
LMTP = replace(PLAIN, protocol="lmtp")

HELLO = b"EHLO client.example\r\n"
MAIL = b"MAIL FROM:<a@x.example>\r\n"
RCPT = b"RCPT TO:<b@y.example>\r\n"
READY = HELLO + MAIL + RCPT

TIMING = frozenset({"F-PIPE-UNADVERTISED", "F-PIPE-DATA", "F-PIPE-AUTH", "F-EARLY-TALK"})
"""Findings that depend on what came in one segment."""

Decide = Callable[[Event], tuple[Reply, ...] | None]
"""Other replies to an event than those it proposes, or None."""


@dataclass(frozen=True)
class Stored:
    """A message that was acknowledged."""

    content: bytes
    envelope: Envelope


@dataclass
class Talk:
    """What came of a session."""

    engine: Engine
    wire: bytes = b""
    replies: list[Reply] = field(default_factory=list)
    stored: list[Stored] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    most_pending: int = 0

    @property
    def codes(self) -> list[str]:
        """Code and enhanced status code of each reply behind the greeting."""
        return [f"{reply.code} {reply.status}".strip() for reply in self.replies[1:]]

    @property
    def last(self) -> str:
        return str(self.replies[-1])

    @property
    def contents(self) -> list[bytes]:
        return [message.content for message in self.stored]

    @property
    def findings(self) -> list[Finding]:
        return [found for found in self.engine.session.findings.all() if found.id not in TIMING]

    @property
    def ids(self) -> set[str]:
        """Ids of what was found, bar matters of timing and of the greeting name."""
        return {found.id for found in self.findings}

    @property
    def all_ids(self) -> set[str]:
        return {found.id for found in self.engine.session.findings.all()}

    @property
    def content_ids(self) -> set[str]:
        """Ids of what ``inspect`` finds in the messages."""
        return {f.id for m in self.stored for f in inspect(m.content, m.envelope)}

    @property
    def left(self) -> Disconnected:
        event = self.events[-1]
        assert isinstance(event, Disconnected)
        return event

    def send(self, octets: bytes, decide: Decide | None = None) -> "Talk":
        """Send octets in one piece and answer what comes of them."""
        self.engine.receive(octets)
        self.drive(decide)
        return self

    def drive(self, decide: Decide | None = None) -> None:
        engine = self.engine
        self.most_pending = max(self.most_pending, engine.pending)
        while (event := engine.next_event()) is not None:
            given = (decide(event) if decide else None) or self._plain(event)
            if isinstance(event, Content) and not event.refused and given and given[0].positive:
                self.stored.append(Stored(event.content, event.envelope))
            self.events.append(event)
            self.replies += given
            self.wire += b"".join(reply.wire for reply in given)
            engine.answer(*given)
        self.most_pending = max(self.most_pending, engine.pending)

    @staticmethod
    def _plain(event: Event) -> tuple[Reply, ...]:
        if isinstance(event, Content) and not event.refused:
            return event.accepted_as("ID")
        return event.proposals


def pieces(octets: bytes, cut: int | None) -> Iterator[bytes]:
    size = cut or max(1, len(octets))
    return (octets[start : start + size] for start in range(0, len(octets), size))


def talk(
    octets: bytes = b"",
    profile: Profile = PLAIN,
    *,
    cut: int | None = None,
    decide: Decide | None = None,
    trusted: bool = False,
    eof: bool = False,
) -> Talk:
    """One session: greeting, then these octets, ``cut`` at a time."""
    engine = Engine(profile, peer="192.0.2.7", nonce="n1", trusted=trusted)
    session = Talk(engine)
    session.drive(decide)
    for piece in pieces(octets, cut):
        session.send(piece, decide)
    if eof:
        engine.receive_eof()
        session.drive(decide)
    return session


def outcome(session: Talk) -> tuple[object, ...]:
    """All that must be the same however the octets were cut."""
    return (
        session.wire,
        session.stored,
        session.findings,
        session.engine.closed,
        [(type(event), getattr(event, "shown", "")) for event in session.events],
    )


def every_cut(
    octets: bytes,
    profile: Profile = PLAIN,
    *,
    decide: Decide | None = None,
    trusted: bool = False,
    eof: bool = False,
) -> Talk:
    """As ``talk``, at each of ``CUTS``: they must all come to the same; gives the whole one."""
    sessions = [
        talk(octets, profile, cut=cut, decide=decide, trusted=trusted, eof=eof) for cut in CUTS
    ]
    whole = sessions[-1]
    for cut, session in zip(CUTS, sessions, strict=True):
        assert outcome(session) == outcome(whole), f"cut into {cut}"
    return whole
