"""What opening and closing an inbox does beside the directory."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from mailtrap.bus import Bus
from mailtrap.catcher import Catcher
from mailtrap.faults.rules import RuleBook
from mailtrap.inboxes.directory import Directory
from mailtrap.inboxes.names import InboxError
from mailtrap.inboxes.records import Inbox
from mailtrap.inboxes.routes import Routes
from mailtrap.keeper import NO_PORTS, Keeper, Ports, Wanted, keep
from mailtrap.mail.summary import scan
from mailtrap.store.base import Retention
from mailtrap.store.records import Change
from mailtrap.store.sqlite import SqliteStore

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
async def catcher() -> AsyncIterator[Catcher]:
    bus: Bus[Change] = Bus()
    store = SqliteStore(None, retention=Retention(), summarise=scan, inspect=lambda _: ())
    catcher = Catcher(store, bus)
    await catcher.start()
    yield catcher
    await catcher.close()


def keeping(catcher: Catcher, clock: Clock, ports: Ports = NO_PORTS) -> Keeper:
    return Keeper(Directory(Routes()), catcher, RuleBook(), ports, clock=clock)


async def test_a_fresh_name_is_short_plain_and_new(catcher: Catcher) -> None:
    keeper = keep(catcher, RuleBook())
    (one, is_new), (two, _) = await keeper.open(Wanted()), await keeper.open(Wanted(prefix="ci"))
    assert is_new
    assert one.name.startswith("t-")
    assert two.name.startswith("ci-")
    assert one.address == f"{one.name}@inbox.example.com"
    assert len({(await keeper.open(Wanted()))[0].name for _ in range(20)}) == 20


async def test_the_timer_closes_an_inbox_whose_time_is_over(catcher: Catcher) -> None:
    closed = asyncio.Event()

    async def opening(_: str) -> str:
        return "smtp://127.0.0.1:1"

    async def closing(_: str) -> None:
        closed.set()

    clock = Clock()
    keeper = keeping(catcher, clock, Ports(opening, closing))
    await keeper.open(Wanted(name="late", ttl=7200, listen=True))
    clock.now += timedelta(hours=1)
    early, _ = await keeper.open(Wanted(name="early", ttl=0, listen=True))
    assert early.expires_at == clock.now
    await asyncio.wait_for(closed.wait(), 10)
    await keeper.stop()
    assert [one.name for one in keeper.all()] == ["late"]


async def test_an_inbox_stays_until_the_clock_says_so(catcher: Catcher) -> None:
    clock = Clock()
    keeper = keeping(catcher, clock)
    await keeper.open(Wanted(name="a", ttl=60))
    clock.now += timedelta(seconds=59)
    await keeper.expire()
    assert keeper.get("a") is not None
    clock.now += timedelta(seconds=1)
    await keeper.expire()
    assert keeper.get("a") is None
    await keeper.stop()


async def test_an_inbox_that_gets_no_port_is_not_open(catcher: Catcher) -> None:
    keeper = keeping(catcher, Clock())
    with pytest.raises(InboxError, match="no listener that a could have"):
        await keeper.open(Wanted(name="a", listen=True))
    assert keeper.get("a") is None


async def test_one_that_is_closed_while_its_port_opens_stays_closed(catcher: Catcher) -> None:
    closed: list[str] = []

    async def opening(inbox: str) -> str:
        await keeper.close(inbox)
        return "smtp://127.0.0.1:1"

    async def closing(inbox: str) -> None:
        closed.append(inbox)

    keeper = keeping(catcher, Clock(), Ports(opening, closing))
    with pytest.raises(InboxError, match="closed while it was being opened"):
        await keeper.open(Wanted(name="a", listen=True))
    assert keeper.get("a") is None
    assert closed == ["a"]


@pytest.mark.parametrize(
    ("name", "address"),
    [("gw3", "gw3@inbox.example.com"), ("GW3", None), ("a.b", None), ("x" * 65, None)],
)
async def test_of_one_that_nobody_opened_only_an_address_that_leads_there_is_told(
    catcher: Catcher, name: str, address: str | None
) -> None:
    assert keep(catcher, RuleBook()).address_of(name) == address


async def test_limits_that_were_written_down_are_kept_from_the_start(catcher: Catcher) -> None:
    asked: list[tuple[str, Retention]] = []

    async def set_limits(name: str, retention: Retention) -> None:
        asked.append((name, retention))

    bounds = Retention(messages=2)
    written = Inbox(name="a", address="a@inbox.example.com", created_at=NOON, limits=bounds)
    free = Inbox(name="b", address="b@inbox.example.com", created_at=NOON)
    keeper = Keeper(Directory(Routes(), [written, free]), catcher, RuleBook())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catcher, "set_limits", set_limits)
        await keeper.start()
    assert asked == [("a", bounds)]
