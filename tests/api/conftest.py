"""A real catcher over a store in memory, and the application in front of it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeAlias

import msgspec
import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient

from mailtrap.api.app import build_app
from mailtrap.api.guard import GuardConfig
from mailtrap.api.info import ListenerInfo, ServerInfo
from mailtrap.api.keys import CLOCK
from mailtrap.bus import Bus
from mailtrap.catcher import Catcher
from mailtrap.faults.rules import RuleBook
from mailtrap.mail.summary import scan
from mailtrap.smtp.envelope import Envelope, Path, Recipient
from mailtrap.smtp.findings import Finding
from mailtrap.store.base import Retention
from mailtrap.store.records import (
    Auth,
    Change,
    Line,
    NewAttempt,
    NewMessage,
    NewSession,
    RecipientOutcome,
    Trace,
    Verdict,
)
from mailtrap.store.sqlite import SqliteStore

Client: TypeAlias = TestClient[web.Request, web.Application]
Started: TypeAlias = Callable[..., Awaitable[Client]]
Posted: TypeAlias = Callable[..., Awaitable[str]]
Problems: TypeAlias = Callable[[ClientResponse, int], Awaitable[dict[str, object]]]

NOW = datetime(2026, 5, 4, 3, 2, 1, 987, tzinfo=UTC)
SESSION = "0000000session"
FINDING = Finding("bare-lf", "warning", "content", "A bare LF.", "RFC 5321 section 2.3.8")
LISTENER = ListenerInfo("smtp", "smtp://127.0.0.1:1025", "smtp")
SIMPLE = b"Subject: hello\r\nFrom: Ann <ann@a.test>\r\nTo: bob@b.test\r\n\r\nHi Bob\r\n"


@pytest.fixture
async def bus() -> Bus[Change]:
    return Bus()


@pytest.fixture
def book() -> RuleBook:
    return RuleBook()


@pytest.fixture
async def catcher(bus: Bus[Change]) -> AsyncIterator[Catcher]:
    store = SqliteStore(None, retention=Retention(), summarise=scan, inspect=lambda _: ())
    catcher = Catcher(store, bus)
    await catcher.start()
    yield catcher
    await catcher.close()


@pytest.fixture
def info() -> ServerInfo:
    return ServerInfo(
        version="1.2.3", started_at=NOW, listeners=(LISTENER,), limits={"message_octets": 1000}
    )


@pytest.fixture
def open_handed(info: ServerInfo) -> ServerInfo:
    """A server that shows the passwords it was sent."""
    return msgspec.structs.replace(info, show_credentials=True)


@pytest.fixture
async def serve(
    aiohttp_client: Callable[..., Awaitable[Client]],
    catcher: Catcher,
    bus: Bus[Change],
    info: ServerInfo,
    book: RuleBook,
) -> Started:
    """Start the application and give a client of it."""

    async def serving(config: GuardConfig | None = None, facts: ServerInfo = info) -> Client:
        app = build_app(catcher, bus, facts, config or GuardConfig(), book)
        app[CLOCK] = lambda: 100.0
        return await aiohttp_client(app)

    return serving


@pytest.fixture
async def client(serve: Started) -> Client:
    return await serve()


@pytest.fixture
async def post(catcher: Catcher) -> Posted:
    """Have a message come in; its id."""

    async def posting(
        raw: bytes = SIMPLE,
        *,
        mail_from: str = "ann@a.test",
        rcpt_to: tuple[str, ...] = ("bob@b.test",),
        inboxes: tuple[str, ...] = ("default",),
        tags: tuple[str, ...] = (),
        findings: tuple[Finding, ...] = (),
        secret: str | None = None,
    ) -> str:
        name = catcher.new_id()
        auth = Auth("PLAIN", "ann", secret) if secret else None
        message = NewMessage(
            id=name,
            received_at=NOW,
            raw=raw,
            envelope=Envelope(
                Path(mail_from), {"SIZE": "99"}, tuple(Recipient(Path(to)) for to in rcpt_to)
            ),
            trace=Trace(
                session=SESSION,
                listener="smtp",
                peer="127.0.0.1:5",
                local="127.0.0.1:1025",
                helo="a.test",
                protocol="ESMTP",
                auth=auth,
            ),
            inboxes=inboxes,
            tags=tags,
            findings=findings,
        )
        await catcher.accept(message, attempted(catcher, message=name, inboxes=inboxes))
        return name

    return posting


@pytest.fixture
def problem() -> Problems:
    """The problem that a response with this status tells."""

    async def telling(response: ClientResponse, status: int) -> dict[str, object]:
        assert response.status == status, await response.text()
        assert response.content_type == "application/problem+json"
        body: dict[str, object] = await response.json(content_type=None)
        assert body["status"] == status
        return body

    return telling


@pytest.fixture
async def refuse(catcher: Catcher) -> Posted:
    """Have a transaction fail; the id of its attempt."""

    async def refusing(
        verdict: Verdict = "refused",
        inboxes: tuple[str, ...] = ("default",),
        **changes: object,
    ) -> str:
        attempt = attempted(catcher, verdict=verdict, inboxes=inboxes)
        attempt = msgspec.structs.replace(attempt, **changes)
        catcher.record_attempt(attempt)
        await catcher.flush()
        return attempt.id

    return refusing


@pytest.fixture
async def connect(catcher: Catcher) -> Posted:
    """Have a session begin and end; its id."""

    async def connecting(secret: str | None = None, inboxes: tuple[str, ...] = ("default",)) -> str:
        session = NewSession(
            id=catcher.new_id(),
            listener="smtp",
            peer="127.0.0.1:5",
            local="127.0.0.1:1025",
            started_at=NOW,
            ended_at=NOW,
            helo="a.test",
            protocol="ESMTP",
            tls=None,
            auth=Auth("PLAIN", "ann", secret) if secret else None,
            forwarded={},
            messages=0,
            attempts=0,
            end="client quit",
            findings=(FINDING,),
            transcript=(Line(0.0, "S", "220 hi"), Line(1.5, "C", "QUIT")),
            inboxes=inboxes,
        )
        catcher.session_closed(session)
        await catcher.flush()
        return session.id

    return connecting


def attempted(
    catcher: Catcher,
    *,
    message: str | None = None,
    verdict: Verdict | None = None,
    inboxes: tuple[str, ...] = ("default",),
) -> NewAttempt:
    return NewAttempt(
        id=catcher.new_id(),
        session=SESSION,
        listener="smtp",
        started_at=NOW,
        ended_at=NOW,
        reverse_path="ann@a.test",
        params={},
        recipients=(RecipientOutcome("bob@b.test", {}, "250 2.1.5 Ok", accepted=True),),
        stage="done" if message else "rcpt",
        verdict=verdict or ("accepted" if message else "refused"),
        reply="250 2.0.0 Ok" if message else "550 5.1.1 No",
        message=message,
        first_line=3,
        last_line=9,
        inboxes=inboxes,
    )
