"""XCLIENT (Postfix): a trusted peer speaks for another client. The session begins anew."""

from mailtrap.smtp import replies
from mailtrap.smtp.commands import Verb
from mailtrap.smtp.events import Command
from mailtrap.smtp.extensions.attributes import read_attributes
from mailtrap.smtp.extensions.base import Extension
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.sasl import Identity
from mailtrap.smtp.session import Session
from mailtrap.smtp.state import IN_TRANSACTION, State

_NAMES = ("NAME", "ADDR", "PORT", "PROTO", "HELO", "LOGIN", "DESTADDR", "DESTPORT")


def _advertise(session: Session) -> str | None:
    return " ".join(("XCLIENT", *_NAMES)) if session.trusted else None


def _propose(session: Session, command: Command, argument: str) -> Reply:
    if not (session.trusted and session.offers("XCLIENT")):
        return replies.NOT_TRUSTED
    attributes = read_attributes(session, command, argument, _NAMES)
    if attributes is None:
        return replies.syntax("XCLIENT NAME=value ...")
    command.params.update(attributes)
    return replies.greeting(session.profile.hostname)


def _settled(session: Session, command: Command, reply: Reply) -> None:
    """As after a new connection, but for TLS and what was just told."""
    del reply
    told = {name: value or "" for name, value in command.params.items()}
    session.forget()
    session.xclient.update(told)
    session.helo = told.get("HELO") or None
    if told.get("LOGIN"):
        session.identity = Identity("XCLIENT", told["LOGIN"])
    if told.get("ADDR"):
        session.peer = told["ADDR"]


XCLIENT = Extension(
    keyword="XCLIENT",
    rfc="",
    advertise=_advertise,
    verbs=(
        Verb(
            name="XCLIENT",
            syntax="XCLIENT NAME=value ...",
            stage="unknown",
            propose=_propose,
            keyword="XCLIENT",
            refused=dict.fromkeys(IN_TRANSACTION, replies.XCLIENT_IN_TRANSACTION),
            completes={State.GREETED: State.GREETED, State.SAID_HELLO: State.GREETED},
            settled=_settled,
            unauthenticated=True,
        ),
    ),
)
