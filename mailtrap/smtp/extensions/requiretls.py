"""REQUIRETLS (RFC 8689): this message must go by TLS all the way."""

from mailtrap.smtp import replies
from mailtrap.smtp.extensions.base import Extension
from mailtrap.smtp.mailbox import Note
from mailtrap.smtp.params import ParamContext, no_value
from mailtrap.smtp.session import Session


def _advertise(session: Session) -> str | None:
    """Only within TLS (section 2)."""
    return "REQUIRETLS" if session.tls else None


def _requiretls(value: str | None, context: ParamContext) -> str | None:
    no_value(value, context)
    if not context.session.tls:
        context.notes.append(Note("F-REQUIRETLS-CLEAR"))
        if context.session.profile.strict:
            context.reply = replies.NEED_STARTTLS_FOR_REQUIRETLS
    return None


REQUIRETLS = Extension(
    keyword="REQUIRETLS", rfc="8689", advertise=_advertise, mail={"REQUIRETLS": _requiretls}
)
