"""Mail for the bench of the page: many small messages, quickly made, stored, then served."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from mailtrap.smtp.envelope import Envelope, Path, Recipient
from mailtrap.store.records import NewMessage, Trace

STEP = timedelta(seconds=1)

SUBJECTS = (
    "Your code is {code}",
    "Confirm your email address",
    "Build #{number} failed on main",
    "Invoice 2026-{number}",
    "This week: twelve ways to test mail",
    "Re: Rework the delivery queue so that nothing is sent twice",
)


def messages(count: int, *, first: int = 0, until: datetime | None = None) -> Iterator[NewMessage]:
    """So many, numbered from ``first``, one a second, the last received at ``until`` (now)."""
    begin = (until or datetime.now(UTC)) - count * STEP
    for number in range(first, first + count):
        yield message(number, begin + (number - first) * STEP)


def message(number: int, at: datetime) -> NewMessage:
    """One of them."""
    code = f"{number * 7919 % 900_000 + 100_000}"
    subject = SUBJECTS[number % len(SUBJECTS)].format(number=number, code=code)
    sender, to = f"app{number % 97}@shop.example", f"user{number % 211}@example.com"
    text = (
        f"Hello, this is mail {number}. Your code is {code}.\r\nhttps://shop.example/c/{number}\r\n"
    )
    raw = f"From: Shop {number % 97} <{sender}>\r\nTo: {to}\r\nSubject: {subject}\r\n\r\n{text}"
    return NewMessage(
        id=f"b{number:09}",
        received_at=at,
        raw=raw.encode(),
        envelope=Envelope(Path(sender), {}, (Recipient(Path(to)),)),
        trace=Trace(f"s{number}", "smtp", "127.0.0.1:9", "127.0.0.1:25", "client", "ESMTP"),
    )
