"""A profile: the data that makes an engine SMTP, submission or LMTP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from mailtrap.smtp.persona import Persona

Protocol: TypeAlias = Literal["smtp", "lmtp"]
AuthPolicy: TypeAlias = Literal["off", "optional", "required"]
TlsMode: TypeAlias = Literal["none", "starttls", "implicit"]

EVERYDAY = frozenset({
    "PIPELINING", "SIZE", "8BITMIME", "SMTPUTF8", "DSN", "ENHANCEDSTATUSCODES", "CHUNKING",
    "BINARYMIME", "AUTH", "HELP",
})  # fmt: skip
"""What the default profile advertises: all that keeps every real client working."""

OPEN_MECHANISMS = ("PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER")
"""Offered where any credentials do. Clients prefer CRAM-MD5, which would hide the password."""

CHECKED_MECHANISMS = (
    "PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256", "XOAUTH2", "OAUTHBEARER",
)  # fmt: skip
"""Offered where users are configured: SCRAM's server has to know the password."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what one session may make grow; 0 means none. Sizes are octets.

    ``line`` is a command line, ``auth_line`` a line of an AUTH exchange, ``text_line`` a line of
    content; ``commands`` are commands since the last message.
    """

    size: int = 50 * 1024 * 1024
    line: int = 65_536
    auth_line: int = 65_536
    text_line: int = 0
    recipients: int = 10_000
    transactions: int = 0
    commands: int = 10_000
    errors: int = 0


@dataclass(frozen=True, slots=True)
class Profile:
    """How a server speaks on one listener.

    ``extensions`` are the EHLO keywords that are offered, ``extra_lines`` more lines of EHLO that
    nothing stands behind. ``users`` maps names to passwords; None
    accepts any credentials. ``directory`` maps addresses to full names, and ``lists`` names to
    addresses: where given, VRFY and EXPN answer from them. ``persona`` is whose words are spoken;
    what is offered, and the limits, are still the profile's.
    """

    protocol: Protocol = "smtp"
    hostname: str = "mailtrap.local"
    extensions: frozenset[str] = EVERYDAY
    extra_lines: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = OPEN_MECHANISMS
    users: Mapping[str, str] | None = None
    auth: AuthPolicy = "optional"
    tls: TlsMode = "none"
    tls_required: bool = False
    strict: bool = False
    limits: Limits = field(default_factory=Limits)
    directory: Mapping[str, str] | None = None
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    persona: Persona | None = None
