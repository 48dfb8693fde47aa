"""MT-PRIORITY (RFC 6710): priorities from -9 to 9."""

import re

from mailtrap.smtp import replies
from mailtrap.smtp.extensions.base import Extension
from mailtrap.smtp.params import BadParameterError, ParamContext, needed
from mailtrap.smtp.session import Session

_PRIORITY = re.compile(r"-?[1-9]|0")


def _advertise(session: Session) -> str:
    del session
    return "MT-PRIORITY MIXER"


def _priority(value: str | None, context: ParamContext) -> str:
    """A positive one needs AUTH; else it is lowered, and the reply says so (section 5)."""
    text = needed(value, "-9 to 9")
    if not _PRIORITY.fullmatch(text):
        raise BadParameterError(f"{text[:40]!r} is not -9 to 9", "5.5.2")
    if int(text) > 0 and context.session.identity is None:
        context.reply = replies.PRIORITY_LOWERED
        return "0"
    return text


MT_PRIORITY = Extension(
    keyword="MT-PRIORITY", rfc="6710", advertise=_advertise, mail={"MT-PRIORITY": _priority}
)
