"""XFORWARD (Postfix): where a forwarded message came from, for the record only."""

from mailtrap.smtp import replies
from mailtrap.smtp.commands import Verb
from mailtrap.smtp.events import Command
from mailtrap.smtp.extensions.attributes import read_attributes
from mailtrap.smtp.extensions.base import Extension
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.session import Session
from mailtrap.smtp.state import IDLE, IN_TRANSACTION

_NAMES = ("NAME", "ADDR", "PORT", "PROTO", "HELO", "IDENT", "SOURCE")


def _advertise(session: Session) -> str | None:
    return " ".join(("XFORWARD", *_NAMES)) if session.trusted else None


def _propose(session: Session, command: Command, argument: str) -> Reply:
    if not (session.trusted and session.offers("XFORWARD")):
        return replies.NOT_TRUSTED
    attributes = read_attributes(session, command, argument, _NAMES)
    if attributes is None:
        return replies.syntax("XFORWARD NAME=value ...")
    command.params.update(attributes)
    return replies.OK


def _settled(session: Session, command: Command, reply: Reply) -> None:
    """They hold until the end of the next transaction; the first one blanks all others."""
    del reply
    if not session.xforward:
        session.xforward = dict.fromkeys(_NAMES, "")
    session.xforward.update({name: value or "" for name, value in command.params.items()})


XFORWARD = Extension(
    keyword="XFORWARD",
    rfc="",
    advertise=_advertise,
    verbs=(
        Verb(
            name="XFORWARD",
            syntax="XFORWARD NAME=value ...",
            stage="unknown",
            propose=_propose,
            keyword="XFORWARD",
            refused=dict.fromkeys(IN_TRANSACTION, replies.XCLIENT_IN_TRANSACTION),
            completes={state: state for state in IDLE},
            settled=_settled,
        ),
    ),
)
