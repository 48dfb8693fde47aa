"""SIZE (RFC 1870): how large a message may be, and how large the client says it is."""

from mailtrap.smtp import replies
from mailtrap.smtp.extensions.base import Extension
from mailtrap.smtp.params import BadParameterError, ParamContext, needed
from mailtrap.smtp.session import Session


def _advertise(session: Session) -> str:
    return f"SIZE {session.profile.limits.size}"


def _size(value: str | None, context: ParamContext) -> str:
    """The declared size; one over the limit is refused at once (section 6.1)."""
    digits = needed(value, "1 to 20 digits")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 20):
        raise BadParameterError(f"{digits[:40]!r} is not 1 to 20 digits")
    limit = context.session.profile.limits.size
    if limit and int(digits) > limit:
        context.reply = replies.TOO_BIG
    return str(int(digits))


SIZE = Extension(keyword="SIZE", rfc="1870", advertise=_advertise, mail={"SIZE": _size})
