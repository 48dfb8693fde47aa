"""The envelope of a mail transaction (RFC 5321 section 2.3.1): paths and their parameters."""

from dataclasses import dataclass, field
from typing import TypeAlias

Params: TypeAlias = dict[str, str | None]
"""ESMTP parameters by upper-case keyword; the decoded value, or None where there was no ``=``."""


@dataclass(frozen=True, slots=True)
class Path:
    """A reverse-path or forward-path (RFC 5321 section 4.1.2).

    ``address`` is the canonical mailbox: minimal quoting, no source route; empty for ``<>``.
    ``local`` is the local part unquoted; ``domain`` as written, an address literal with its
    brackets, empty where there was none. ``route`` holds the source route's domains.
    Octets that are not UTF-8 are kept as surrogate escapes.
    """

    address: str
    local: str = ""
    domain: str = ""
    route: tuple[str, ...] = ()


NULL_PATH = Path("")
"""The null reverse-path ``<>`` (RFC 5321 section 4.5.5)."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One accepted forward-path with the parameters of its RCPT command."""

    path: Path
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What MAIL and RCPT said: kept beside the message, never edited into it."""

    reverse_path: Path
    params: Params = field(default_factory=dict)
    recipients: tuple[Recipient, ...] = ()
