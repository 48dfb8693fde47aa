"""Waiting: how a question is answered, and when it is not."""

import asyncio
from asyncio import Task, get_running_loop
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, TypeAlias

from mailtrap.store.records import Message
from mailtrap.waits.cursor import Cursor
from mailtrap.waits.documents import Item
from mailtrap.waits.hub import Hub
from mailtrap.waits.question import Question
from mailtrap.waits.watch import Watch

Reason: TypeAlias = Literal[
    "no-message",
    "no-attempt",
    "too-many-messages",
    "too-many-attempts",
    "unexpected-message",
    "unexpected-attempt",
    "not-quiet",
]

_REASONS: Final[dict[tuple[str, str], Reason]] = {
    ("few", "messages"): "no-message",
    ("few", "attempts"): "no-attempt",
    ("many", "messages"): "too-many-messages",
    ("many", "attempts"): "too-many-attempts",
    ("any", "messages"): "unexpected-message",
    ("any", "attempts"): "unexpected-attempt",
}


SETTLES: Final = 5.0
"""Seconds that ``drain`` gives what is under way before too few are missed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a wait; ``reason`` is None where all is as it was asked.

    ``found`` is what matched, in the order it came: of a success what was asked for. ``cursor`` is
    that of the next wait: of a failure the one that was given. ``waited`` is in seconds.
    """

    question: Question
    reason: Reason | None
    found: tuple[Item, ...]
    cursor: Cursor
    began_at: datetime
    waited: float


async def wait(hub: Hub, question: Question) -> Outcome:
    """The answer to a question, as soon as it is known.

    Raises WaitsFullError, WaitsClosedError, StoreError.
    """
    began_at, began = datetime.now(UTC), get_running_loop().time()
    with Watch(hub, question) as watch:
        waiting = _for_none if question.amount == "none" else _for_some
        reason = await waiting(hub, question, watch, began)
    return Outcome(
        question=question,
        reason=reason,
        found=tuple(watch.found),
        cursor=question.after.plus(watch.seqs) if reason is None else question.after,
        began_at=began_at,
        waited=get_running_loop().time() - began,
    )


async def _for_some(hub: Hub, question: Question, watch: Watch, began: float) -> Reason | None:
    deadline = began + question.timeout
    await watch.until(lambda: len(watch.seqs) >= question.count, deadline)
    if question.drain and len(watch.seqs) < question.count:
        await _settled(hub, question, watch)
    if len(watch.seqs) < question.count:
        return _REASONS["few", question.of]
    if question.lingers:
        await watch.until(lambda: False, deadline)
    if question.drain and not _too_many(question, watch):
        async with _draining(hub, watch) as drained:
            await watch.until(
                lambda: _too_many(question, watch) or drained.done(),
                get_running_loop().time() + question.timeout,
            )
        await _look_again(watch)
    became_quiet = not question.quiet or await _quiet(question, watch, deadline)
    if _too_many(question, watch):
        return _REASONS["many", question.of]
    return None if became_quiet else "not-quiet"


async def _settled(hub: Hub, question: Question, watch: Watch) -> None:
    """Let what is under way come to its end before it is missed.

    An app has read the reply that ends a transaction a moment before the attempt is stored.
    """
    async with _draining(hub, watch) as drained:
        await watch.until(
            lambda: len(watch.seqs) >= question.count or drained.done(),
            get_running_loop().time() + SETTLES,
        )
    await _look_again(watch)


async def _look_again(watch: Watch) -> None:
    """Look at what came up to now: draining may have ended after the last look."""
    await watch.until(lambda: True, get_running_loop().time())


async def _for_none(hub: Hub, question: Question, watch: Watch, began: float) -> Reason | None:
    if question.drain:
        async with _draining(hub, watch) as drained:
            deadline = began + max(question.timeout, question.within)
            await watch.until(lambda: bool(watch.seqs) or drained.done(), deadline)
    await watch.until(lambda: bool(watch.seqs), began + question.within)
    return _REASONS["any", question.of] if watch.seqs else None


def _too_many(question: Question, watch: Watch) -> bool:
    return question.amount == "exactly" and len(watch.seqs) > question.count


async def _quiet(question: Question, watch: Watch, deadline: float) -> bool:
    """Whether so long after a match nothing more comes, at the latest so long after the deadline.

    Returns at once where there are too many.
    """
    clock = get_running_loop().time
    last = max(deadline, clock()) + question.quiet
    while not _too_many(question, watch):
        silent = clock() + question.quiet - _age(watch.found[-1], question.quiet)
        if not await watch.until_more(min(silent, last)):
            return silent <= last
        if clock() >= last:
            return False
    return False


def _age(item: Item, most: float) -> float:
    """Seconds since it came, from 0 to ``most``: a clock may have been set since."""
    came = item.received_at if isinstance(item, Message) else item.ended_at
    return min(max((datetime.now(UTC) - came).total_seconds(), 0.0), most)


@asynccontextmanager
async def _draining(hub: Hub, watch: Watch) -> AsyncIterator[Task[None]]:
    """A task that is done, and wakes the watch, when the transactions open now have ended."""
    task = asyncio.ensure_future(_drained(hub))
    task.add_done_callback(lambda _: watch.wake())
    try:
        yield task
        if task.done():
            task.result()
    finally:
        task.cancel()


async def _drained(hub: Hub) -> None:
    await hub.catcher.drained()
    await hub.catcher.flush()
