"""What all connections of a server share: who is connected, the clock, the bounds."""

import asyncio
import secrets
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from typing import Protocol, TypeAlias

from mailtrap.catcher import Catcher, now
from mailtrap.config import Address
from mailtrap.faults.rules import RuleBook
from mailtrap.faults.steps import Bounce, TlsKind
from mailtrap.inboxes.directory import Directory
from mailtrap.inboxes.routes import Routes
from mailtrap.search.patterns import NetworkPattern
from mailtrap.server.arrivals import Arrivals
from mailtrap.server.deadline import Deadline
from mailtrap.server.facts import Facts
from mailtrap.server.held import Held
from mailtrap.server.listener import Listener
from mailtrap.server.outgoing import Outgoing
from mailtrap.server.repeats import Repeats
from mailtrap.server.timeouts import Timeouts
from mailtrap.server.transactions import Transactions
from mailtrap.server.wire import Wire
from mailtrap.store.records import NewMessage, Session

Network: TypeAlias = IPv4Network | IPv6Network

MANY_CONNECTIONS = 120
"""Connections of one peer within a minute from which on it is a finding."""


class Connected(Protocol):
    """A connection, as the registry knows it."""

    def live(self) -> Session:
        """The session as it stands."""

    def shut_down(self, *, now: bool) -> None:
        """End it with a reply: at once, or if nothing is half done."""

    def abort(self) -> None:
        """Drop it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a client comes from. ``connections`` is how many within a minute, if that is many.

    ``nth`` is the number of its session, counted from 1 for the whole server.
    """

    name: str
    trusted: bool
    connections: int = 0
    nth: int = 1


def no_report(bounce: Bounce, message: NewMessage) -> None:
    """Report to nobody: there is no outbox."""
    del bounce, message


class Outages(Protocol):
    """Whoever can have connections refused for a while, or (``silent``) not answered at all."""

    def __call__(self, seconds: float, *, silent: bool) -> None:
        """Begin, unless it is going on already."""


def no_outage(seconds: float, *, silent: bool) -> None:
    """Refuse no connections: there are no listeners."""
    del seconds, silent


def no_context(kind: TlsKind) -> ssl.SSLContext | None:
    """Have no certificate but the listener's."""
    del kind
    return None


class Registry:
    """The open sessions and what they have in common. It belongs to one event loop.

    ``faults`` are the rules that are asked, ``inboxes`` tells what belongs where, ``held`` keeps
    the messages that are stored later. ``report`` sends a bounce later, ``outage`` refuses
    connections for a while, ``tls_fault`` gives the context of a wrong certificate: whoever has the
    outbox, the listeners and the certificates sets them. ``came`` is told of all that is received.
    """

    def __init__(
        self,
        catcher: Catcher,
        *,
        limit: int,
        timeouts: Timeouts,
        trusted: Sequence[Network] = (),
        faults: RuleBook | None = None,
        inboxes: Directory | None = None,
    ) -> None:
        self.catcher = catcher
        self.faults = RuleBook() if faults is None else faults
        self.inboxes = Directory(Routes()) if inboxes is None else inboxes
        self.report: Callable[[Bounce, NewMessage], None] = no_report
        self.outage: Outages = no_outage
        self.held = Held()
        self.tls_fault: Callable[[TlsKind], ssl.SSLContext | None] = no_context
        self._sessions = 0
        self._random = ""
        self.timeouts = timeouts
        self.clock: Callable[[], float] = time.monotonic
        self.stopping = False
        self._limit = limit
        self._trusted = tuple(NetworkPattern(str(network), network) for network in trusted)
        self._open: dict[Connected, None] = {}
        self._empty = asyncio.Event()
        self._empty.set()
        self.repeats = Repeats()
        self.transactions = Transactions()
        self._outgoing = Outgoing()
        self.came = self._outgoing.came
        self._arrivals = Arrivals()

    def __len__(self) -> int:
        return len(self._open)

    def admit(self, connection: Connected) -> bool:
        """Take a connection in; False where there are too many already, or the server stops."""
        if self.stopping or (self._limit and len(self._open) >= self._limit):
            return False
        self._open[connection] = None
        self._empty.clear()
        return True

    def leave(self, connection: Connected) -> None:
        """Forget a connection."""
        self._open.pop(connection, None)
        if not self._open:
            self._empty.set()

    def flush_soon(self, wire: Wire) -> None:
        """Send what is written there: with what others have, or at once where there are none."""
        if len(self._open) > 1:
            self._outgoing.flush_soon(wire)
        else:
            wire.flush()

    async def emptied(self, seconds: float) -> None:
        """Return when nobody is connected, or after so long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._empty.wait(), seconds)

    def live(self) -> Iterable[Session]:
        """The open sessions, newest first."""
        return [connection.live() for connection in reversed(self._open)]

    def connections(self) -> tuple[Connected, ...]:
        """Those that are open."""
        return tuple(self._open)

    def meet(self, listener: Listener, transport: asyncio.BaseTransport) -> tuple[Facts, Origin]:
        """The facts of a new connection, and where it comes from."""
        peer = transport.get_extra_info("peername")
        local = transport.get_extra_info("sockname")
        host = _host(peer)
        facts = Facts(
            session_id=self.catcher.new_id(),
            listener=listener,
            peer=_endpoint(peer, local),
            local=_endpoint(local, local),
            started_at=now(),
        )
        connections = self._arrivals.count(host, self.clock())
        many = connections if connections > MANY_CONNECTIONS else 0
        self._sessions += 1
        return facts, Origin(host or "local", self._trusts(host), many, self._sessions)

    def nonce(self) -> str:
        """Something that was never said before (RFC 2195 section 2)."""
        if not self._random:
            self._random = secrets.token_hex(64 * 12)  # a system call in 64 connections
        drawn, self._random = self._random[:24], self._random[24:]
        return f"{drawn}.{time.time_ns()}"

    def deadline(self, expired: Callable[[], None]) -> Deadline:
        """A deadline for one connection."""
        return Deadline(expired, self.clock)

    def _trusts(self, host: str) -> bool:
        return any(network.matches(host) for network in self._trusted)


def _host(peer: object) -> str:
    """The peer's address, empty on a unix socket."""
    return str(peer[0]) if isinstance(peer, tuple) and peer else ""


def _endpoint(name: object, local: object) -> str:
    """A socket's name as ``host:port``, ``[v6]:port`` or ``unix:path``."""
    if isinstance(name, tuple) and len(name) >= 2:
        host, port = name[:2]
        return str(Address(host, port))
    path = name or local
    return f"unix:{path.decode() if isinstance(path, bytes) else path}"
