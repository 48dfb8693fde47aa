"""STARTTLS (RFC 3207). The handshake is the driver's; what was said before it is forgotten."""

from mailtrap.smtp import replies
from mailtrap.smtp.commands import Verb, no_argument
from mailtrap.smtp.events import Command
from mailtrap.smtp.extensions.base import Extension
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.session import Session
from mailtrap.smtp.state import IDLE, IN_TRANSACTION, State


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
        no_argument(session, command, argument, replies.STARTTLS_SYNTAX)
        return replies.STARTTLS_SYNTAX
    if not session.greeted_by:
        session.note("F-NO-HELO", "starttls", command.line)
        if strict:
            return replies.EHLO_FIRST
    if strict and session.surplus:
        session.note("F-STARTTLS-INJECT", "starttls", command.line, session.surplus)
        return replies.NO_PIPELINING_AFTER_STARTTLS
    return replies.READY_FOR_TLS


def _failed(session: Session, command: Command, reply: Reply) -> None:
    """What was sent behind the command in one flight is dropped, where we said so."""
    del command
    session.drops_surplus = reply == replies.NO_PIPELINING_AFTER_STARTTLS


_IDLE = {state: state for state in IDLE}

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
            completes=dict.fromkeys(IDLE, State.TLS),
            fails=_IDLE,
            failed=_failed,
            unauthenticated=True,
            unencrypted=True,
        ),
    ),
)
