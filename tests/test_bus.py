import asyncio
import contextlib
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.bus import Bus, BusFullError, Gap, Ring, Subscription


@dataclass(frozen=True)
class Item:
    seq: int


def items(*seqs: int) -> list[Item]:
    return [Item(seq) for seq in seqs]


def taken(subscription: Subscription[Item]) -> list[Item | Gap]:
    """All that is there now."""
    got: list[Item | Gap] = []
    while (item := subscription.take()) is not None:
        got.append(item)
    return got


def test_a_subscription_hears_what_comes_after_it_began() -> None:
    bus: Bus[Item] = Bus()
    bus.publish(items(1, 2))
    subscription = bus.subscribe()
    bus.publish(items(3, 4))
    assert taken(subscription) == items(3, 4)


def test_since_replays_and_goes_on_live_without_a_gap_or_a_double() -> None:
    bus: Bus[Item] = Bus()
    bus.publish(items(1, 3, 5))
    subscription = bus.subscribe(3)
    bus.publish(items(7))
    assert taken(subscription) == items(5, 7)


def test_since_may_be_a_seq_that_no_item_has() -> None:
    bus: Bus[Item] = Bus()
    bus.publish(items(1, 3, 5))
    assert taken(bus.subscribe(2)) == items(3, 5)


def test_since_older_than_the_ring_begins_with_a_gap() -> None:
    bus: Bus[Item] = Bus(ring=2)
    bus.publish(items(1, 2, 3, 4))
    assert taken(bus.subscribe(1)) == [Gap(2), *items(3, 4)]
    assert taken(bus.subscribe(2)) == items(3, 4)


def test_since_before_the_bus_began_begins_with_a_gap() -> None:
    bus: Bus[Item] = Bus()
    bus.begin(10)
    assert bus.seq == 10
    assert taken(bus.subscribe(9)) == [Gap(10)]
    assert taken(bus.subscribe(10)) == []


def test_since_of_another_time_begins_with_a_gap_and_then_hears_all() -> None:
    bus: Bus[Item] = Bus(seq=5)
    subscription = bus.subscribe(1_000)
    bus.publish(items(6))
    assert taken(subscription) == [Gap(5), *items(6)]


def test_a_slow_reader_gets_one_gap_for_all_it_lost() -> None:
    bus: Bus[Item] = Bus()
    subscription = bus.subscribe(limit=3)
    for seq in range(1, 8):
        bus.publish(items(seq))
    assert taken(subscription) == [Gap(4), *items(5, 6, 7)]
    bus.publish(items(8))
    assert taken(subscription) == items(8)


def test_a_reader_that_falls_behind_halfway_gets_the_gap_where_it_is() -> None:
    bus: Bus[Item] = Bus()
    subscription = bus.subscribe(limit=2)
    bus.publish(items(1, 2))
    assert subscription.take() == Item(1)
    bus.publish(items(3, 4))
    assert taken(subscription) == [Gap(2), *items(3, 4)]


def test_one_batch_larger_than_the_ring_leaves_its_end() -> None:
    bus: Bus[Item] = Bus(ring=3)
    subscription = bus.subscribe()
    bus.publish(items(*range(1, 11)))
    assert taken(subscription) == [Gap(7), *items(8, 9, 10)]
    assert bus.seq == 10


def test_a_slow_reader_does_not_hold_a_quick_one_back() -> None:
    bus: Bus[Item] = Bus(ring=4)
    slow, quick = bus.subscribe(), bus.subscribe()
    heard: list[Item | Gap] = []
    for seq in range(1, 11):
        bus.publish(items(seq))
        heard += taken(quick)
    assert heard == items(*range(1, 11))
    assert taken(slow) == [Gap(6), *items(7, 8, 9, 10)]


@given(
    ring=st.integers(1, 6),
    limit=st.integers(1, 8),
    since=st.integers(0, 30),
    steps=st.lists(st.integers(1, 5) | st.none(), max_size=20),
)
def test_a_reader_hears_each_item_once_in_order_or_a_gap_that_covers_it(
    ring: int, limit: int, since: int, steps: list[int | None]
) -> None:
    bus: Bus[Item] = Bus(ring=ring)
    bus.publish(items(*range(1, 11)))
    since = min(since, 10)
    subscription = bus.subscribe(since, limit=limit)
    last, heard = 10, list[Item | Gap]()
    for step in steps:
        if step is None:
            heard += taken(subscription)
        else:
            bus.publish(items(*range(last + 1, last + step + 1)))
            last += step
    heard += taken(subscription)
    reached = since
    for item in heard:
        assert item.seq > reached if isinstance(item, Gap) else item.seq == reached + 1
        reached = item.seq
    assert reached == last


async def test_a_reader_that_waits_is_woken() -> None:
    bus: Bus[Item] = Bus()
    subscription = bus.subscribe()
    reader = asyncio.create_task(anext(subscription))
    await asyncio.sleep(0)
    bus.publish(items(1))
    assert await reader == Item(1)


async def test_a_reader_that_gives_up_waiting_loses_nothing() -> None:
    bus: Bus[Item] = Bus()
    subscription = bus.subscribe()
    reader = asyncio.create_task(anext(subscription))
    await asyncio.sleep(0)
    reader.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await reader
    bus.publish(items(1))
    assert await anext(subscription) == Item(1)


async def test_closing_a_subscription_wakes_its_reader() -> None:
    bus: Bus[Item] = Bus()
    subscription = bus.subscribe()
    reader = asyncio.create_task(collect(subscription))
    await asyncio.sleep(0)
    subscription.close()
    assert await reader == []


async def test_closing_the_bus_ends_all_subscriptions() -> None:
    bus: Bus[Item] = Bus()
    readers = [asyncio.create_task(collect(bus.subscribe())) for _ in range(3)]
    await asyncio.sleep(0)
    bus.close()
    assert await asyncio.gather(*readers) == [[], [], []]


async def collect(subscription: Subscription[Item]) -> list[Item | Gap]:
    return [item async for item in subscription]


def test_subscriptions_are_bounded_and_closing_one_makes_room() -> None:
    bus: Bus[Item] = Bus(subscriptions=2)
    with bus.subscribe(), bus.subscribe(), pytest.raises(BusFullError, match="no more than 2"):
        bus.subscribe()
    bus.subscribe().close()


def test_a_ring_remembers_no_more_than_its_size() -> None:
    ring: Ring[Item] = Ring(3, 0)
    for item in items(2, 4, 6, 8):
        ring.append(item)
    assert (ring.start, ring.end) == (1, 4)
    assert [ring.item(position) for position in range(1, 4)] == items(4, 6, 8)
    assert [ring.seq_before(position) for position in range(1, 5)] == [2, 4, 6, 8]
    assert [ring.position_after(seq) for seq in (0, 4, 5, 9)] == [1, 2, 2, 4]
