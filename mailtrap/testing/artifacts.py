"""What is left of a failed test: its mails and dialogues, in the report and in a folder."""

import re
from pathlib import Path
from typing import Final

import pytest

from mailtrap.client.errors import ClientError, MailtrapUnavailable
from mailtrap.client.inbox import Inbox
from mailtrap.client.message import Message
from mailtrap.testing.inboxes import Opened

MOST: Final = 20
"""Messages, and sessions, that are kept of one inbox."""


def tell(opened: Opened, report: pytest.TestReport, folder: str) -> None:
    """Add a section for each inbox; with a folder also write everything there."""
    for inbox in opened.inboxes:
        try:
            _tell(inbox, report, folder)
        except (ClientError, MailtrapUnavailable) as error:
            report.sections.append((f"mailtrap: inbox {inbox.name}", str(error)))


def _tell(inbox: Inbox, report: pytest.TestReport, folder: str) -> None:
    messages = inbox.messages()[-MOST:]
    sessions = inbox.sessions()[-MOST:]
    rows = [
        f"{one.received_at:%H:%M:%S}  {one.subject or '(no subject)'}  from {one.sender}  {one.url}"
        for one in messages
    ]
    told = "\n".join(rows) or "no mail came"
    dialogues = "\n".join(one.text() for one in sessions)
    report.sections.append((f"mailtrap: mail in {inbox.name} ({inbox.address})", told))
    if dialogues:
        report.sections.append((f"mailtrap: SMTP sessions of {inbox.name}", dialogues))
    if folder:
        at = Path(folder) / _plain(report.nodeid) / inbox.name
        at.mkdir(parents=True, exist_ok=True)
        (at / "sessions.txt").write_text(dialogues, "utf-8")
        for message in messages:
            _write(at, message)


def _write(at: Path, message: Message) -> None:
    (at / f"{message.id}.eml").write_bytes(message.raw)
    for suffix, text in (("txt", message.text), ("html", message.html)):
        if text:
            (at / f"{message.id}.{suffix}").write_text(text, "utf-8")


def _plain(nodeid: str) -> str:
    """A test's id as the name of a folder."""
    return re.sub(r"[^\w.-]+", "_", nodeid)[-150:].strip("_")
