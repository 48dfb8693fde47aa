"""What an extension is: one EHLO keyword, its parameters and its verbs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mailtrap.smtp.commands import Verb
from mailtrap.smtp.greeting import Capability
from mailtrap.smtp.params import ParamParser
from mailtrap.smtp.session import Session


@dataclass(frozen=True, slots=True)
class Extension:
    """One service extension (RFC 5321 section 2.2).

    ``advertise`` gives its line in the reply to EHLO, or None where it has none just now; it is
    asked only where the profile offers ``keyword``. Parameters and verbs are understood always,
    since accepting comes first; whether they were offered is a finding.
    """

    keyword: str
    rfc: str
    advertise: Capability
    mail: Mapping[str, ParamParser] = field(default_factory=dict)
    rcpt: Mapping[str, ParamParser] = field(default_factory=dict)
    verbs: tuple[Verb, ...] = ()

    def capability(self, session: Session) -> str | None:
        """The EHLO line, where the profile offers it."""
        return self.advertise(session) if session.offers(self.keyword) else None


def bare(keyword: str) -> Capability:
    """For an extension whose EHLO line is its keyword alone."""

    def advertise(session: Session) -> str:
        del session
        return keyword

    return advertise
