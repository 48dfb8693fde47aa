"""Complaints in the Abuse Reporting Format (RFC 5965): somebody pressed the spam button."""

from email.utils import format_datetime
from ipaddress import ip_address

from mailtrap import __version__
from mailtrap.mail.fields import header_fields
from mailtrap.outbound import original, spelling
from mailtrap.outbound.fields import envelope_id
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
from mailtrap.store.records import NewMessage

WORDS = (
    "This is an abuse report for a message that a recipient called spam.\n"
    "The message, or its header, is attached.\n"
)


def complaint(message: NewMessage, stamp: Stamp) -> Report:
    """The report to the reverse-path on one message."""
    envelope = message.envelope
    utf8 = original.is_international(envelope)
    about = original.subject(header_fields(message.raw))
    fields = (
        ("From", f"Feedback Loop <feedback@{stamp.host}>"),
        original.sender_field(envelope),
        ("Subject", spelling.subject(f"FW: {about}")),
        *origin_fields(stamp, automatic="auto-generated"),
    )
    whole = original.wants_whole(envelope, len(message.raw))
    parts = (
        text_part(WORDS),
        Part("message/feedback-report", fields_block(_feedback(message, stamp))),
        original.returned(message.raw, whole=whole, utf8=utf8),
    )
    body = Body("feedback-report", parts)
    return multipart("complaint", envelope.reverse_path, fields, stamp, body)


def _feedback(message: NewMessage, stamp: Stamp) -> list[Field]:
    """The fields for programs (RFC 5965 section 3), ASCII only."""
    envelope = message.envelope
    return [
        ("Feedback-Type", "abuse"),
        ("User-Agent", f"mailtrap/{__version__}"),
        ("Version", "1"),
        *envelope_id(envelope),
        ("Original-Mail-From", f"<{spelling.address(envelope.reverse_path.address)}>"),
        *(
            ("Original-Rcpt-To", f"<{spelling.address(recipient.path.address)}>")
            for recipient in envelope.recipients
        ),
        ("Arrival-Date", format_datetime(message.received_at)),
        ("Reporting-MTA", f"dns; {stamp.host}"),
        *_source(message.trace.peer),
    ]


def _source(peer: str) -> list[Field]:
    """Source-IP, where the peer has an address."""
    host = peer.rpartition(":")[0].strip("[]").partition("%")[0]
    try:
        return [("Source-IP", str(ip_address(host)))]
    except ValueError:
        return []
