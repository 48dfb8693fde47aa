"""A persona: the words of another server, said in place of ours.

It changes texts, the order of EHLO and enhanced status codes. It never changes a reply's code, and
offers nothing that the engine would not do.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from mailtrap.smtp import replies
from mailtrap.smtp.reply import Reply

TOKEN_LENGTH = 16

_KEPT = frozenset({replies.NO_PIPELINING_AFTER_STARTTLS})
"""What the engine recognises again when it is told which reply was sent."""


@dataclass(frozen=True, slots=True)
class Persona:
    """How another server speaks: data, no more.

    Texts are templates: ``{h}`` is the server's name, ``{session}`` a word of letters and digits
    that is the session's own; ``{client}`` and ``{at}`` (the peer in brackets) stand in ``hello``,
    the first line of the reply to EHLO, and to HELO where ``helo`` does not say another; ``{id}``,
    the message's id, in ``queued``.
    ``ehlo`` are the extensions in that server's order, ``closing`` a line after them that is none.
    ``mechanisms`` are those of AUTH. ``wording`` maps our constant replies to theirs; all others
    keep their text, less the enhanced status code where ``statuses`` is false, and with
    ``signature`` behind it. ``size`` is in octets; as ever 0 means no limit.
    """

    name: str
    banner: Reply
    hello: str
    ehlo: tuple[str, ...]
    mechanisms: tuple[str, ...]
    size: int
    recipients: int
    queued: Reply
    bye: Reply
    wording: Mapping[Reply, Reply] = field(repr=False)
    transactions: int = 0
    helo: str = ""
    closing: str = ""
    signature: str = ""
    statuses: bool = True

    def greets(self, hostname: str, client: str, peer: str, *, extended: bool = True) -> str:
        """The first line of the reply to EHLO, or HELO; ``client`` is fit to be echoed."""
        at = f"[{peer}]" if peer else ""
        template = self.hello if extended else self.helo or self.hello
        said = template.format(h=hostname, client=client, at=at)
        return " ".join(said.split()).rstrip(",")

    def ordered(self, lines: Iterable[str]) -> list[str]:
        """EHLO lines in this server's order; those it does not know come behind, as they were."""
        order = {keyword: place for place, keyword in enumerate(self.ehlo)}
        return sorted(lines, key=lambda line: order.get(line.partition(" ")[0], len(order)))


class Speech:
    """A persona within one session."""

    def __init__(self, persona: Persona, hostname: str, nonce: str) -> None:
        self._persona = persona
        self._words = {"h": hostname, "session": token(nonce)}
        self._wording = {
            **persona.wording,
            replies.greeting(hostname): persona.banner,
            replies.bye(hostname): persona.bye,
        }

    @property
    def queued(self) -> Reply:
        """What acknowledges a message; its text has ``{id}`` where the id belongs."""
        return self._filled(self._persona.queued)

    def reply(self, reply: Reply) -> Reply:
        """This reply in the persona's words, under the same code."""
        theirs = self._wording.get(reply)
        if theirs is not None:
            return self._filled(theirs)
        if not reply.status or reply in _KEPT:
            return reply
        signature = self._persona.signature.format_map(self._words)
        status = reply.status if self._persona.statuses else ""
        return replace(reply, text=reply.text + signature, status=status)

    def _filled(self, template: Reply) -> Reply:
        return replace(template, text=template.text.format(id="{id}", **self._words))


def token(nonce: str) -> str:
    """A word that tells sessions apart. It says nothing of the nonce, which AUTH relies on."""
    return hashlib.sha256(b"persona " + nonce.encode()).hexdigest()[:TOKEN_LENGTH]
