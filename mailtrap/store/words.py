"""Finding messages by words of their subject and addresses, until there is a language for it."""

import re

from mailtrap.mail.message import Summary
from mailtrap.smtp.envelope import Envelope

TERMS_LIMIT = 20
"""Terms of one search; further ones are left out."""

_TERM = re.compile(r'"([^"]*)"?|(\S+)')


def terms(text: str) -> tuple[str, ...]:
    """What must stand in a message, each anywhere: words, and phrases in quotes. Case-folded."""
    found = (match[1] or match[2] or "" for match in _TERM.finditer(text))
    return tuple(term.casefold() for term in found if term)[:TERMS_LIMIT]


def words(summary: Summary, envelope: Envelope) -> str:
    """The text that terms are looked for in: one thing a line, case-folded."""
    mailboxes = (*summary.sender, *summary.to, *summary.cc, *summary.reply_to)
    told = [summary.subject, summary.message_id, envelope.reverse_path.address]
    told += [f"{mailbox.name} <{mailbox.address}>" for mailbox in mailboxes]
    told += [recipient.path.address for recipient in envelope.recipients]
    return "\n".join(told).casefold()
