"""From configuration to profiles."""

from mailtrap.config import Config, Listener
from mailtrap.smtp.extensions import ALL
from mailtrap.smtp.persona import Persona
from mailtrap.smtp.personas import PERSONAS
from mailtrap.smtp.profile import CHECKED_MECHANISMS, EVERYDAY, OPEN_MECHANISMS, Limits, Profile

STRICT_ERRORS = 20
"""Errors in a row that a strict server bears."""

_KEYWORDS = {extension.keyword for extension in ALL}
_TRUSTED = frozenset({"XCLIENT", "XFORWARD"})
_DEFAULT = Config()


def profile_of(listener: Listener, config: Config) -> Profile:
    """How one speaks on a listener."""
    users = {user.name: user.password for user in config.users} or None
    persona = PERSONAS.get(listener.profile)
    return Profile(
        protocol=listener.protocol,
        hostname=config.hostname,
        extensions=_extensions(listener, config, persona),
        extra_lines=tuple(line for line in listener.advertise if line.upper() not in _KEYWORDS),
        mechanisms=_mechanisms(persona, checked=users is not None),
        users=users,
        auth=listener.auth,
        tls=listener.tls,
        strict=listener.strict,
        limits=_limits(listener, config, persona),
        persona=persona,
    )


def _extensions(listener: Listener, config: Config, persona: Persona | None) -> frozenset[str]:
    """What is offered; never STARTTLS where there is no certificate to do it with."""
    known = {line.upper() for line in listener.advertise} & _KEYWORDS
    offered = (frozenset(persona.ehlo) - {"STARTTLS"} if persona else EVERYDAY) | known
    if listener.tls == "starttls":
        offered |= {"STARTTLS"}
    if listener.tls != "none" and persona is None:
        offered |= {"REQUIRETLS"}
    if config.trusted:
        offered |= _TRUSTED
    if listener.auth == "off":
        offered -= {"AUTH"}
    return offered - {keyword.upper() for keyword in listener.hide}


def _mechanisms(persona: Persona | None, *, checked: bool) -> tuple[str, ...]:
    if persona is not None:
        return persona.mechanisms
    return CHECKED_MECHANISMS if checked else OPEN_MECHANISMS


def _limits(listener: Listener, config: Config, persona: Persona | None) -> Limits:
    """The configured limits; where these are the defaults, the persona's."""
    size, recipients = listener.max_size, listener.max_recipients
    if persona is not None:
        size = persona.size if size == _DEFAULT.max_size else size
        recipients = persona.recipients if recipients == _DEFAULT.max_recipients else recipients
    return Limits(
        size=size,
        line=config.max_line,
        recipients=recipients,
        transactions=persona.transactions if persona else 0,
        commands=config.max_commands,
        errors=STRICT_ERRORS if listener.strict else 0,
    )
