"""Mail listeners: the services that have an option of their own, and TOML's ``[[listener]]``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from mailtrap.config.addresses import LOCAL_ENDPOINTS
from mailtrap.config.arrays import read_array
from mailtrap.config.kinds import (
    EHLO_LINES,
    KEYWORDS,
    SIZE,
    SWITCH,
    Kind,
    choice,
    count,
    quoted,
    read_text,
)
from mailtrap.config.records import AuthMode, ListenerTable, ProfileName, Protocol, TlsMode

LISTENERS_LIMIT = 100
PROFILES: Kind[ProfileName] = choice(
    "none", "gmail", "microsoft365", "yahoo", "ses", "postfix", "exim"
)


@dataclass(frozen=True, slots=True)
class Service:
    """A kind of listener that has an option: the option's name and what it stands for."""

    name: str
    protocol: Protocol
    tls: TlsMode
    auth: AuthMode


SERVICES = (
    Service("smtp", "smtp", "none", "optional"),
    Service("starttls", "smtp", "starttls", "optional"),
    Service("smtps", "smtp", "implicit", "optional"),
    Service("submission", "smtp", "starttls", "required"),
    Service("submissions", "smtp", "implicit", "required"),
    Service("lmtp", "lmtp", "none", "optional"),
)


def read_name(value: object) -> str:
    """A name of at most 64 letters, digits, dots, hyphens and underscores."""
    text = read_text(value)
    plain = text.replace("-", "").replace("_", "").replace(".", "")
    if not plain.isascii() or not plain.isalnum() or len(text) > 64:
        raise ValueError(
            f"{quoted(value)} is not a name; 1 to 64 letters, digits, dots, hyphens, underscores"
        )
    return text


COLUMNS: Mapping[str, Callable[[object], object]] = MappingProxyType(
    {
        "name": read_name,
        "protocol": choice("smtp", "lmtp").read,
        "address": LOCAL_ENDPOINTS.read,
        "tls": choice("none", "starttls", "implicit").read,
        "auth": choice("off", "optional", "required").read,
        "inbox": read_name,
        "strict": SWITCH.read,
        "advertise": EHLO_LINES.read,
        "hide": KEYWORDS.read,
        "max_size": SIZE.read,
        "max_recipients": count(1, 1_000_000).read,
        "profile": PROFILES.read,
    }
)
"""The keys of a ``[[listener]]`` table and how each is read."""


def read_tables(value: object) -> tuple[ListenerTable, ...]:
    """An array of ``[[listener]]`` tables. Raises ValueError."""
    needed = ("name", "address")
    return read_array(
        value, "listener", COLUMNS, ListenerTable, needed=needed, most=LISTENERS_LIMIT
    )


def _show(tables: tuple[ListenerTable, ...]) -> str:
    return ",".join(table.name for table in tables)


TABLES: Kind[tuple[ListenerTable, ...]] = Kind("", read_tables, _show, repeatable=True)
