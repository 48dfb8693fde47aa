"""NAME=xtext pairs, as Postfix's XCLIENT and XFORWARD have them."""

from mailtrap.smtp.events import Command
from mailtrap.smtp.params import BadParameterError, ParamContext, decode_xtext
from mailtrap.smtp.session import Session

UNAVAILABLE = ("[UNAVAILABLE]", "[TEMPUNAVAIL]")


def read_attributes(
    session: Session, command: Command, argument: str, allowed: tuple[str, ...]
) -> dict[str, str] | None:
    """The attributes by upper-case name; an unavailable one is empty. None: malformed."""
    context = ParamContext(session, "", command.stage, {})
    attributes = {}
    for word in argument.split():
        name, equals, value = word.partition("=")
        if not equals or name.upper() not in allowed:
            return None
        try:
            text = decode_xtext(value, context)
        except BadParameterError:
            return None
        attributes[name.upper()] = "" if text.upper() in UNAVAILABLE else text
    session.note_all(context.notes, command.stage, argument)
    return attributes or None
