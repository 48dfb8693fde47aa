"""The facts of one connection, and the records that are made of them."""

from datetime import datetime

from mailtrap.server.listener import Listener
from mailtrap.server.tlslayer import Negotiated
from mailtrap.server.transcript import Transcript
from mailtrap.smtp.sasl import Identity
from mailtrap.smtp.session import Session as Dialogue
from mailtrap.store.records import Auth, NewSession, Session, Tls, Trace


class Facts:
    """Who is connected, since when, and what it came to.

    ``outcome`` is why it ended, in words; the first reason that is given stays.
    """

    def __init__(
        self, session_id: str, listener: Listener, peer: str, local: str, started_at: datetime
    ) -> None:
        self.id = session_id
        self.listener = listener
        self.peer = peer
        self.local = local
        self.started_at = started_at
        self.ended_at: datetime | None = None
        self.tls: Tls | None = None
        self.outcome: str | None = None

    def end(self, outcome: str) -> None:
        """Say why it ends."""
        if self.outcome is None:
            self.outcome = outcome

    def take_tls(self, negotiated: Negotiated) -> None:
        """Keep what a handshake agreed on."""
        self.tls = Tls(negotiated.version, negotiated.cipher, negotiated.sni)

    def trace(self, dialogue: Dialogue) -> Trace:
        """What goes with a message that this dialogue brought."""
        return Trace(
            session=self.id,
            listener=self.listener.name,
            peer=self.peer,
            local=self.local,
            helo=dialogue.helo,
            protocol=dialogue.protocol(),
            tls=self.tls,
            auth=_auth(dialogue.identity),
            forwarded={**dialogue.xclient, **dialogue.xforward},
        )

    def session(
        self,
        dialogue: Dialogue,
        transcript: Transcript,
        *,
        attempts: int,
        inboxes: tuple[str, ...],
    ) -> NewSession:
        """The record of the whole session so far."""
        return NewSession(
            id=self.id,
            listener=self.listener.name,
            peer=self.peer,
            local=self.local,
            started_at=self.started_at,
            ended_at=self.ended_at,
            helo=dialogue.helo,
            protocol=dialogue.protocol(),
            tls=self.tls,
            auth=_auth(dialogue.identity),
            forwarded={**dialogue.xclient, **dialogue.xforward},
            messages=dialogue.messages,
            attempts=attempts,
            end=self.outcome,
            findings=dialogue.findings.all(),
            transcript=transcript.lines(),
            inboxes=inboxes,
        )


def live(session: NewSession) -> Session:
    """A session that is still open, as the API tells it."""
    fields = {name: getattr(session, name) for name in NewSession.__struct_fields__}
    return Session(**fields, seq=0)


def _auth(identity: Identity | None) -> Auth | None:
    return Auth(identity.mechanism, identity.user, identity.secret) if identity else None
