"""The values that options are made of, as frozen records."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Protocol: TypeAlias = Literal["smtp", "lmtp"]
TlsMode: TypeAlias = Literal["none", "starttls", "implicit"]
AuthMode: TypeAlias = Literal["off", "optional", "required"]
ProfileName: TypeAlias = Literal["none", "gmail", "microsoft365", "yahoo", "ses", "postfix", "exim"]


class ConfigError(Exception):
    """A mistake in the configuration: one sentence that says where it is and what is allowed."""


@dataclass(frozen=True, slots=True)
class Address:
    """A TCP address; ``host`` has no brackets, port 0 lets the system choose.

    ``optional`` marks the IPv6 half of a shorthand such as ``:1025``: where the machine has no
    IPv6 it is left out without complaint. Both halves of a shorthand with port 0 want one port.
    """

    host: str
    port: int
    optional: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class UnixAddress:
    """A socket in the file system; ``path`` is absolute."""

    path: str

    def __str__(self) -> str:
        return f"unix:{self.path}"


Endpoint: TypeAlias = Address | UnixAddress


@dataclass(frozen=True, slots=True)
class User:
    """A name and password that AUTH is checked against."""

    name: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenerTable:
    """One ``[[listener]]`` table as it was written; None takes the general option's value."""

    name: str
    protocol: Protocol = "smtp"
    address: tuple[Endpoint, ...] = ()
    tls: TlsMode = "none"
    auth: AuthMode = "optional"
    inbox: str | None = None
    strict: bool | None = None
    advertise: tuple[str, ...] | None = None
    hide: tuple[str, ...] | None = None
    max_size: int | None = None
    max_recipients: int | None = None
    profile: ProfileName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxTable:
    """One ``[[inbox]]`` table: its patterns as they were written, and its limits (0 means none)."""

    name: str
    rcpt: tuple[str, ...] = ()
    auth: tuple[str, ...] = ()
    helo: tuple[str, ...] = ()
    ip: tuple[str, ...] = ()
    header: tuple[tuple[str, str], ...] = ()
    max_messages: int = 0
    max_octets: int = 0
    max_age: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """One mail listener with all that applies to it.

    ``inbox`` None means the default routing. ``advertise`` holds whole EHLO lines to add, ``hide``
    the upper-case keywords to leave out. ``max_size`` is in octets, 0 means no limit. ``profile``
    names the server whose words are spoken; LMTP has none.
    """

    name: str
    protocol: Protocol
    addresses: tuple[Endpoint, ...]
    tls: TlsMode = "none"
    auth: AuthMode = "optional"
    inbox: str | None = None
    strict: bool = False
    advertise: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    max_size: int = 0
    max_recipients: int = 10_000
    profile: ProfileName = "none"
