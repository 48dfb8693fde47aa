"""The made-up mails of mails.toml as documents."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mailtrap.mail.parse import parse
from mailtrap.search.describe import Extracted, Facts, describe
from mailtrap.search.document import Document
from mailtrap.smtp.envelope import Envelope, Recipient
from mailtrap.smtp.envelope import Path as MailPath

HERE = Path(__file__).parent
NOW = datetime(2024, 2, 10, 12, tzinfo=UTC)
USUAL: dict[str, Any] = {
    "inboxes": ("default",),
    "listener": "smtp",
    "peer": "127.0.0.1:40001",
    "helo": "client.example.com",
    "replies": ("250 2.0.0 Ok: queued",),
}


def documents() -> dict[str, Document]:
    """By id."""
    rows = tomllib.loads((HERE / "mails.toml").read_text("utf-8"))["mail"]
    return {row.pop("id"): made_up(**row) for row in rows}


def made_up(
    raw: str,
    mail_from: str = "a@example.com",
    rcpt: tuple[str, ...] = ("b@example.com",),
    links: tuple[str, ...] = (),
    codes: tuple[str, ...] = (),
    **facts: Any,
) -> Document:
    """One of them, with the usual facts where none are given."""
    told = USUAL | {"size": len(raw), "received_at": NOW} | facts
    told = {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
    envelope = Envelope(
        MailPath(mail_from), recipients=tuple(Recipient(MailPath(one)) for one in rcpt)
    )
    mail = parse(raw.encode())
    return describe(Facts(**told), envelope, mail, Extracted(tuple(links), tuple(codes)))
