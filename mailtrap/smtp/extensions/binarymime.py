"""BINARYMIME (RFC 3030 section 3): content of any octets, by BDAT only."""

from mailtrap.smtp.extensions.base import Extension
from mailtrap.smtp.session import Session


def _advertise(session: Session) -> str | None:
    """Only beside CHUNKING, without which it could not be used."""
    return "BINARYMIME" if session.offers("CHUNKING") else None


BINARYMIME = Extension(keyword="BINARYMIME", rfc="3030", advertise=_advertise)
