r"""Reading DATA (RFC 5321 section 4.1.1.4): in bulk, never line by line.

The end is ``CRLF . CRLF`` and nothing else, whatever other servers take for it: a message that
ends early somewhere is how one is smuggled past checks (CVE-2023-51764, 51765, 51766).
"""

import re

from mailtrap.smtp import replies
from mailtrap.smtp.events import Content, Disconnected
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.session import Session, Transaction
from mailtrap.smtp.text import has_only_crlf

END = b"\r\n.\r\n"
KEPT = 65_536
"""Octets kept of content that is not taken: enough to see what it was."""

SLACK = 65_536
"""Octets by which the wire may exceed the size limit (stuffed dots) before reading turns to
discarding; the limit itself counts unstuffed octets (RFC 1870 section 5)."""

LARGE = 16_384
FEW_DOTS = 64

_SMUGGLED = re.compile(
    rb"(?<!\r)\n\.(?:\r?\n|\r)|\r\n\.(?:\n|\r(?!\n))|\r\.(?:\r|\n)|\r\n(?:\x00\.\x00?|\.\x00)\r\n"
)
_UNSTUFFED = re.compile(rb"(?:\A|\r\n)\.(?![.\r])")
SMUGGLED_LIMIT = 10


class DataReader:
    """Content by DATA: takes octets from the front of the engine's buffer until its end."""

    def __init__(self, session: Session, transaction: Transaction) -> None:
        self._session = session
        self._transaction = transaction
        self._limit = session.profile.limits.size
        self._searched = 0
        self._dropped = 0
        self._head = b""

    def take(self, buffer: bytearray) -> Content | None:
        """The event, once the end has come. What was read of the buffer is gone from it."""
        if not buffer:
            return None
        if not self._dropped and buffer.startswith(END[2:]):
            del buffer[:3]
            return self._event(b"")
        found = find_dotted(buffer, END, max(0, self._searched - len(END) + 1))
        if found < 0:
            self._searched = len(buffer)
            self._bound(buffer)
            return None
        wire = front(buffer, found + 2)
        del buffer[: found + len(END)]
        return self._event(wire)

    def cut(self, buffer: bytearray) -> Disconnected:
        """Where the connection was lost, and what had come."""
        if buffer.endswith(b"\n.\n"):
            self._session.note("F-EOD-LF", "content", bytes(buffer[-40:]))
        head = self._head if self._dropped else bytes(buffer[:KEPT])
        return Disconnected("DATA", head, self._dropped + len(buffer))

    def _bound(self, buffer: bytearray) -> None:
        """Over the limit nothing is kept but the beginning, and what may be half an end."""
        tail = len(END) - 1
        if not self._dropped and not self._exceeded(len(buffer) - len(b".\r")):
            return
        if not self._dropped:
            self._head = bytes(buffer[:KEPT])
        self._dropped += len(buffer) - tail
        del buffer[:-tail]
        self._searched = tail

    def _exceeded(self, octets: int) -> bool:
        return bool(self._limit) and octets > self._limit + SLACK

    def _event(self, wire: bytes) -> Content:
        if self._dropped or self._exceeded(len(wire)):
            head = unstuff(self._head or wire[:KEPT])
            return self._refuse(head, self._dropped + len(wire), replies.TOO_BIG)
        dotted = wire[:1] == b"." or find_dotted(wire, b"\r\n.", 0) >= 0
        crlf = has_only_crlf(wire)
        irregular = not crlf or b"\0" in wire
        if dotted or irregular:
            self._note_wire(wire, dotted=dotted, irregular=irregular)
        content = unstuff(wire) if dotted else wire
        refusal = self._refusal(content)
        if refusal is not None:
            return self._refuse(content[:KEPT], len(content), refusal)
        event = ended(self._session, self._transaction, content)
        event.crlf = crlf
        return event

    def _refuse(self, head: bytes, size: int, reply: Reply) -> Content:
        return ended(self._session, self._transaction, head, size=size, refusal=reply)

    def _refusal(self, content: bytes) -> Reply | None:
        limits = self._session.profile.limits
        if self._limit and len(content) > self._limit:
            return replies.TOO_BIG
        if limits.text_line and longest_line(content, limits.text_line) > limits.text_line:
            return replies.TEXT_LINE_TOO_LONG
        if self._session.profile.strict:
            declared = self._transaction.declared_size
            if declared is not None and len(content) > declared:
                return replies.BIGGER_THAN_DECLARED
        return None

    def _note_wire(self, wire: bytes, *, dotted: bool, irregular: bool) -> None:
        """What only the octets on the wire show: dots that were not doubled, smuggled ends.

        ``dotted`` tells that a line begins with a dot, ``irregular`` that there are NUL octets or
        line ends other than CRLF: without any, no end can be smuggled.
        """
        note = self._session.note
        lone = _UNSTUFFED.search(wire) if dotted else None
        if lone is not None:
            count = sum(1 for _ in _UNSTUFFED.finditer(wire))
            note("F-DOT-UNSTUFFED", "content", wire[lone.end() - 1 : lone.end() + 40], count=count)
        for evidence in smuggled(wire) if irregular else ():
            note("F-SMUGGLE", "content", evidence, evidence.decode("latin-1"))


def front(buffer: bytearray, count: int) -> bytes:
    """The first octets; what is large is not copied twice, which takes longer for what is small."""
    if count < LARGE:
        return bytes(buffer[:count])
    with memoryview(buffer) as view:
        return bytes(view[:count])


def find_dotted(octets: bytes | bytearray, mark: bytes, start: int) -> int:
    """Where ``mark``, which has a dot in it, stands first from ``start`` on; else -1.

    A single octet is found 20 times faster than several (0.7 ms a MB), and encoded content has no
    dots: so what is large is searched from dot to dot, as long as they are few.
    """
    if len(octets) - start < LARGE:
        return octets.find(mark, start)
    before = mark.index(b".")
    at = start + before - 1
    for _ in range(FEW_DOTS):
        at = octets.find(b".", at + 1)
        if at < 0:
            return -1
        if octets.startswith(mark, at - before):
            return at - before
    return octets.find(mark, at + 1 - before)


def unstuff(wire: bytes) -> bytes:
    """Content without its transparency dots (RFC 5321 section 4.5.2).

    One dot is taken from every line that begins with one, where a line begins after CRLF only.
    """
    if wire[:1] == b".":
        wire = wire[1:]
    return wire.replace(b"\r\n.", b"\r\n") if b"\r\n." in wire else wire


def smuggled(wire: bytes) -> list[bytes]:
    """The first sequences that some server may take for the end of the message."""
    found = []
    for match in _SMUGGLED.finditer(wire):
        found.append(match[0])
        if len(found) == SMUGGLED_LIMIT:
            break
    return found


def longest_line(content: bytes, floor: int = 0) -> int:
    """Octets of the longest line without its line end, or ``floor`` where none is longer.

    Looks at each line once, and only at those that may be longer than what was found so far.
    """
    longest, start = floor, 0
    while True:
        # Only a line feed further on than the longest line so far can end a longer one.
        end = content.rfind(b"\n", start, start + longest + 1)
        if end >= 0:
            start = end + 1
            continue
        end = content.find(b"\n", start)
        if end < 0:
            return max(longest, len(content) - start)
        longest = max(longest, end - start - (content[end - 1 : end] == b"\r"))
        start = end + 1


def ended(
    session: Session,
    transaction: Transaction,
    content: bytes,
    *,
    size: int | None = None,
    refusal: Reply | None = None,
    chunked: bool = False,
) -> Content:
    """The event for a whole content, with the replies that are due.

    One, or one a recipient in LMTP; or those of PRDR, where the content can be taken.
    """
    lmtp = session.profile.protocol == "lmtp"
    prdr = refusal is None and transaction.prdr and not lmtp
    proposals: tuple[Reply, ...] = (refusal or replies.OK,)
    if lmtp:
        proposals *= len(transaction.recipients)
    elif prdr:
        each = [replies.taken(one.path.address) for one in transaction.recipients]
        proposals = (replies.EACH_RECIPIENT, *each, *proposals)
    octets = len(content) if size is None else size
    return Content(
        content,
        octets,
        transaction.envelope(),
        proposals,
        lmtp=lmtp,
        prdr=prdr,
        chunked=chunked,
        refused=refusal is not None,
        shown=f"{octets} octets of content",
    )
