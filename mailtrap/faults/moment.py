"""What is known at the point where rules are asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from mailtrap.faults.stages import Stage
from mailtrap.mail.fields import header_fields


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One point of one session.

    ``at`` is monotonic, in seconds; ``now`` the same by the calendar. ``session_nth`` counts the
    sessions of the server from 1, ``message_nth`` the transactions of the session. ``rcpt`` is the
    recipient that is asked about; at later stages rules look at all ``recipients``. ``content`` is
    there from ``message`` on.
    """

    stage: Stage
    at: float
    session: str = ""
    listener: str = ""
    inboxes: tuple[str, ...] = ("default",)
    ip: str = ""
    tls: bool = False
    helo: str | None = None
    auth: str | None = None
    mail_from: str | None = None
    rcpt: str | None = None
    recipients: tuple[str, ...] = ()
    session_nth: int = 1
    message_nth: int = 0
    size: int | None = None
    content: bytes | None = None
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)

    @cached_property
    def fields(self) -> Mapping[str, tuple[str, ...]]:
        """The header fields of the content by lower-case name: read once for all rules."""
        return header_fields(self.content or b"")

    def addressed(self) -> tuple[str, ...]:
        """The recipients that a condition on ``rcpt`` looks at."""
        return (self.rcpt,) if self.rcpt is not None else self.recipients
