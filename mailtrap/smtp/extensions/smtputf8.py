"""SMTPUTF8 (RFC 6531): addresses and headers in UTF-8."""

from mailtrap.smtp.extensions.base import Extension
from mailtrap.smtp.params import no_value
from mailtrap.smtp.session import Session


def _advertise(session: Session) -> str | None:
    """Section 3.1 item 8: 8BITMIME must stand beside it."""
    return "SMTPUTF8" if session.offers("8BITMIME") else None


SMTPUTF8 = Extension(
    keyword="SMTPUTF8", rfc="6531", advertise=_advertise, mail={"SMTPUTF8": no_value}
)
