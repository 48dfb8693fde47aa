"""Builders of records, and stores that are closed at the end of a test."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Literal

import pytest

from mailtrap.mail.message import Address, Summary
from mailtrap.smtp.envelope import Envelope, Params, Recipient
from mailtrap.smtp.envelope import Path as MailPath
from mailtrap.smtp.findings import Finding
from mailtrap.store import indexer, schedule
from mailtrap.store.base import Retention, Store
from mailtrap.store.grams import BLOCK
from mailtrap.store.records import (
    Change,
    Line,
    NewAttempt,
    NewMessage,
    NewSession,
    RecipientOutcome,
    Trace,
)
from mailtrap.store.sqlite import Settings, SqliteStore

BEGIN = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


def summarise(raw: bytes) -> Summary:
    """The whole content as the subject: good enough to see that it was asked."""
    return Summary(subject=raw[:40].decode("latin-1"), sender=(Address("Ann", "ann@example.com"),))


def inspect(_: NewMessage) -> tuple[Finding, ...]:
    """Nothing is wrong."""
    return ()


def ignore(_: Sequence[Change]) -> None:
    """Nobody listens."""


@pytest.fixture
def new_message() -> Callable[..., NewMessage]:
    numbers = count(1)

    def build(
        raw: bytes = b"Subject: hello\r\n\r\nbody\r\n",
        *,
        id_: str = "",
        inboxes: tuple[str, ...] = ("default",),
        tags: tuple[str, ...] = (),
        received_at: datetime = BEGIN,
        params: Params | None = None,
    ) -> NewMessage:
        return NewMessage(
            id=id_ or f"m{next(numbers)}",
            received_at=received_at,
            raw=raw,
            envelope=Envelope(
                MailPath("ann@example.com", "ann", "example.com"),
                params or {},
                (Recipient(MailPath("bob@example.net", "bob", "example.net")),),
            ),
            trace=Trace("s1", "smtp", "127.0.0.1:9", "127.0.0.1:25", "client", "ESMTP"),
            inboxes=inboxes,
            tags=tags,
        )

    return build


@pytest.fixture
def new_attempt() -> Callable[..., NewAttempt]:
    numbers = count(1)

    def build(
        message: str | None = None,
        *,
        id_: str = "",
        session: str = "s1",
        verdict: Literal["accepted", "refused", "aborted"] = "accepted",
        inboxes: tuple[str, ...] = ("default",),
    ) -> NewAttempt:
        return NewAttempt(
            id=id_ or f"a{next(numbers)}",
            session=session,
            listener="smtp",
            started_at=BEGIN,
            ended_at=BEGIN + timedelta(seconds=1),
            reverse_path="ann@example.com",
            params={"SIZE": "17", "SMTPUTF8": None},
            recipients=(RecipientOutcome("bob@example.net", {}, "250 2.1.5 Ok", accepted=True),),
            stage="done",
            verdict=verdict,
            reply="250 2.0.0 Ok",
            message=message,
            first_line=2,
            last_line=9,
            inboxes=inboxes,
            rules=("greylist",),
        )

    return build


@pytest.fixture
def new_session() -> Callable[..., NewSession]:
    numbers = count(1)

    def build(id_: str = "", *, inboxes: tuple[str, ...] = ("default",)) -> NewSession:
        return NewSession(
            id=id_ or f"s{next(numbers)}",
            listener="smtp",
            peer="127.0.0.1:9",
            local="127.0.0.1:25",
            started_at=BEGIN,
            ended_at=BEGIN + timedelta(seconds=2),
            helo="client",
            protocol="ESMTP",
            tls=None,
            auth=None,
            forwarded={},
            messages=1,
            attempts=1,
            end="client quit",
            findings=(),
            transcript=(Line(0.0, "S", "220 hello"), Line(0.5, "C", "QUIT")),
            inboxes=inboxes,
        )

    return build


@pytest.fixture
async def open_store() -> AsyncIterator[Callable[..., Awaitable[SqliteStore]]]:
    stores: list[SqliteStore] = []

    async def build(
        path: Path | None = None,
        *,
        retention: Retention | None = None,
        settings: Settings | None = None,
        prompt: bool = True,
        summarise: Callable[[bytes], Summary] = summarise,
        inspect: Callable[[NewMessage], tuple[Finding, ...]] = inspect,
        on_change: Callable[[Sequence[Change]], None] = ignore,
    ) -> SqliteStore:
        store = SqliteStore(
            path,
            retention=retention or Retention(),
            summarise=summarise,
            inspect=inspect,
            settings=settings or Settings(prompt=prompt),
        )
        store.on_change = on_change
        stores.append(store)
        await store.start()
        return store

    yield build
    for store in stores:
        await store.close()


@pytest.fixture(params=["memory", "memory, by the thread", "file"])
async def store(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    open_store: Callable[..., Awaitable[SqliteStore]],
) -> SqliteStore:
    """Every implementation that has to keep the contract."""
    path = tmp_path / "mail.db" if request.param == "file" else None
    return await open_store(path, prompt=request.param == "memory")


@pytest.fixture
def changes(store: Store) -> list[Change]:
    """What the store told."""
    told: list[Change] = []
    store.on_change = told.extend
    return told


@pytest.fixture
def add(
    store: Store, new_message: Callable[..., NewMessage], new_attempt: Callable[..., NewAttempt]
) -> Callable[..., "asyncio.Future[int]"]:
    """Add a message that is built from these arguments."""

    def build_and_add(*args: bytes, **kwargs: object) -> "asyncio.Future[int]":
        message = new_message(*args, **kwargs)
        return store.add(message, new_attempt(message.id, inboxes=message.inboxes))

    return build_and_add


@pytest.fixture
def all_in_trigrams(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trigrams are made at once, and of all but the newest messages."""
    monkeypatch.setattr(schedule, "IDLE", 0.001)
    monkeypatch.setattr(indexer, "LAG", BLOCK)
    monkeypatch.setattr(indexer, "STRETCH", BLOCK)


@pytest.fixture
def indexed() -> Callable[[SqliteStore], Awaitable[None]]:
    """Waits until a store has nothing left to index."""

    async def wait(store: SqliteStore) -> None:
        async with asyncio.timeout(20):
            await store.flush()
            while store.indexing:
                await store.held()

    return wait
