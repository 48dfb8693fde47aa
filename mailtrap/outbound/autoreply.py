"""Automatic answers (RFC 3834), as of somebody who is away."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from mailtrap.mail.fields import header_fields
from mailtrap.outbound import original, spelling
from mailtrap.outbound.mime import origin_fields, single, text_part
from mailtrap.outbound.records import Report, Stamp
from mailtrap.smtp.envelope import Path
from mailtrap.store.records import NewMessage

WORDS: Final = (
    "I am out of the office and read your message when I am back.\n\nThis is an automatic answer.\n"
)
BULK: Final = frozenset({"list", "bulk", "junk"})

_NOBODY: Final = re.compile(r"(?:mailer-daemon|owner-).*|.*-request", re.IGNORECASE | re.DOTALL)


def answers(message: NewMessage, stamp: Stamp) -> Iterator[Report]:
    """An answer of each recipient, where the message may be answered at all."""
    fields = header_fields(message.raw)
    if not answerable(message.envelope.reverse_path, fields):
        return
    for number, recipient in enumerate(message.envelope.recipients, 1):
        own = Stamp(stamp.host, stamp.at, f"{stamp.id}.{number}")
        yield _answer(message, recipient.path, fields, own)


def answerable(reverse_path: Path, fields: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a message may be answered by a machine (RFC 3834 section 2).

    Not what a machine sent, nor what came over a list, nor from an address with no person behind.
    """
    automatic = " ".join(fields.get("auto-submitted", ())).partition(";")[0].strip().lower()
    precedence = {value.strip().lower() for value in fields.get("precedence", ())}
    return (
        automatic in {"", "no"}
        and not precedence & BULK
        and not any(name.startswith("list-") for name in fields)
        and not _NOBODY.fullmatch(reverse_path.local)
    )


def _answer(
    message: NewMessage, recipient: Path, fields: Mapping[str, tuple[str, ...]], stamp: Stamp
) -> Report:
    envelope = message.envelope
    head = (
        ("From", f"<{spelling.address(recipient.address, utf8=True)}>"),
        original.sender_field(envelope),
        ("Subject", spelling.subject(f"Auto: {original.subject(fields)}")),
        *origin_fields(stamp, automatic="auto-replied"),
        *original.threading(fields),
    )
    return single("auto-reply", envelope.reverse_path, head, text_part(WORDS))
