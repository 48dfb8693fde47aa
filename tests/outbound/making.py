"""Messages as the engine would hand them over, and reports read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import cast

from mailtrap.outbound.records import Report, Stamp
from mailtrap.smtp.envelope import Envelope, Params, Path, Recipient
from mailtrap.store.records import NewMessage, Trace

ARRIVED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
LATER = datetime(2026, 1, 2, 3, 5, 5, tzinfo=UTC)
STAMP = Stamp("trap.test", LATER, "r1")
RAW = b"From: app@app.test\r\nSubject: Hello\r\nMessage-ID: <m1@app.test>\r\n\r\nthe body\r\n"
NO_PARAMS: Mapping[str, str | None] = {}


def path(address: str) -> Path:
    local, _, domain = address.rpartition("@")
    return Path(address, local or domain, domain if local else "")


def recipient(address: str = "ann@example.com", **params: str) -> Recipient:
    return Recipient(path(address), dict(params))


def message(
    raw: bytes = RAW,
    *recipients: Recipient,
    sender: str = "app@app.test",
    params: Mapping[str, str | None] = NO_PARAMS,
    listener: str = "smtp",
    id_: str = "m1",
) -> NewMessage:
    given: Params = dict(params)
    trace = Trace("s1", listener, "192.0.2.7:4711", "127.0.0.1:1025", "app.host", "ESMTP")
    envelope = Envelope(path(sender), given, recipients or (recipient(),))
    return NewMessage(id_, ARRIVED, raw, envelope, trace, inboxes=("ci",))


@dataclass(frozen=True)
class Read:
    """A report as the standard library reads it."""

    mail: EmailMessage

    @property
    def parts(self) -> list[Message]:
        payload = self.mail.get_payload()
        return cast("list[Message]", payload) if isinstance(payload, list) else []

    @property
    def types(self) -> list[str]:
        return [part.get_content_type() for part in self.parts]

    @property
    def text(self) -> str:
        first = self.parts[0] if self.parts else self.mail
        return first.get_payload(decode=True).decode()  # type: ignore[union-attr]  # is bytes

    @property
    def groups(self) -> list[Message]:
        """The groups of fields of the status part, that of the message first."""
        return cast("list[Message]", self.parts[1].get_payload())


def read(report: Report | None) -> Read:
    assert report is not None
    return Read(message_from_bytes(report.raw, policy=policy.default))
