"""Parameters of extensions that are never offered: they are read and written down."""

from collections.abc import Mapping

from mailtrap.smtp.extensions.base import Extension, bare
from mailtrap.smtp.mailbox import Note
from mailtrap.smtp.params import ParamContext, ParamParser, decode_xtext, needed, no_value, recorded


def _xtext(value: str | None, context: ParamContext) -> str:
    return decode_xtext(needed(value, "xtext"), context)


def _obsolete(keyword: str) -> ParamParser:
    """Of UTF8SMTP (RFC 5336), which RFC 6531 replaced."""

    def parse(value: str | None, context: ParamContext) -> str:
        context.notes.append(Note("F-OBSOLETE-EXT", (keyword,)))
        return _xtext(value, context)

    return parse


_NEVER: tuple[tuple[str, str, Mapping[str, ParamParser], Mapping[str, ParamParser]], ...] = (
    ("MTRK", "3885", {"MTRK": recorded}, {}),
    ("SUBMITTER", "4405", {"SUBMITTER": _xtext}, {}),
    ("CHECKPOINT", "1845", {"TRANSID": recorded}, {}),
    ("NO-SOLICITING", "3865", {"SOLICIT": recorded}, {}),
    ("CONPERM", "4141", {"CONPERM": no_value}, {}),
    ("CONNEG", "4141", {}, {"CONNEG": no_value}),
    ("VERP", "", {"XVERP": recorded, "VERP": recorded}, {}),
    (
        "UTF8SMTP",
        "5336",
        {"ALT-ADDRESS": _obsolete("ALT-ADDRESS")},
        {"ALT-ADDRESS": _obsolete("ALT-ADDRESS")},
    ),
)

RECORDED: tuple[Extension, ...] = tuple(
    Extension(keyword=keyword, rfc=rfc, advertise=bare(keyword), mail=mail, rcpt=rcpt)
    for keyword, rfc, mail, rcpt in _NEVER
)
