"""The directory of inboxes: who opened which, and which of them a message belongs to.

The order is: the listener's own inbox, then what AUTH told, a header field, EHLO and the peer's
address, and only then each recipient by itself. What nothing claims is in ``default``.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from zlib import crc32

from mailtrap.inboxes.names import (
    InboxError,
    address_of,
    checked,
    of_address,
    of_text,
)
from mailtrap.inboxes.records import Inbox, Match, Party
from mailtrap.inboxes.routes import Routes, by_recipient
from mailtrap.search.patterns import TextPattern
from mailtrap.store.records import DEFAULT_INBOX

MOST = 10_000
"""Inboxes that can be open at once."""

LOCAL_LIMIT = 64
"""Octets of a local part (RFC 5321 4.5.3.1.1)."""

CUT = 48
"""Characters of a name that are told in its address, where not all of them can be."""

HEADER_OCTETS = 65_536
"""Octets of a message in which a header field is looked for."""

_ENDS_OF_HEADER = (b"\n\r\n", b"\n\n")


class Directory:
    """Every inbox that somebody opened, by name."""

    def __init__(
        self,
        routes: Routes,
        inboxes: Iterable[Inbox] = (),
    ) -> None:
        self.routes = routes
        self._inboxes: dict[str, Inbox] = {}
        self._addressed: dict[str, str] = {}
        self._rules: tuple[Inbox, ...] = ()
        self._fields = _fields(routes.headers)
        self._needles = tuple(b"\n" + name.lower().encode("ascii") for name in routes.headers)
        for inbox in inboxes:
            self.put(inbox)

    def __len__(self) -> int:
        return len(self._inboxes)

    def get(self, name: str) -> Inbox | None:
        """An inbox that was opened."""
        return self._inboxes.get(name)

    def all(self) -> tuple[Inbox, ...]:
        """All of them, in the order in which they were opened."""
        return tuple(self._inboxes.values())

    def put(self, inbox: Inbox) -> None:
        """Open an inbox, or have another in its place. Raises InboxError where there are too many.

        Patterns are asked in the order in which their inboxes were opened.
        """
        if checked(inbox.name) not in self._inboxes and len(self._inboxes) >= MOST:
            raise InboxError("name", f"there are {MOST} inboxes open already; delete some")
        self._inboxes[inbox.name] = inbox
        self._address(inbox)
        self._sort()

    def touch(self, name: str, opened_at: int) -> Inbox:
        """Open anew one that is there: only what comes from now on is new in it."""
        inbox = replace(self._inboxes[name], opened_at=opened_at)
        self.put(inbox)
        return inbox

    def forget(self, name: str) -> Inbox | None:
        """Forget an inbox; the one that it was."""
        inbox = self._inboxes.pop(name, None)
        if inbox is not None:
            self._addressed.pop(self._local(inbox), None)
        self._sort()
        return inbox

    def address_for(self, name: str) -> str:
        """An address that leads to this inbox, and to no other, as soon as it is open."""
        address = address_of(name, self.routes.domain)
        holder = self.of_recipient(address)
        is_free = holder == name or holder not in self._inboxes
        if is_free and address.find("@") <= LOCAL_LIMIT:
            return address
        return address_of(f"{name[:CUT]}-{crc32(name.encode()):08x}", self.routes.domain)

    def expired(self, now: datetime) -> tuple[Inbox, ...]:
        """Those whose time is over."""
        return tuple(i for i in self.all() if i.expires_at is not None and i.expires_at <= now)

    def next_expiry(self) -> datetime | None:
        """When the next of them will be over."""
        times = [i.expires_at for i in self._inboxes.values() if i.expires_at is not None]
        return min(times, default=None)

    def of_party(self, party: Party, content: bytes | None = None) -> str | None:
        """The inbox of everything that this party sends, None where its recipients decide.

        ``content`` is the message, where there is one: a header field of it may name the inbox.
        """
        return (
            party.inbox
            or self._by("auth", party.auth)
            or (self._of_header(content) if content is not None else None)
            or self._by("helo", party.helo)
            or self._by("ip", party.ip)
        )

    def of_recipient(self, address: str) -> str:
        """The inbox of a recipient."""
        name = of_address(address, self.routes.domain)
        if name is not None:
            return self._addressed.get(name, name)
        for inbox in self._rules:
            if any(pattern.matches(address) for pattern in inbox.match.rcpt):
                return inbox.name
        return of_text(by_recipient(address, self.routes.kinds)) or DEFAULT_INBOX

    def of_message(
        self, party: Party, recipients: Sequence[str], content: bytes | None = None
    ) -> tuple[str, ...]:
        """Every inbox that a message is in, each once: one, or what its recipients say."""
        return self.of_recipients(self.of_party(party, content), recipients)

    def of_recipients(self, whole: str | None, recipients: Sequence[str]) -> tuple[str, ...]:
        """The inboxes of a message that is in ``whole``, or (None) in those of its recipients."""
        if whole is not None:
            return (whole,)
        if len(recipients) == 1:
            return (self.of_recipient(recipients[0]),)
        return tuple(dict.fromkeys(map(self.of_recipient, recipients))) or (DEFAULT_INBOX,)

    def _by(self, fact: str, value: str | None) -> str | None:
        """The inbox that a fact of the party decides for: by a pattern, by name, or by a route."""
        if not value:
            return None
        for inbox in self._rules:
            if any(pattern.matches(value) for pattern in _patterns(inbox.match, fact)):
                return inbox.name
        if fact == "auth" and value in self._inboxes:
            return value
        return of_text(value) if fact in self.routes.kinds else None

    def _of_header(self, content: bytes) -> str | None:
        block = _header_block(content)
        for inbox in self._rules:
            if any(_has_field(block, name, pattern) for name, pattern in inbox.match.header):
                return inbox.name
        # Nearly no message has such a field: to look for its name as plain octets takes 1 µs, the
        # expression 30.
        folded = b"\n" + block.lower()
        for needle in self._needles:
            if needle in folded:
                break
        else:
            return None
        found = self._fields.search(block)
        return of_text(found[1].decode("ascii", "replace")) if found else None

    def _address(self, inbox: Inbox) -> None:
        """Have its address lead to an inbox that the name in that address is not the name of."""
        local = self._local(inbox)
        if local != inbox.name:
            self._addressed[local] = inbox.name

    def _local(self, inbox: Inbox) -> str:
        return of_address(inbox.address, self.routes.domain) or inbox.name

    def _sort(self) -> None:
        self._rules = tuple(i for i in self._inboxes.values() if i.match != Match())


def _header_block(content: bytes) -> bytes:
    """The header of a message, without its last line end."""
    end = HEADER_OCTETS
    for mark in _ENDS_OF_HEADER:
        at = content.find(mark, 0, end)
        end = at if at >= 0 else end
    return content[:end]


def _patterns(match: Match, fact: str) -> Iterable[TextPattern]:
    return getattr(match, fact)  # type: ignore[no-any-return]  # a field of Match by its name


def _fields(names: Iterable[str]) -> re.Pattern[bytes]:
    """The first field of these names, its value as group 1."""
    told = b"|".join(re.escape(name.encode("ascii")) for name in names)
    return re.compile(rb"(?:\A|(?<=\n))(?:" + told + rb")[ \t]*:[ \t]*([^\r\n]*)", re.IGNORECASE)


def _has_field(block: bytes, name: str, pattern: TextPattern) -> bool:
    return any(
        pattern.matches(found[1].decode("utf-8", "replace").strip())
        for found in _fields([name]).finditer(block)
    )
