import asyncio
from datetime import timedelta

import pytest

from mailtrap.search.tree import EVERYTHING
from mailtrap.store.base import Page, Window
from mailtrap.store.records import Attempt, Message
from mailtrap.waits.cursor import START, Cursor
from mailtrap.waits.hub import Hub, WaitsClosedError, WaitsFullError
from mailtrap.waits.question import Question
from mailtrap.waits.wait import Outcome, wait
from tests.waits.house import WHEN, House, asking, letter

ANN = asking(rcpt="ann@example.com")
NOW = 0.0


def subjects(outcome: Outcome) -> list[str]:
    return [item.summary.subject for item in outcome.found if isinstance(item, Message)]


async def test_what_is_there_already_is_found_at_once(house: House) -> None:
    seq = await house.accept()
    outcome = await house.wait(Question(node=ANN, timeout=NOW))
    assert outcome.reason is None
    assert [item.seq for item in outcome.found] == [seq]
    assert outcome.cursor == START.plus([seq])


async def test_what_comes_later_wakes_the_wait(house: House) -> None:
    task = await house.begin(Question(node=ANN))
    await house.accept(to="bob@example.com")
    seq = await house.accept()
    assert [item.seq for item in (await task).found] == [seq]


async def test_what_lies_before_the_cursor_is_not_found(house: House) -> None:
    seq = await house.accept(letter("old"))
    task = await house.begin(Question(node=ANN, after=Cursor(seq)))
    await house.accept(letter("new"))
    assert subjects(await task) == ["new"]


async def test_two_waits_get_their_mail_in_whatever_order_it_comes(house: House) -> None:
    await house.accept(letter("second"))
    await house.accept(letter("first"))
    first = await house.wait(Question(node=asking(subject="first"), timeout=NOW))
    second = await house.wait(
        Question(node=asking(subject="second"), after=first.cursor, timeout=NOW)
    )
    assert (subjects(first), subjects(second)) == (["first"], ["second"])


async def test_nothing_is_given_twice(house: House) -> None:
    await house.accept()
    first = await house.wait(Question(node=ANN, timeout=NOW))
    again = await house.wait(Question(node=ANN, after=first.cursor, timeout=NOW))
    assert again.reason == "no-message"
    assert again.cursor == first.cursor


async def test_two_where_one_is_asked_for_are_a_failure(house: House) -> None:
    await house.accept(letter("one"))
    await house.accept(letter("two"))
    outcome = await house.wait(Question(node=ANN, timeout=NOW))
    assert outcome.reason == "too-many-messages"
    assert subjects(outcome) == ["one", "two"]
    assert outcome.cursor == START


async def test_a_count_is_waited_for(house: House) -> None:
    task = await house.begin(Question(node=ANN, count=3))
    for subject in ("a", "b", "c"):
        assert not task.done()
        await house.accept(letter(subject))
    assert subjects(await task) == ["a", "b", "c"]


async def test_fewer_than_asked_in_time_are_a_failure_that_tells_them(house: House) -> None:
    await house.accept(letter("only"))
    outcome = await house.wait(Question(node=ANN, count=2, timeout=0.01))
    assert (outcome.reason, subjects(outcome)) == ("no-message", ["only"])
    assert outcome.waited >= 0.01


async def test_at_least_gives_all_there_are(house: House) -> None:
    for subject in ("a", "b", "c"):
        await house.accept(letter(subject))
    outcome = await house.wait(Question(node=ANN, amount="at least", count=2, timeout=NOW))
    assert (outcome.reason, subjects(outcome)) == (None, ["a", "b", "c"])


async def test_latest_gives_the_newest_and_uses_up_the_rest(house: House) -> None:
    for subject in ("a", "b", "c"):
        await house.accept(letter(subject))
    latest = Question(node=ANN, amount="latest", timeout=NOW)
    outcome = await house.wait(latest)
    assert subjects(outcome) == ["c"]
    left = await house.wait(Question(node=ANN, after=outcome.cursor, timeout=NOW))
    assert left.reason == "no-message"


async def test_only_the_inbox_is_looked_at(house: House) -> None:
    await house.accept(letter("theirs"), inboxes=("gw1",))
    task = await house.begin(Question(inbox="gw2"))
    await house.accept(letter("theirs too"), inboxes=("gw1",))
    await house.accept(letter("ours"), inboxes=("gw1", "gw2"))
    assert subjects(await task) == ["ours"]


async def test_an_unknown_inbox_is_empty(house: House) -> None:
    await house.accept()
    outcome = await house.wait(Question(inbox="nobody", timeout=NOW))
    assert (outcome.reason, outcome.found) == ("no-message", ())


@pytest.mark.parametrize("before", [True, False], ids=["stored", "coming"])
async def test_the_body_is_looked_at_where_it_is_asked_for(house: House, before: bool) -> None:
    question = Question(node=asking(rcpt="ann@example.com", body="your code is 4711"))
    if before:
        await house.accept(letter("no", "nothing"))
        await house.accept(letter("yes", "Your code is 4711."))
    task = await house.begin(question)
    if not before:
        await house.accept(letter("no", "nothing"))
        await house.accept(letter("yes", "Your code is 4711."))
    assert subjects(await task) == ["yes"]


async def test_the_rule_that_acted_is_looked_at_where_it_is_asked_for(house: House) -> None:
    task = await house.begin(Question(node=asking(fault="slow")))
    await house.accept(letter("fast"))
    await house.accept(letter("slow"), rules=("slow",))
    assert subjects(await task) == ["slow"]


async def test_attempts_are_found_refused_and_accepted(house: House) -> None:
    task = await house.begin(Question(node=ANN, of="attempts", count=3))
    await house.refuse()
    await house.refuse()
    await house.accept()
    outcome = await task
    verdicts = [item.verdict for item in outcome.found if isinstance(item, Attempt)]
    assert verdicts == ["refused", "refused", "accepted"]


async def test_attempts_are_told_as_such_where_they_fail(house: House) -> None:
    few = Question(of="attempts", timeout=NOW)
    assert (await house.wait(few)).reason == "no-attempt"
    await house.refuse()
    await house.refuse()
    assert (await house.wait(few)).reason == "too-many-attempts"
    none = Question(of="attempts", amount="none", count=0)
    assert (await house.wait(none)).reason == "unexpected-attempt"


async def test_none_succeeds_after_its_time(house: House) -> None:
    await house.accept(to="bob@example.com")
    outcome = await house.wait(Question(node=ANN, amount="none", count=0, within=0.02))
    assert outcome.reason is None
    assert outcome.waited >= 0.02


async def test_none_fails_at_the_first(house: House) -> None:
    task = await house.begin(Question(node=ANN, amount="none", count=0, within=30))
    await house.accept(letter("surprise"))
    outcome = await task
    assert (outcome.reason, subjects(outcome)) == ("unexpected-message", ["surprise"])


async def test_none_that_drains_ends_when_the_open_transactions_do(house: House) -> None:
    ended = asyncio.Event()
    house.catcher.drained = lambda: _waited(ended)
    question = Question(node=ANN, amount="none", count=0, drain=True)
    task = await house.begin(question)
    await house.accept(to="bob@example.com")
    assert not task.done()
    ended.set()
    assert (await task).reason is None


async def test_what_comes_while_it_drains_is_unexpected(house: House) -> None:
    ended = asyncio.Event()
    house.catcher.drained = lambda: _waited(ended)
    task = await house.begin(Question(node=ANN, amount="none", count=0, drain=True))
    await house.accept()
    assert (await task).reason == "unexpected-message"


async def test_a_transaction_that_never_ends_does_not_hold_it_up_forever(house: House) -> None:
    house.catcher.drained = lambda: _waited(asyncio.Event())
    question = Question(node=ANN, amount="none", count=0, drain=True, timeout=0.02)
    assert (await house.wait(question)).reason is None


async def test_with_drain_a_count_is_judged_after_the_open_transactions(house: House) -> None:
    ended = asyncio.Event()
    house.catcher.drained = lambda: _waited(ended)
    await house.accept()
    task = await house.begin(Question(node=ANN, drain=True))
    await house.accept()
    ended.set()
    assert (await task).reason == "too-many-messages"


async def _waited(event: asyncio.Event) -> None:
    await event.wait()


async def test_quiet_is_there_at_once_where_it_was_quiet_for_long(house: House) -> None:
    await house.accept(at=WHEN)
    outcome = await house.wait(Question(node=ANN, quiet=30))
    assert outcome.reason is None


async def test_one_more_within_the_quiet_is_too_many(house: House) -> None:
    await house.accept()
    task = await house.begin(Question(node=ANN, quiet=30))
    await house.accept()
    assert (await task).reason == "too-many-messages"


async def test_at_least_with_quiet_takes_what_still_comes(house: House) -> None:
    await house.accept(letter("a"))
    question = Question(node=ANN, amount="at least", count=1, quiet=0.8)
    task = await house.begin(question)
    await house.accept(letter("b"), at=WHEN)
    outcome = await task
    assert (outcome.reason, subjects(outcome)) == (None, ["a", "b"])


async def test_one_that_lingers_takes_all_that_comes_until_the_timeout(house: House) -> None:
    await house.accept(letter("a"))
    question = Question(node=ANN, amount="at least", lingers=True, timeout=0.8)
    task = await house.begin(question)
    await house.accept(letter("b"))
    outcome = await task
    assert (subjects(outcome), outcome.waited >= 0.8) == (["a", "b"], True)


async def test_what_never_becomes_quiet_is_told_so(house: House) -> None:
    question = Question(node=ANN, amount="latest", quiet=0.05, timeout=NOW)
    await house.accept()
    task = await house.begin(question)
    while not task.done():
        await house.accept()
    assert (await task).reason == "not-quiet"


async def test_what_the_bus_has_forgotten_is_read_from_the_store(short_memory: House) -> None:
    house = short_memory
    task = await house.begin(Question(node=ANN, count=200))
    sent = await asyncio.gather(*(house.accept() for _ in range(200)))
    assert [item.seq for item in (await task).found] == sorted(sent)


async def test_what_is_lost_while_the_store_is_read_is_not_passed_over(
    short_memory: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bus forgets most of what comes meanwhile: its newest must not be looked at first."""
    house, sent = short_memory, [await short_memory.accept()]
    read = house.catcher.messages

    async def reading(window: Window) -> Page[Message]:
        page = await read(window)
        if len(sent) == 1:
            sent.extend(await asyncio.gather(*(house.accept() for _ in range(20))))
        return page

    monkeypatch.setattr(house.catcher, "messages", reading)
    outcome = await house.wait(Question(node=ANN, count=21))
    assert [item.seq for item in outcome.found] == sorted(sent)


async def test_a_wait_that_falls_behind_reads_the_store_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailtrap.waits.hub.UNSEEN", 3)
    task = await house.begin(Question(node=asking(body="code"), count=50))
    sent = await asyncio.gather(*(house.accept(letter("s", "a code")) for _ in range(50)))
    assert [item.seq for item in (await task).found] == sorted(sent)


async def test_more_waits_than_may_be_are_refused_with_the_limit(house: House) -> None:
    hub = Hub(house.catcher, limit=1)
    hub.start(house.bus)
    first = asyncio.ensure_future(_waiting(hub))
    await house.until(lambda: len(hub) == 1)
    with pytest.raises(WaitsFullError, match=r"as there may be at once \(1\)"):
        await _waiting(hub)
    await hub.close()
    with pytest.raises(WaitsClosedError):
        await first


async def _waiting(hub: Hub) -> Outcome:
    return await wait(hub, Question())


async def test_a_wait_that_is_cancelled_is_open_no_more(house: House) -> None:
    task = await house.begin(Question(node=ANN))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(house.hub) == 0


async def test_an_answered_wait_is_open_no_more(house: House) -> None:
    await house.accept()
    await house.wait(Question(node=EVERYTHING, timeout=NOW))
    assert len(house.hub) == 0


async def test_waits_that_come_and_go_while_mail_flows_miss_nothing(house: House) -> None:
    """Thirty readers, each taking one after the other, see each message just once."""

    async def read_all(number: int) -> list[int]:
        cursor, seqs = START, []
        for _ in range(10):
            question = Question(
                node=asking(rcpt=f"{number}@example.com"),
                amount="at least", count=1, after=cursor,
            )  # fmt: skip
            outcome = await house.wait(question)
            seqs += [item.seq for item in outcome.found]
            cursor = outcome.cursor
            if len(seqs) >= 10:
                break
        return seqs

    readers = [asyncio.ensure_future(read_all(number)) for number in range(30)]
    sent: dict[int, list[int]] = {number: [] for number in range(30)}
    for _ in range(10):
        for number in range(30):
            sent[number].append(await house.accept(to=f"{number}@example.com"))
    assert await asyncio.gather(*readers) == list(sent.values())


async def test_a_clock_set_back_does_not_hang_a_quiet_wait(house: House) -> None:
    future = WHEN.replace(year=2099) + timedelta(days=1)
    await house.accept(at=future)
    assert (await house.wait(Question(node=ANN, quiet=0.02))).reason is None
