"""What searches see of what is stored: the facts of its records, and the document of a message."""

from mailtrap.mail.message import Mail
from mailtrap.mail.parse import parse
from mailtrap.search.describe import Facts, describe
from mailtrap.search.document import Document
from mailtrap.search.taken import extracted
from mailtrap.store.records import Attempt, Message, NewAttempt


def document_of(message: Message, raw: bytes, attempt: NewAttempt | None) -> Document:
    """The document of a message with these octets, that this attempt brought.

    An attempt may have gone before its message: then its reply and the rules are not known.
    """
    return document_of_mail(message, parse(raw, message.summary), attempt)


def document_of_mail(message: Message, mail: Mail, attempt: NewAttempt | None) -> Document:
    """Likewise, of a message that was parsed already."""
    return describe(facts_of(message, attempt), message.envelope, mail, extracted(mail))


def facts_of(message: Message, attempt: NewAttempt | None) -> Facts:
    """The facts of a message, and of the attempt that brought it."""
    trace = message.trace
    return Facts(
        size=message.size,
        received_at=message.received_at,
        read=message.read,
        tags=message.tags,
        inboxes=message.inboxes,
        session=trace.session,
        listener=trace.listener,
        peer=trace.peer,
        helo=trace.helo,
        auth=trace.auth.identity if trace.auth else None,
        tls=trace.tls is not None,
        verdict=attempt.verdict if attempt else "accepted",
        replies=_replies(attempt) if attempt else (),
        rules=attempt.rules if attempt else (),
        findings=tuple(dict.fromkeys(finding.id for finding in message.findings)),
    )


def facts_of_attempt(attempt: Attempt) -> Facts:
    """The facts of an attempt alone."""
    return Facts(
        size=0,
        received_at=attempt.started_at,
        inboxes=attempt.inboxes,
        session=attempt.session,
        listener=attempt.listener,
        verdict=attempt.verdict,
        replies=_replies(attempt),
        rules=attempt.rules,
    )


def _replies(attempt: NewAttempt) -> tuple[str, ...]:
    """The replies that decided: the last one, and those to each recipient."""
    told = [attempt.reply or ""]
    told += [reply for one in attempt.recipients for reply in (one.reply, one.final) if reply]
    return tuple(dict.fromkeys(reply for reply in told if reply))
