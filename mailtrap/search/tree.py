"""What a search asks for, as a tree. Made by the parser, read by the matcher and by the store."""

from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network
from typing import Literal, TypeAlias

from mailtrap.search.document import Field

Mode: TypeAlias = Literal["contains", "equals", "glob", "regex"]
"""How a value is looked for in the lines of a text: anywhere; as a whole line; as a whole line
with ``*`` and ``?``; as a regular expression anywhere in a line, in any case."""


@dataclass(frozen=True, slots=True)
class Text:
    """One of ``fields`` has this value. ``value`` is folded already, but for a regex.

    ``written`` is the value before it was folded, to be told to people.
    """

    fields: tuple[Field, ...]
    mode: Mode
    value: str
    written: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Header:
    """A header field of this name (lower case) is there; with ``value`` not None, one has it.

    ``value`` and ``written`` are as those of Text.
    """

    name: str
    mode: Mode = "contains"
    value: str | None = None
    written: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Network:
    """The peer's address is in it."""

    network: IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Size:
    """The raw octets are at least and at most so many; None does not matter."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """Received at ``since`` or later, and before ``until``; None does not matter."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """Was read, or was not."""

    value: bool


@dataclass(frozen=True, slots=True)
class Tagged:
    """Has this tag (compared folded), or with None any."""

    name: str | None = None


@dataclass(frozen=True, slots=True)
class InInbox:
    """Is in this inbox."""

    name: str


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """Every one; with none of them, everything."""

    nodes: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """At least one."""

    nodes: tuple["Node", ...]


Node: TypeAlias = (
    Text | Header | Network | Size | Received | Read | Tagged | InInbox | Not | All | Any
)

EVERYTHING = All()
"""Asks for nothing in particular."""
