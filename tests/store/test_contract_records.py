"""What every store keeps: attempts, sessions and findings."""

import asyncio
from collections.abc import Callable

from mailtrap.smtp.findings import Finding
from mailtrap.store.base import Store, Window
from mailtrap.store.records import (
    Change,
    NewAttempt,
    NewMessage,
    NewSession,
    SessionOpened,
    Verdict,
)
from mailtrap.store.sqlite import SqliteStore


async def test_attempts_are_listed_by_verdict_session_and_inbox(
    store: Store, new_attempt: Callable[..., NewAttempt]
) -> None:
    store.add_attempt(new_attempt(verdict="refused", session="s1", inboxes=("a",)))
    store.add_attempt(new_attempt(verdict="aborted", session="s2", inboxes=("a", "b")))
    store.add_attempt(new_attempt(verdict="refused", session="s2", inboxes=("b",)))
    await store.flush()

    async def ids(
        window: Window, verdict: Verdict | None = None, session: str | None = None
    ) -> list[str]:
        page = await store.attempts(window, verdict=verdict, session=session)
        return [row.id for row in page.rows]

    assert await ids(Window()) == ["a3", "a2", "a1"]
    assert await ids(Window(), verdict="refused") == ["a3", "a1"]
    assert await ids(Window(), session="s2") == ["a3", "a2"]
    assert await ids(Window(inbox="a")) == ["a2", "a1"]
    assert await ids(Window(inbox="b"), "refused", "s2") == ["a3"]


async def test_an_attempt_is_kept_as_it_was_given(
    store: Store, new_attempt: Callable[..., NewAttempt]
) -> None:
    new = new_attempt(verdict="refused")
    store.add_attempt(new)
    await store.flush()
    attempt = await store.attempt("a1")
    assert attempt is not None
    assert all(
        getattr(attempt, name) == getattr(new, name) for name in NewAttempt.__struct_fields__
    )
    assert await store.attempt("latest") == attempt


async def test_the_attempt_that_brought_a_message_is_found_also_when_it_is_gone(
    store: Store,
    add: Callable[..., "asyncio.Future[int]"],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    await add()
    store.add_attempt(new_attempt())
    await store.delete(["m1"])
    attempt = await store.attempt_for("m1")
    assert attempt is not None
    assert (attempt.id, attempt.message) == ("a1", "m1")


async def test_a_list_of_sessions_leaves_the_transcripts_out(
    store: Store, new_session: Callable[..., NewSession]
) -> None:
    store.add_session(new_session("s1", inboxes=("a",)))
    store.add_session(new_session("s2"))
    await store.flush()
    page = await store.sessions(Window())
    assert [(row.id, row.transcript) for row in page.rows] == [("s2", ()), ("s1", ())]
    whole = await store.session("s1")
    assert whole is not None
    assert [line.text for line in whole.transcript] == ["220 hello", "QUIT"]
    assert whole.inboxes == ("a",)
    assert await store.session("latest") == await store.session("s2")
    assert [row.id for row in (await store.sessions(Window(inbox="a"))).rows] == ["s1"]


async def test_latest_of_nothing_is_none(store: Store) -> None:
    assert await store.attempt("latest") is None
    assert await store.session("latest") is None


async def test_an_open_session_is_told_and_not_stored(store: Store, changes: list[Change]) -> None:
    store.open_session("s1", "smtp", "[::1]:9")
    await store.flush()
    assert changes == [SessionOpened(1, "s1", "smtp", "[::1]:9")]
    assert await store.session("s1") is None
    assert (await store.counts()).sessions == 0


async def test_findings_on_the_content_are_added_to_those_of_the_session(
    open_store: Callable[..., "asyncio.Future[SqliteStore]"],
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    found = Finding("bare-lf", "error", "content", "a bare LF", "RFC 5321 2.3.8")
    store = await open_store(inspect=lambda message: (found,) if b"\n" in message.raw else ())
    await store.add(new_message(b"a\nb"), new_attempt())
    await store.add(new_message(b"ab"), new_attempt())
    page = await store.messages(Window())
    assert [row.findings for row in page.rows] == [(), (found,)]
