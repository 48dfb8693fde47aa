"""From configuration to profiles."""

from mailtrap.config import Config, Listener
from mailtrap.smtp.extensions import ALL
from mailtrap.smtp.profile import CHECKED_MECHANISMS, EVERYDAY, OPEN_MECHANISMS, Limits, Profile

STRICT_ERRORS = 20
"""Errors in a row that a strict server bears."""

_KEYWORDS = {extension.keyword for extension in ALL}
_TRUSTED = frozenset({"XCLIENT", "XFORWARD"})


def profile_of(listener: Listener, config: Config) -> Profile:
    """How one speaks on a listener."""
    users = {user.name: user.password for user in config.users} or None
    known = {line.upper() for line in listener.advertise} & _KEYWORDS
    extensions = EVERYDAY | known
    if listener.tls == "starttls":
        extensions |= {"STARTTLS"}
    if listener.tls != "none":
        extensions |= {"REQUIRETLS"}
    if config.trusted:
        extensions |= _TRUSTED
    if listener.auth == "off":
        extensions -= {"AUTH"}
    return Profile(
        protocol=listener.protocol,
        hostname=config.hostname,
        extensions=extensions - {keyword.upper() for keyword in listener.hide},
        extra_lines=tuple(line for line in listener.advertise if line.upper() not in _KEYWORDS),
        mechanisms=CHECKED_MECHANISMS if users else OPEN_MECHANISMS,
        users=users,
        auth=listener.auth,
        tls=listener.tls,
        strict=listener.strict,
        limits=Limits(
            size=listener.max_size,
            line=config.max_line,
            recipients=listener.max_recipients,
            commands=config.max_commands,
            errors=STRICT_ERRORS if listener.strict else 0,
        ),
    )
