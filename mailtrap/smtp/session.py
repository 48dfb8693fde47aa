"""What an engine knows of its session: who speaks, and the transaction that is open."""

from dataclasses import dataclass, field
from typing import Protocol

from mailtrap.smtp.envelope import Envelope, Params, Path, Recipient
from mailtrap.smtp.events import Disconnected, Event
from mailtrap.smtp.findings import Finding, FindingLog, finding
from mailtrap.smtp.mailbox import Note
from mailtrap.smtp.profile import Profile
from mailtrap.smtp.sasl import Exchange, Identity
from mailtrap.smtp.state import State


@dataclass(slots=True)
class Transaction:
    """From MAIL to the end of content. ``refused`` counts recipients that got no 250."""

    reverse_path: Path
    params: Params
    recipients: list[Recipient] = field(default_factory=list)
    refused: int = 0
    chunks: list[bytes] = field(default_factory=list)
    octets: int = 0
    addresses: set[str] = field(default_factory=set)
    findings: FindingLog = field(default_factory=FindingLog)

    def add(self, recipient: Recipient) -> None:
        """Take a recipient; the same address may come again."""
        self.recipients.append(recipient)
        self.addresses.add(recipient.path.address)

    @property
    def smtputf8(self) -> bool:
        """Whether MAIL had the SMTPUTF8 parameter (RFC 6531)."""
        return "SMTPUTF8" in self.params

    @property
    def body(self) -> str:
        """The BODY parameter, or nothing."""
        return self.params.get("BODY") or ""

    @property
    def prdr(self) -> bool:
        """Whether each recipient gets a reply after the content (draft-hall-prdr-00).

        One recipient alone does not: Exim as a server gives it the ordinary reply.
        """
        return "PRDR" in self.params and len(self.recipients) > 1

    @property
    def declared_size(self) -> int | None:
        """The SIZE parameter in octets, None where there was none (RFC 1870)."""
        size = self.params.get("SIZE")
        return int(size) if size else None

    def envelope(self) -> Envelope:
        """What MAIL and RCPT said so far."""
        return Envelope(self.reverse_path, self.params, tuple(self.recipients))


class Reading(Protocol):
    """Content under way: what takes octets until there is an event."""

    def take(self, buffer: bytearray) -> Event | None:
        """Take what is ours from the front of ``buffer``; the event once all of it came."""

    def cut(self, buffer: bytearray) -> Disconnected:
        """What there is when the connection is lost half way; the rest stands in ``buffer``."""


class Session:
    """The facts of one session. The engine owns it; a driver reads it.

    ``helo`` is the argument of the last greeting command and ``greeted_by`` its verb. ``peer`` is
    how the peer is named in the reply to EHLO. ``xclient`` and ``xforward`` hold what a trusted
    peer told by these commands. ``surplus`` is how many octets wait behind the command that is
    being read; ``drops_surplus`` that a reply said they are not read. ``noted`` are the findings on
    the event that is being made.
    """

    def __init__(self, profile: Profile, peer: str, nonce: str, *, trusted: bool) -> None:
        self.profile = profile
        self.peer = peer
        self.nonce = nonce
        self.trusted = trusted
        self.state = State.CONNECTED
        self.helo: str | None = None
        self.greeted_by = ""
        self.tls = profile.tls == "implicit"
        self.identity: Identity | None = None
        self.exchange: Exchange | None = None
        self.reading: Reading | None = None
        self.surplus = 0
        self.drops_surplus = False
        self.transaction: Transaction | None = None
        self.messages = 0
        self.errors = 0
        self.commands = 0
        self.xclient: dict[str, str] = {}
        self.xforward: dict[str, str] = {}
        self.findings = FindingLog()
        self.noted: list[Finding] = []

    @property
    def extended(self) -> bool:
        """Whether EHLO or LHLO was used, so that extensions are on."""
        return self.greeted_by in {"EHLO", "LHLO"}

    @property
    def resting(self) -> State:
        """The state between transactions."""
        return State.SAID_HELLO if self.greeted_by else State.GREETED

    def offers(self, keyword: str) -> bool:
        """Whether the profile offers this extension."""
        return keyword in self.profile.extensions

    def note(
        self,
        finding_id: str,
        stage: str,
        evidence: bytes | str = b"",
        *details: object,
        count: int = 1,
    ) -> None:
        """Write down a finding; it goes with the event that is being made."""
        self.noted.append(finding(finding_id, stage, evidence, *details, count=count))

    def note_all(self, notes: list[Note] | tuple[Note, ...], stage: str, evidence: str) -> None:
        """Write down findings that a parser left as notes."""
        for note in notes:
            self.note(note.id, stage, evidence, *note.details)

    def take_notes(self) -> tuple[Finding, ...]:
        """What was noted since the last call, also kept with session and transaction."""
        if not self.noted:
            return ()
        noted = tuple(self.noted)
        self.noted.clear()
        self.findings.extend(noted)
        if self.transaction is not None:
            self.transaction.findings.extend(noted)
        return noted

    def protocol(self) -> str:
        """The WITH keyword of the trace (RFC 3848; RFC 6531 section 4.3)."""
        utf8 = self.transaction is not None and self.transaction.smtputf8
        if self.greeted_by == "LHLO" or self.profile.protocol == "lmtp":
            base = "UTF8LMTP" if utf8 else "LMTP"
        elif self.greeted_by == "EHLO":
            base = "UTF8SMTP" if utf8 else "ESMTP"
        else:
            return "ESMTPS" if self.tls else "SMTP"
        return base + ("S" if self.tls else "") + ("A" if self.identity else "")

    def forget(self) -> None:
        """Forget all but the findings: after a TLS handshake (RFC 3207 section 4.2)."""
        self.helo = None
        self.greeted_by = ""
        self.identity = None
        self.exchange = None
        self.transaction = None
        self.xforward = {}
        self.state = State.GREETED
