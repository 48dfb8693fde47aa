import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from mailtrap import catcher as module
from mailtrap.bus import Bus, Gap
from mailtrap.catcher import Catcher, ParsedMails
from mailtrap.mail.message import Mail
from mailtrap.mail.parse import parse
from mailtrap.mail.summary import scan
from mailtrap.smtp.envelope import NULL_PATH, Envelope
from mailtrap.store.base import RawMessage, Retention, Window
from mailtrap.store.records import (
    AttemptAdded,
    Change,
    Line,
    Message,
    MessageAdded,
    NewAttempt,
    NewMessage,
    NewSession,
    Session,
    SessionClosed,
    SessionOpened,
    Trace,
    Verdict,
)
from mailtrap.store.sqlite import SqliteStore

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
RAW = b"From: ann@example.com\r\nSubject: Hello\r\n\r\nthe body\r\n"


@dataclass
class House:
    """A catcher on a store in memory, and shorthands."""

    store: SqliteStore
    bus: Bus[Change]
    catcher: Catcher
    open: list[Session] = field(default_factory=list)

    async def accept(self, raw: bytes = RAW, *inboxes: str) -> str:
        """The id of a message that was accepted."""
        id_ = self.catcher.new_id()
        homes = inboxes or ("default",)
        trace = Trace("s", "smtp", "p", "q", None, "SMTP")
        message = NewMessage(id_, WHEN, raw, Envelope(NULL_PATH), trace, inboxes=homes)
        await self.catcher.accept(message, self.attempt(id_, *homes))
        return id_

    def attempt(self, message: str | None, *inboxes: str) -> NewAttempt:
        verdict: Verdict = "accepted" if message else "refused"
        return NewAttempt(
            *(self.catcher.new_id(), "s", "smtp", WHEN, WHEN, "", {}, (), "done"),
            *(verdict, None, message, 0, 0),
            inboxes=inboxes or ("default",),
        )

    def session(self, id_: str, *inboxes: str, minute: int = 0) -> Session:
        return Session(
            *(id_, "smtp", "p", "q", WHEN + timedelta(minutes=minute), None, None, "SMTP"),
            *(None, None, {}, 0, 0, None, (), (Line(0, "S", "220 hello"),)),
            inboxes=inboxes or ("default",),
            seq=0,
        )

    def end(self, session: Session) -> None:
        values = {name: getattr(session, name) for name in NewSession.__struct_fields__}
        self.catcher.session_closed(NewSession(**{**values, "ended_at": WHEN}))


@pytest.fixture
async def house() -> AsyncIterator[House]:
    store = SqliteStore(None, retention=Retention(), summarise=scan, inspect=lambda _: ())
    bus: Bus[Change] = Bus()
    house = House(store, bus, Catcher(store, bus))
    house.catcher.live = lambda: house.open
    await house.catcher.start()
    yield house
    await house.catcher.close()


async def test_what_is_handed_over_comes_out_of_the_bus_in_order(house: House) -> None:
    subscription = house.bus.subscribe()
    house.catcher.session_opened("s", "smtp", "p")
    id_ = await house.accept()
    house.catcher.record_attempt(house.attempt(None))
    house.end(house.session("s"))
    await house.catcher.flush()
    got = [subscription.take() for _ in range(6)]
    kinds = [SessionOpened, MessageAdded, AttemptAdded, AttemptAdded, SessionClosed, type(None)]
    assert [type(item) for item in got] == kinds
    assert isinstance(got[1], MessageAdded)
    assert got[1].message.id == id_


async def test_the_seq_of_an_accepted_message_is_what_the_future_gives(house: House) -> None:
    id_ = await house.accept()
    message = await house.catcher.message(id_)
    assert message is not None
    assert message.seq == 1
    assert message.summary.subject == "Hello"


async def test_latest_stands_for_an_id_everywhere(house: House) -> None:
    first, second = await house.accept(RAW, "a"), await house.accept(b"Subject: 2\r\n\r\n", "b")
    catcher = house.catcher
    for inbox, id_, size in (("a", first, len(RAW)), (None, second, 14), ("b", second, 14)):
        message = await catcher.message("latest", inbox=inbox)
        opened = await catcher.mail("latest", inbox=inbox)
        raw = await catcher.raw("latest", inbox=inbox)
        attempt = await catcher.attempt("latest", inbox=inbox)
        brought = await catcher.attempt_for("latest", inbox=inbox)
        assert message is not None
        assert opened is not None
        assert raw is not None
        assert (message.id, opened.message.id, raw.size) == (id_, id_, size)
        assert attempt is not None
        assert attempt == brought
        assert attempt.message == id_
    assert await catcher.update(["latest"], read=True, inbox="a") == 1
    assert await catcher.delete(["latest"], inbox="a") == 1
    assert await catcher.message(first) is None
    assert await catcher.message(second) is not None


async def test_latest_of_nothing_is_none(house: House) -> None:
    catcher = house.catcher
    assert await catcher.message("latest") is None
    assert await catcher.mail("latest") is None
    assert await catcher.raw("latest") is None
    assert await catcher.attempt("latest", inbox="a") is None
    assert await catcher.attempt_for("latest") is None
    assert await catcher.session("latest") is None
    assert await catcher.delete(["latest"]) == 0
    assert await catcher.update(["latest"], read=True) == 0


async def test_an_id_finds_its_attempt_and_its_message(house: House) -> None:
    id_ = await house.accept()
    attempt = await house.catcher.attempt_for(id_)
    assert attempt is not None
    assert await house.catcher.attempt(attempt.id) == attempt
    page = await house.catcher.attempts(Window(), verdict="accepted", session="s")
    assert page.rows == (attempt,)
    assert (await house.catcher.attempts(Window(), verdict="refused")).rows == ()


async def test_tags_clear_and_pages_are_those_of_the_store(house: House) -> None:
    id_ = await house.accept()
    await house.catcher.update([id_], add_tags=["t"])
    assert await house.catcher.tags() == {"t": 1}
    assert [row.id for row in (await house.catcher.messages(Window())).rows] == [id_]
    assert await house.catcher.clear("elsewhere") == 0
    assert await house.catcher.clear() == 1


@pytest.mark.parametrize("size", [0, module.INLINE_OCTETS + 1])
async def test_a_mail_is_its_message_its_octets_and_what_they_say(house: House, size: int) -> None:
    raw = RAW + b"x" * size
    opened = await house.catcher.mail(await house.accept(raw))
    assert opened is not None
    assert opened.raw == raw
    assert opened.mail == parse(raw)
    assert opened.message.size == len(raw)


async def test_a_mail_is_parsed_once_but_its_message_is_always_fresh(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[bytes] = []

    def counting(raw: bytes) -> Mail:
        parsed.append(raw)
        return parse(raw)

    monkeypatch.setattr(module, "parse", counting)
    id_ = await house.accept()
    assert await house.catcher.mail(id_)
    await house.catcher.update([id_], read=True)
    again = await house.catcher.mail(id_)
    assert again is not None
    assert again.message.read
    assert parsed == [RAW]
    await house.catcher.delete([id_])
    assert await house.catcher.mail(id_) is None


async def test_a_mail_deleted_while_it_is_read_is_none(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = await house.accept(RAW + b"x" * 600_000)
    stored = await house.store.raw(id_)
    await house.store.delete([id_])

    async def message(_: str) -> Message:
        assert isinstance(added, MessageAdded)
        return added.message

    async def raw(_: str) -> RawMessage | None:
        return stored

    added = house.bus.subscribe(0).take()
    monkeypatch.setattr(house.store, "message", message)
    monkeypatch.setattr(house.store, "raw", raw)
    assert await house.catcher.mail(id_) is None


async def test_the_octets_of_a_message_come_in_pieces(house: House) -> None:
    raw = await house.catcher.raw(await house.accept())
    assert raw is not None
    assert [piece async for piece in raw.pieces] == [RAW]
    assert await house.catcher.raw("nope") is None
    assert await house.catcher.mail("nope") is None


async def test_open_sessions_come_first_newest_first_and_only_on_the_first_page(
    house: House,
) -> None:
    for number in range(3):
        house.end(house.session(f"ended{number}"))
    await house.catcher.flush()
    house.open += [house.session("old", minute=1), house.session("new", minute=2)]
    page = await house.catcher.sessions(Window(limit=4))
    assert [row.id for row in page.rows] == ["new", "old", "ended2", "ended1"]
    assert [row.seq for row in page.rows[:2]] == [0, 0]
    assert {row.transcript for row in page.rows} == {()}
    assert (page.newer, page.older) == (False, True)
    page = await house.catcher.sessions(Window(limit=4, before=page.rows[-1].seq))
    assert ([row.id for row in page.rows], page.older) == (["ended0"], False)


async def test_more_open_sessions_than_a_page_holds_leave_older_ones(house: House) -> None:
    house.open += [house.session(f"s{number}", minute=number) for number in range(3)]
    page = await house.catcher.sessions(Window(limit=2))
    assert ([row.id for row in page.rows], page.older) == (["s2", "s1"], True)
    house.end(house.session("ended"))
    await house.catcher.flush()
    page = await house.catcher.sessions(Window(limit=3))
    assert (len(page.rows), page.older) == (3, True)


async def test_sessions_are_scoped_by_inbox_open_or_not(house: House) -> None:
    house.open += [house.session("here", "a"), house.session("there", "b")]
    house.end(house.session("was", "a"))
    await house.catcher.flush()
    page = await house.catcher.sessions(Window(inbox="a"))
    assert [row.id for row in page.rows] == ["here", "was"]
    latest = await house.catcher.session("latest", inbox="b")
    assert latest is not None
    assert latest.id == "there"


async def test_an_open_session_is_found_whole_and_latest_prefers_it(house: House) -> None:
    house.end(house.session("ended", "a"))
    house.open.append(house.session("open"))
    for id_ in ("open", "latest"):
        session = await house.catcher.session(id_)
        assert session is not None
        assert (session.id, len(session.transcript)) == ("open", 1)
    ended = await house.catcher.session("latest", inbox="a")
    assert ended is not None
    assert (ended.id, len(ended.transcript)) == ("ended", 1)


async def test_a_session_that_ended_just_now_is_found(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed: list[str] = []
    flush, look_up = house.store.flush, house.store.session

    async def flush_and_note() -> None:
        await flush()
        committed.append("all")

    async def look_up_what_is_committed(id_: str) -> Session | None:
        return await look_up(id_) if committed else None

    monkeypatch.setattr(house.store, "flush", flush_and_note)
    monkeypatch.setattr(house.store, "session", look_up_what_is_committed)
    house.end(house.session("s"))
    session = await house.catcher.session("s")
    assert session is not None
    assert session.ended_at == WHEN
    assert await house.catcher.session("nope") is None


async def test_a_cursor_of_counts_misses_nothing_and_hears_nothing_twice(house: House) -> None:
    adding = [asyncio.create_task(house.accept()) for _ in range(50)]
    while not all(task.done() for task in adding):
        counts = await house.catcher.counts()
        subscription = await house.catcher.subscribe(counts.seq)
        await house.catcher.flush()
        told = []
        while (item := subscription.take()) is not None:
            assert not isinstance(item, Gap)
            told.append(item.seq)
        assert told == list(range(counts.seq + 1, house.bus.seq + 1))
        subscription.close()
    assert (await house.catcher.counts()).messages == 50


@pytest.fixture
def late(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house whose store tells what it committed no earlier than it must: when it is flushed."""
    untold: list[Change] = []
    house.store.on_change = untold.extend
    flush = house.store.flush

    async def flush_and_tell() -> None:
        await flush()
        house.bus.publish(untold)
        untold.clear()

    monkeypatch.setattr(house.store, "flush", flush_and_tell)
    return house


async def test_counts_tell_no_seq_that_the_bus_has_not_told(late: House) -> None:
    await late.accept()
    counts = await late.catcher.counts()
    assert counts.seq == 2
    assert late.bus.seq == 2


async def test_subscribe_waits_for_what_was_committed_but_not_yet_told(late: House) -> None:
    message = await late.catcher.message(await late.accept())
    assert message is not None
    subscription = await late.catcher.subscribe(message.seq)
    item = subscription.take()
    assert isinstance(item, AttemptAdded)
    assert item.seq == message.seq + 1


async def test_subscribe_at_a_cursor_of_another_time_begins_with_a_gap(house: House) -> None:
    await house.accept()
    ahead = await house.catcher.subscribe(1_000)
    assert ahead.take() == Gap(2)


async def test_close_ends_the_subscriptions_after_the_last_change() -> None:
    store = SqliteStore(None, retention=Retention(), summarise=scan, inspect=lambda _: ())
    house = House(store, bus := Bus[Change](), Catcher(store, bus))
    await house.catcher.start()
    subscription = await house.catcher.subscribe()
    house.catcher.session_opened("s", "smtp", "p")
    await house.catcher.close()
    assert subscription.take() == SessionOpened(1, "s", "smtp", "p")
    assert [item async for item in subscription] == []


async def test_ids_ascend() -> None:
    store = SqliteStore(None, retention=Retention(), summarise=scan, inspect=lambda _: ())
    catcher = Catcher(store, Bus())
    first, second = catcher.new_id(), catcher.new_id()
    assert first < second


def test_parsed_mails_are_bounded_by_octets_and_drop_the_longest_unused() -> None:
    raw = bytes(10_000)
    mail = parse(RAW)
    mails = ParsedMails(60_000)
    mails.put("a", raw, mail)
    mails.put("b", raw, mail)
    assert mails.get("a") == (raw, mail)
    mails.put("c", raw, mail)
    assert mails.get("b") is None
    assert mails.get("a") == (raw, mail)
    assert mails.get("c") == (raw, mail)


def test_a_mail_too_large_for_the_cache_drives_nothing_out() -> None:
    mail = parse(RAW)
    mails = ParsedMails(20_000)
    mails.put("a", RAW, mail)
    mails.put("b", bytes(30_000), mail)
    assert mails.get("b") is None
    assert mails.get("a") == (RAW, mail)
