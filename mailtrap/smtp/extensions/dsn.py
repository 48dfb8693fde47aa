"""DSN (RFC 3461): what the sender wants to be told. Kept in the envelope."""

from mailtrap.smtp.extensions.base import Extension, bare
from mailtrap.smtp.mailbox import Note
from mailtrap.smtp.params import BadParameterError, ParamContext, choice, decode_xtext, needed

_EVENTS = ("SUCCESS", "FAILURE", "DELAY")
_ADDRESS_TYPES = ("rfc822", "utf-8")


def _envid(value: str | None, context: ParamContext) -> str:
    text = needed(value, "xtext of at most 100 characters")
    if len(text) > 100:
        raise BadParameterError(f"{len(text)} characters, at most 100")
    return decode_xtext(text, context)


def _notify(value: str | None, context: ParamContext) -> str:
    """Section 4.1: NEVER alone, or any of the three."""
    del context
    words = needed(value, "NEVER or a list of SUCCESS, FAILURE, DELAY").upper().split(",")
    if words == ["NEVER"]:
        return "NEVER"
    wrong = [word for word in words if word not in _EVENTS]
    if wrong:
        raise BadParameterError(f"{wrong[0]!r} does not go with NEVER, SUCCESS, FAILURE, DELAY")
    return ",".join(words)


def _orcpt(value: str | None, context: ParamContext) -> str:
    """Section 4.2: at submission it must name the recipient itself."""
    kind, semicolon, text = needed(value, "type;xtext").partition(";")
    if not semicolon or not kind or not text:
        raise BadParameterError(f"{value!r} is not type;xtext")
    if len(text) > 500:
        raise BadParameterError(f"{len(text)} characters, at most 500")
    address = decode_xtext(text, context)
    if kind.lower() in _ADDRESS_TYPES and address.lower() != context.address.lower():
        context.notes.append(Note("F-ORCPT-MISMATCH"))
    return f"{kind};{address}"


DSN = Extension(
    keyword="DSN",
    rfc="3461",
    advertise=bare("DSN"),
    mail={"RET": choice("FULL", "HDRS"), "ENVID": _envid},
    rcpt={"NOTIFY": _notify, "ORCPT": _orcpt},
)
