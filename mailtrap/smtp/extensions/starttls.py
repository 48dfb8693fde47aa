"""STARTTLS (RFC 3207). The handshake is the driver's; what was said before it is forgotten."""

from mailtrap.smtp import replies
from mailtrap.smtp.commands import Verb, no_argument
from mailtrap.smtp.events import Command
from mailtrap.smtp.extensions.base import Extension
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.session import Session
from mailtrap.smtp.state import IN_TRANSACTION, State


def _advertise(session: Session) -> str | None:
    """Never within TLS (section 4.2)."""
    return None if session.tls else "STARTTLS"


def _propose(session: Session, command: Command, argument: str) -> Reply:
    strict = session.profile.strict
    if session.tls:
        return replies.TLS_ACTIVE
    if not session.offers("STARTTLS"):
        return replies.NOT_IMPLEMENTED
    if argument:
        no_argument(session, command, argument, replies.syntax("STARTTLS"))
        return replies.syntax("STARTTLS")
    if not session.greeted_by:
        session.note("F-NO-HELO", "starttls", command.line)
        if strict:
            return replies.EHLO_FIRST
    if strict and session.surplus:
        return replies.NO_PIPELINING_AFTER_STARTTLS
    return replies.READY_FOR_TLS


STARTTLS = Extension(
    keyword="STARTTLS",
    rfc="3207",
    advertise=_advertise,
    verbs=(
        Verb(
            name="STARTTLS",
            syntax="STARTTLS",
            stage="starttls",
            propose=_propose,
            keyword="STARTTLS",
            refused=dict.fromkeys(IN_TRANSACTION, replies.STARTTLS_IN_TRANSACTION),
            completes={State.GREETED: State.TLS, State.SAID_HELLO: State.TLS},
            unauthenticated=True,
            unencrypted=True,
        ),
    ),
)
