"""Messages that come again: what a client does that retries after a lost 250 (RFC 1047)."""

import re
from collections import OrderedDict
from hashlib import blake2b

from mailtrap.smtp.envelope import Envelope

WINDOW = 600.0
"""Seconds in which the same message is a repetition."""

REMEMBERED = 4_096
HEADER_OCTETS = 65_536

_USUAL = (b"\nMessage-ID:", b"\nMessage-Id:", b"\nMessage-id:", b"\nmessage-id:")
_MESSAGE_ID = re.compile(rb"(?im)^Message-ID:[ \t]*(?:\r?\n[ \t]+)?(<[^\r\n]{1,500}>)")


class Repeats:
    """Remembers the newest messages by Message-ID, or by content where there is none."""

    def __init__(self) -> None:
        self._seen: OrderedDict[tuple[bytes, int], tuple[float, int]] = OrderedDict()

    def count(self, content: bytes, envelope: Envelope, now: float) -> int:
        """How often this message came to these recipients within ten minutes, with this time.

        The same message to somebody else is no repetition: many send one copy a recipient.
        """
        found = _message_id(content)
        name = found[1] if found else blake2b(content, digest_size=16).digest()
        key = (name, hash(tuple([recipient.path.address for recipient in envelope.recipients])))
        at, times = self._seen.pop(key, (now, 0))
        if now - at > WINDOW:
            times = 0
        self._seen[key] = (now, times + 1)
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return times + 1


def _message_id(content: bytes) -> re.Match[bytes] | None:
    """The field; looked for as it is usually spelled first, for the expression takes 10 µs."""
    for usual in _USUAL:
        at = content.find(usual, 0, HEADER_OCTETS)
        found = _MESSAGE_ID.match(content, at + 1, HEADER_OCTETS) if at >= 0 else None
        if found is not None:
            return found
    return _MESSAGE_ID.search(content, 0, HEADER_OCTETS)
