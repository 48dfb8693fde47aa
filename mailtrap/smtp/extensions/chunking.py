"""CHUNKING (RFC 3030 section 2): content in chunks of counted octets, by BDAT.

The octets of a chunk are always read, whatever is wrong: taken for commands they would be an
injection. Where their number is not known the connection has to end.
"""

import re

from mailtrap.smtp import replies
from mailtrap.smtp.commands import Verb
from mailtrap.smtp.content import KEPT, ended
from mailtrap.smtp.events import Chunk, Command, Content, Disconnected
from mailtrap.smtp.extensions.base import Extension, bare
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.session import Session, Transaction
from mailtrap.smtp.state import State
from mailtrap.smtp.transaction import no_recipients

_BDAT = re.compile(r"([0-9]{1,20})(?:[ \t]+(.*))?", re.DOTALL)
_SYNTAX = replies.syntax("BDAT count [LAST]")


def _propose(session: Session, command: Command, argument: str) -> Reply | None:
    """Begin to read a chunk; or 501 and the end, where nobody knows how long it is."""
    refusal = command.proposals[0] if command.proposals else None
    found = _BDAT.fullmatch(argument)
    if found is None:
        command.closes = True
        return _SYNTAX
    word = (found[2] or "").upper()
    last = word == "LAST"
    if word and not last:
        refusal = refusal or _SYNTAX
    size = int(found[1])
    if size == 0 and not last:
        session.note("F-BDAT-NULL", "bdat", command.line)
    session.reading = _ChunkReader(session, size, refusal or _out_of_place(session), last=last)
    return None


def _out_of_place(session: Session) -> Reply | None:
    """Why no chunk may come in this state."""
    if session.state is State.BDAT_FAILED:
        session.note("F-BDAT-NO-RSET", "bdat", "BDAT")
        return replies.RSET_AFTER_BDAT
    if session.transaction is None:
        return replies.NEED_MAIL
    return None if session.transaction.recipients else no_recipients(session)


class _ChunkReader:
    """One chunk: so many octets, then the event."""

    def __init__(self, session: Session, size: int, refusal: Reply | None, *, last: bool) -> None:
        self._session = session
        self._size = size
        self._left = size
        self._last = last
        self._refusal = refusal or self._too_big()
        self._kept = bytearray()

    def _too_big(self) -> Reply | None:
        limit = self._session.profile.limits.size
        transaction = self._session.transaction
        before = transaction.octets if transaction is not None else 0
        return replies.CHUNK_TOO_BIG if limit and before + self._size > limit else None

    def take(self, buffer: bytearray) -> Chunk | Content | None:
        """The event, once all octets have come."""
        count = min(self._left, len(buffer))
        room = count if self._refusal is None else max(0, min(count, KEPT - len(self._kept)))
        with memoryview(buffer) as view:
            self._kept += view[:room]
        del buffer[:count]
        self._left -= count
        return None if self._left else self._event()

    def cut(self, buffer: bytearray) -> Disconnected:
        """Where the connection was lost; ``take`` had left nothing in the buffer."""
        del buffer
        transaction = self._session.transaction
        before = b"".join(transaction.chunks)[:KEPT] if transaction else b""
        octets = transaction.octets if transaction else 0
        partial = (before + self._kept)[:KEPT]
        return Disconnected("BDAT", bytes(partial), octets + self._size - self._left)

    def _event(self) -> Chunk | Content:
        shown = f"BDAT {self._size}" + (" LAST" if self._last else "")
        transaction = self._session.transaction
        in_place = self._session.state in {State.RCPT, State.BDAT}
        if self._last and in_place and transaction is not None:
            event = self._whole(transaction)
            event.shown = shown
            return event
        if self._refusal is not None:
            return Chunk(self._size, self._due(self._refusal), shown=shown)
        assert transaction is not None
        transaction.chunks.append(bytes(self._kept))
        transaction.octets += self._size
        return Chunk(self._size, (replies.octets_received(self._size),), shown=shown)

    def _due(self, refusal: Reply) -> tuple[Reply, ...]:
        """LMTP answers the last chunk once a recipient: without recipients not at all."""
        transaction = self._session.transaction
        silent = (
            self._last
            and self._session.profile.protocol == "lmtp"
            and transaction is not None
            and not transaction.recipients
        )
        return () if silent else (refusal,)

    def _whole(self, transaction: Transaction) -> Content:
        size = transaction.octets + self._size
        if self._refusal is not None:
            head = bytes(self._kept)
            return ended(
                self._session, transaction, head, size=size, refusal=self._refusal, chunked=True
            )
        if not transaction.chunks:
            return ended(self._session, transaction, bytes(self._kept), chunked=True)
        content = b"".join((*transaction.chunks, self._kept))
        return ended(self._session, transaction, content, chunked=True)


BDAT = Verb(
    name="BDAT",
    syntax="BDAT count [LAST]",
    stage="bdat",
    propose=_propose,
    keyword="CHUNKING",
    octets_follow=True,
)

CHUNKING = Extension(keyword="CHUNKING", rfc="3030", advertise=bare("CHUNKING"), verbs=(BDAT,))
