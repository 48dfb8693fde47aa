"""HELP, VRFY and EXPN as keywords of EHLO (RFC 5321 section 4.1.1.1); the verbs are core."""

from mailtrap.smtp.extensions.base import Extension, bare
from mailtrap.smtp.session import Session


def _expand(session: Session) -> str | None:
    """Never list what is answered with 502 (RFC 5321 section 4.2.4): only with a directory."""
    return None if session.profile.directory is None else "EXPN"


HELP = Extension(keyword="HELP", rfc="5321", advertise=bare("HELP"))
VRFY = Extension(keyword="VRFY", rfc="5321", advertise=bare("VRFY"))
EXPN = Extension(keyword="EXPN", rfc="5321", advertise=_expand)
