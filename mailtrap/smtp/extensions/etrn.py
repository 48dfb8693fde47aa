"""ETRN (RFC 1985): asks for a queue to be started. Nothing is queued here; the wish is noted."""

from mailtrap.smtp import replies
from mailtrap.smtp.commands import Verb
from mailtrap.smtp.events import Command
from mailtrap.smtp.extensions.base import Extension, bare
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.session import Session
from mailtrap.smtp.state import IN_TRANSACTION, State


def _propose(session: Session, command: Command, argument: str) -> Reply:
    command.value = argument
    if not session.offers("ETRN"):
        return replies.NOT_IMPLEMENTED
    if not argument or " " in argument:
        return replies.syntax("ETRN node")
    return replies.etrn_started(argument)


ETRN = Extension(
    keyword="ETRN",
    rfc="1985",
    advertise=bare("ETRN"),
    verbs=(
        Verb(
            name="ETRN",
            syntax="ETRN node",
            stage="unknown",
            propose=_propose,
            keyword="ETRN",
            refused={
                State.GREETED: replies.EHLO_FIRST,
                **dict.fromkeys(IN_TRANSACTION, replies.ETRN_IN_TRANSACTION),
            },
        ),
    ),
)
