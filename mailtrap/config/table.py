"""A row of the option table, and how a dataclass field becomes one."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias, TypeVar, cast

from mailtrap.config.kinds import Kind

T = TypeVar("T")
Group: TypeAlias = Literal[
    "Listen",
    "Store",
    "Inboxes",
    "Limits",
    "Protocol",
    "Authentication",
    "TLS",
    "Faults",
    "HTTP",
    "Bounces",
    "Process",
]

ENVIRONMENT_PREFIX = "MAILTRAP_"


@dataclass(frozen=True, slots=True)
class Option:
    """One row of the table. ``secret`` ones have no flag, ``toml_only`` ones nothing but a key."""

    name: str
    group: Group
    kind: Kind[object]
    default: object
    help: str
    secret: bool = False
    toml_only: bool = False

    @property
    def flag(self) -> str | None:
        """The command line's name for it, such as ``--max-size``."""
        return None if self.secret or self.toml_only else f"--{self.name.replace('_', '-')}"

    @property
    def variable(self) -> str | None:
        """The environment's name for it, such as ``MAILTRAP_MAX_SIZE``."""
        return None if self.toml_only else ENVIRONMENT_PREFIX + self.name.upper()

    @property
    def is_switch(self) -> bool:
        """Whether it is on or off."""
        return self.kind.metavar == ""


def option(kind: Kind[T], default: str, group: Group, text: str, *, secret: bool = False) -> T:
    """A row of the table as a field of Config; ``default`` is written as a user would write it."""
    value = kind.read(default)
    row = {"kind": kind, "group": group, "help": text, "secret": secret, "toml_only": False}
    made: T = field(default=value, repr=not secret, metadata=row)
    return made


def tables(kind: Kind[T], group: Group, text: str) -> T:
    """A row that only TOML can write: an array of tables, empty when left out."""
    row = {"kind": kind, "group": group, "help": text, "secret": False, "toml_only": True}
    return cast("T", field(default=(), metadata=row))
