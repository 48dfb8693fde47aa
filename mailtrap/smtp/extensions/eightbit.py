"""8BITMIME (RFC 6152): content with octets over 127. It owns the BODY parameter."""

from mailtrap.smtp import replies
from mailtrap.smtp.extensions.base import Extension, bare
from mailtrap.smtp.mailbox import Note
from mailtrap.smtp.params import ParamContext, choice

_body = choice("7BIT", "8BITMIME", "BINARYMIME")


def _parse(value: str | None, context: ParamContext) -> str | None:
    """BINARYMIME is a value that another extension adds (RFC 3030 section 3)."""
    body = _body(value, context)
    if body == "BINARYMIME" and not context.session.offers("BINARYMIME"):
        context.notes.append(Note("F-PARAM-UNKNOWN", ("BODY=BINARYMIME",)))
        if context.session.profile.strict:
            context.reply = replies.BINARYMIME_NOT_OFFERED
    return body


EIGHTBITMIME = Extension(
    keyword="8BITMIME", rfc="6152", advertise=bare("8BITMIME"), mail={"BODY": _parse}
)
