"""A catcher on a store in memory, with those who wait, and shorthands for what comes."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec

from mailtrap.bus import Bus
from mailtrap.catcher import Catcher
from mailtrap.search.criteria import criteria
from mailtrap.search.tree import Node
from mailtrap.smtp.envelope import Envelope, Path, Recipient
from mailtrap.store.records import (
    Change,
    NewAttempt,
    NewMessage,
    NewSession,
    RecipientOutcome,
    Trace,
)
from mailtrap.waits.hub import Hub
from mailtrap.waits.question import Question
from mailtrap.waits.wait import Outcome, wait

WHEN = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)


def asking(**values: str | list[str]) -> Node:
    """The tree of criteria; ``from_`` and ``in_`` are spelled without the underscore."""
    pairs = [
        (name.rstrip("_"), each)
        for name, value in values.items()
        for each in ([value] if isinstance(value, str) else value)
    ]
    return criteria(pairs, now=WHEN)


def letter(
    subject: str = "Hello", body: str = "Hi", *, message_id: str = "", fields: str = ""
) -> bytes:
    ids = f"Message-ID: {message_id}\r\n" if message_id else ""
    head = f"From: Shop <shop@example.com>\r\nSubject: {subject}\r\n{ids}{fields}"
    return f"{head}\r\n{body}\r\n".encode()


@dataclass
class House:
    catcher: Catcher
    bus: Bus[Change]
    hub: Hub

    async def accept(
        self,
        raw: bytes | None = None,
        *,
        to: str | tuple[str, ...] = "ann@example.com",
        inboxes: tuple[str, ...] = ("default",),
        at: datetime | None = None,
        rules: tuple[str, ...] = (),
    ) -> int:
        """The seq of a message that was accepted."""
        id_ = self.catcher.new_id()
        people = (to,) if isinstance(to, str) else to
        message = NewMessage(
            id=id_,
            received_at=at or datetime.now(UTC),
            raw=letter() if raw is None else raw,
            envelope=Envelope(
                Path("shop@example.com"), {}, tuple(Recipient(Path(t)) for t in people)
            ),
            trace=Trace("s1", "smtp", "127.0.0.1:5", "127.0.0.1:25", "app", "ESMTP"),
            inboxes=inboxes,
        )
        attempt = self.attempt("250 2.0.0 Ok", *people, inboxes=inboxes, at=at)
        attempt = msgspec.structs.replace(attempt, message=id_, stage="done", rules=rules)
        return await self.catcher.accept(message, attempt)

    async def refuse(
        self,
        reply: str = "451 4.7.1 Greylisted",
        *,
        to: str = "ann@example.com",
        inboxes: tuple[str, ...] = ("default",),
        rules: tuple[str, ...] = (),
        at: datetime | None = None,
    ) -> None:
        """Have a transaction be refused at this recipient."""
        attempt = self.attempt(reply, to, inboxes=inboxes, at=at)
        self.catcher.record_attempt(msgspec.structs.replace(attempt, rules=rules))
        await self.catcher.flush()

    def attempt(
        self, reply: str, *people: str, inboxes: tuple[str, ...], at: datetime | None
    ) -> NewAttempt:
        good = reply.startswith("2")
        told = "250 2.1.5 Ok" if good else reply
        began = at or datetime.now(UTC)
        return NewAttempt(
            id=self.catcher.new_id(),
            session="s1",
            listener="smtp",
            started_at=began,
            ended_at=began,
            reverse_path="shop@example.com",
            params={},
            recipients=tuple(RecipientOutcome(to, {}, told, accepted=good) for to in people),
            stage="rcpt",
            verdict="accepted" if good else "refused",
            reply=reply,
            message=None,
            first_line=0,
            last_line=0,
            inboxes=inboxes,
        )

    async def connect(self, **changes: object) -> None:
        """Have a session begin and end."""
        session = NewSession(
            id=self.catcher.new_id(),
            listener="smtp",
            peer="127.0.0.1:5",
            local="127.0.0.1:25",
            started_at=WHEN,
            ended_at=datetime.now(UTC) - timedelta(seconds=8.5),
            helo="app",
            protocol="ESMTP",
            tls=None,
            auth=None,
            forwarded={},
            messages=0,
            attempts=0,
            end="the client quit",
            findings=(),
            transcript=(),
        )
        self.catcher.session_closed(msgspec.structs.replace(session, **changes))
        await self.catcher.flush()

    def wait(self, question: Question) -> Awaitable[Outcome]:
        """The outcome of a wait."""
        return wait(self.hub, question)

    async def begin(self, question: Question) -> "asyncio.Task[Outcome]":
        """A wait that is open."""
        before = len(self.hub)
        task = asyncio.ensure_future(wait(self.hub, question))
        await self.until(lambda: len(self.hub) > before)
        return task

    async def until(self, done: Callable[[], bool]) -> None:
        """Let the loop run until something is so."""
        async with asyncio.timeout(10):
            while not done():  # noqa: ASYNC110 - what is waited for sets no event
                await asyncio.sleep(0)
