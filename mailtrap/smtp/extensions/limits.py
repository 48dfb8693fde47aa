"""LIMITS (RFC 9422): how many recipients and transactions a session may have."""

from mailtrap.smtp.extensions.base import Extension
from mailtrap.smtp.session import Session

_LARGEST = 999_999


def _advertise(session: Session) -> str | None:
    limits = session.profile.limits
    told = (("RCPTMAX", limits.recipients), ("MAILMAX", limits.transactions))
    words = [f"{name}={min(number, _LARGEST)}" for name, number in told if number]
    return " ".join(("LIMITS", *words)) if words else None


LIMITS = Extension(keyword="LIMITS", rfc="9422", advertise=_advertise)
