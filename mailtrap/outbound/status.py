"""Delivery status notifications (RFC 3464) in a multipart/report (RFC 6522)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from itertools import islice
from typing import Final, Literal, TypeAlias

from mailtrap.mail.fields import header_fields
from mailtrap.outbound import original, spelling
from mailtrap.outbound.fields import (
    envelope_id,
    final_recipient,
    original_recipient,
    remote_mta,
    status_code,
)
from mailtrap.outbound.mime import (
    Body,
    Field,
    Part,
    fields_block,
    multipart,
    origin_fields,
    text_part,
)
from mailtrap.outbound.records import Report, Stamp
from mailtrap.smtp.envelope import Recipient
from mailtrap.smtp.reply import Reply
from mailtrap.store.records import NewMessage

Action: TypeAlias = Literal["failed", "delayed", "delivered", "relayed", "expanded"]

NAMED_LIMIT: Final = 100
"""Recipients that the text for people names; the fields for programs name all."""

RETRY_FOR: Final = timedelta(days=5)
"""How long a real mail system goes on trying (RFC 5321 section 4.5.4.1)."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How one action is told.

    ``event`` is the word of NOTIFY that asks for it, ``unasked`` whether it is sent where there
    is no NOTIFY. ``classes`` are the first digits of replies that go with it; in place of another
    reply ``usual`` is told. ``remote`` is whether another server said so.
    """

    event: Literal["FAILURE", "DELAY", "SUCCESS"]
    unasked: bool
    classes: str
    usual: Reply
    subject: str
    words: str
    remote: bool


TELLINGS: Mapping[Action, Telling] = {
    "failed": Telling(
        *("FAILURE", True, "45", Reply(550, "Delivery failed", "5.0.0")),
        "Undelivered Mail Returned to Sender",
        "Your message could not be delivered. It will not be tried again.",
        remote=True,
    ),
    "delayed": Telling(
        *("DELAY", True, "4", Reply(451, "No answer from the host yet", "4.4.1")),
        "Delayed Mail (still being retried)",
        "Your message has not been delivered yet. It will be tried again; do not send it twice.",
        remote=True,
    ),
    "delivered": Telling(
        *("SUCCESS", False, "2", Reply(250, "Delivered", "2.1.5")),
        "Successful Mail Delivery Report",
        "Your message was delivered.",
        remote=False,
    ),
    "relayed": Telling(
        *("SUCCESS", False, "2", Reply(250, "Relayed", "2.0.0")),
        "Successful Mail Delivery Report",
        "Your message was handed to a server that does not report deliveries.",
        remote=True,
    ),
    "expanded": Telling(
        *("SUCCESS", False, "2", Reply(250, "Delivered to a list", "2.0.0")),
        "Successful Mail Delivery Report",
        "Your message was delivered to an address that passes it on to several.",
        remote=False,
    ),
}


def notification(action: Action, reply: Reply, message: NewMessage, stamp: Stamp) -> Report | None:
    """The report on all recipients that want one (NOTIFY, RFC 3461 section 4.1); None if none do.

    ``reply`` is what was said about each of them; one that contradicts the action is replaced.
    """
    telling = TELLINGS[action]
    envelope = message.envelope
    told = [one for one in envelope.recipients if _wants(one, telling)]
    if not told:
        return None
    utf8 = original.is_international(envelope)
    said = reply if str(reply.code)[0] in telling.classes else telling.usual
    # Only a failure returns the content (RFC 3461 section 4.3).
    whole = action == "failed" and original.wants_whole(envelope, len(message.raw))
    fields = (
        ("From", f"Mail Delivery System <MAILER-DAEMON@{stamp.host}>"),
        original.sender_field(envelope),
        ("Subject", telling.subject),
        *origin_fields(stamp, automatic="auto-replied"),
        *original.threading(header_fields(message.raw)),
    )
    groups = [_message_fields(message, stamp, utf8=utf8)]
    groups += [_recipient_fields(action, said, one, stamp, utf8=utf8) for one in told]
    parts = (
        text_part(_words(telling, said, told, stamp.host, utf8=utf8)),
        _status_part(groups),
        original.returned(message.raw, whole=whole, utf8=utf8),
    )
    body = Body("delivery-status", parts)
    return multipart(action, envelope.reverse_path, fields, stamp, body)


def _wants(recipient: Recipient, telling: Telling) -> bool:
    notify = recipient.params.get("NOTIFY")
    return telling.unasked if notify is None else telling.event in notify.upper().split(",")


def _status_part(groups: Sequence[Sequence[Field]]) -> Part:
    body = b"\r\n".join(fields_block(group) for group in groups)
    if body.isascii():
        return Part("message/delivery-status", body)
    return Part("message/global-delivery-status", body, "8bit")


def _message_fields(message: NewMessage, stamp: Stamp, *, utf8: bool) -> Sequence[Field]:
    """The fields of the message (RFC 3464 section 2.2)."""
    fields = [*envelope_id(message.envelope), ("Reporting-MTA", f"dns; {stamp.host}")]
    if message.trace.helo:
        helo = spelling.line(message.trace.helo, utf8=utf8)
        fields.append(("Received-From-MTA", f"dns; {helo}"))
    fields.append(("Arrival-Date", format_datetime(message.received_at)))
    return fields


def _recipient_fields(
    action: Action, said: Reply, recipient: Recipient, stamp: Stamp, *, utf8: bool
) -> Sequence[Field]:
    """The fields of one recipient (RFC 3464 section 2.3)."""
    fields = [
        *original_recipient(recipient, utf8=utf8),
        ("Final-Recipient", final_recipient(recipient, utf8=utf8)),
        ("Action", action),
        ("Status", status_code(said)),
    ]
    if TELLINGS[action].remote:
        fields += remote_mta(recipient)
        lines = (spelling.line(line, utf8=utf8) for line in str(said).split("\n"))
        fields.append(("Diagnostic-Code", "smtp; " + "\r\n ".join(lines)))
    fields.append(("Last-Attempt-Date", format_datetime(stamp.at)))
    if action == "delayed":
        fields.append(("Will-Retry-Until", format_datetime(_retry_until(stamp.at))))
    return fields


def _retry_until(at: datetime) -> datetime:
    return at + RETRY_FOR


def _words(
    telling: Telling, said: Reply, told: Sequence[Recipient], host: str, *, utf8: bool
) -> str:
    """The part for people."""
    names = [f"<{spelling.address(one.path.address, utf8=utf8)}>" for one in told[:NAMED_LIMIT]]
    if len(told) > NAMED_LIMIT:
        names.append(f"and {len(told) - NAMED_LIMIT} more")
    reasons = (spelling.line(line, utf8=utf8) for line in islice(str(said).split("\n"), 20))
    lines = (
        *(f"This is the mail system at {host}.", "", telling.words, ""),
        *(f"  {name}" for name in names),
        *("", "The reason:" if telling.event != "SUCCESS" else "The answer:", ""),
        *(f"  {reason}" for reason in reasons),
    )
    return "\n".join(lines) + "\n"
