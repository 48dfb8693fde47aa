"""What a peer did, with the reply that a plain server would give.

Every event waits for ``Engine.answer``. ``proposals`` are the replies that are due, one but for
content by LMTP (RFC 2033 section 4.2) or under PRDR; ``stage`` is the name by which fault rules
know it.
"""

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from mailtrap.smtp import replies
from mailtrap.smtp.envelope import Envelope, Params, Path, Recipient
from mailtrap.smtp.findings import Finding
from mailtrap.smtp.reply import Reply, any_positive


@dataclass(slots=True)
class Greeting:
    """A client connected and waits for the opening message."""

    proposals: tuple[Reply, ...]
    findings: tuple[Finding, ...] = ()
    stage: str = "greeting"
    closes: bool = False


@dataclass(slots=True)
class Command:
    """A command line, or a line of an AUTH exchange.

    ``line`` is what came without its line end; ``shown`` the same fit for a transcript, secrets
    masked. ``path`` and ``params`` are those of MAIL and RCPT, ``value`` the verb's own argument.
    ``closes`` tells that the connection ends after the reply, whatever it is.
    """

    verb: str
    line: bytes
    proposals: tuple[Reply, ...]
    stage: str = ""
    shown: str = ""
    path: Path | None = None
    params: Params = field(default_factory=dict)
    value: str = ""
    findings: tuple[Finding, ...] = ()
    closes: bool = False


@dataclass(slots=True)
class Content:
    """The whole content came: by DATA, or by BDAT with LAST.

    ``content`` is the message after dot-unstuffing. Where ``refused`` is set the engine already
    knows that it cannot be taken (too big, no recipient), ``content`` is only its beginning, and
    ``proposals`` refuse. ``size`` is the octets that came; ``chunked`` that it was BDAT.
    ``crlf`` is set where it is known that every CR and LF is one half of a CRLF.
    ``noted`` is what was found in the transaction from MAIL on. ``thanks`` acknowledges the message
    in place of our own words; its text has ``{id}`` where the id belongs. Under ``prdr`` a 353 is
    due, then a reply a recipient, then one on the whole.
    """

    content: bytes
    size: int
    envelope: Envelope
    proposals: tuple[Reply, ...]
    lmtp: bool = False
    chunked: bool = False
    refused: bool = False
    shown: str = ""
    findings: tuple[Finding, ...] = ()
    noted: tuple[Finding, ...] = ()
    stage: str = "content"
    closes: bool = False
    thanks: Reply | None = None
    prdr: bool = False
    crlf: bool = False

    def accepted_as(self, message_id: str) -> tuple[Reply, ...]:
        """The replies that acknowledge the message under its id."""
        if self.lmtp:
            recipients = self.envelope.recipients
            return tuple(replies.delivered(message_id, r.path.address) for r in recipients)
        # Under PRDR what is said before the reply on the whole is as it was proposed.
        return (*self.proposals[:-1], self._queued(message_id))

    def _queued(self, message_id: str) -> Reply:
        if self.thanks is not None:
            return replace(self.thanks, text=self.thanks.text.replace("{id}", message_id))
        if self.chunked:
            return replies.octets_queued(message_id, self.size)
        return replies.queued(message_id)

    def all_say(self, reply: Reply) -> tuple[Reply, ...]:
        """One and the same reply as often as one is due; the 353 of PRDR stays."""
        begin = self.proposals[:1] if self.prdr else ()
        return (*begin, *(reply,) * (len(self.proposals) - len(begin)))

    def last_words(self, given: tuple[Reply, ...]) -> tuple[Reply, ...]:
        """Those of the replies that decide: any of them takes the message.

        Under PRDR that is the reply on the whole, and none where it was never given.
        """
        if not self.prdr:
            return given
        return given[-1:] if len(given) == len(self.proposals) else ()

    def to_each(self, given: tuple[Reply, ...]) -> tuple[Reply, ...]:
        """Those of the replies that are about one recipient each, in order."""
        if self.prdr:
            return given[1:][: len(self.envelope.recipients)]
        return given if self.lmtp else given[:1] * len(self.envelope.recipients)

    def taken_for(self, given: tuple[Reply, ...]) -> tuple[Recipient, ...]:
        """The recipients for whom these replies take the message."""
        if not any_positive(self.last_words(given)):
            return ()
        pairs = zip(self.envelope.recipients, self.to_each(given), strict=False)
        return tuple(recipient for recipient, reply in pairs if reply.positive)


@dataclass(slots=True)
class Chunk:
    """A chunk that is not the last came by BDAT, or one that was out of place."""

    size: int
    proposals: tuple[Reply, ...]
    shown: str = ""
    findings: tuple[Finding, ...] = ()
    stage: str = "bdat"
    closes: bool = False


@dataclass(slots=True)
class Disconnected:
    """The client closed its side. No reply is due.

    ``where`` names the stage that was cut short (``DATA``, ``BDAT``, ``AUTH``) or is empty;
    ``partial`` is what had come of the content, at most its first 64 KiB, ``size`` all of it.
    """

    where: str = ""
    partial: bytes = b""
    size: int = 0
    proposals: tuple[Reply, ...] = ()
    findings: tuple[Finding, ...] = ()
    stage: str = "quit"
    closes: bool = True


Event: TypeAlias = Greeting | Command | Content | Chunk | Disconnected
