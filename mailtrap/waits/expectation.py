"""Expectations as data: what mail should have come, how it should look, how a client retried."""

import asyncio
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from mailtrap.search.explain import differing
from mailtrap.search.tree import EVERYTHING, Node
from mailtrap.store.records import Attempt, Message
from mailtrap.waits.circumstances import OUT_OF_ORDER, REPEATED, Circumstances, Near, circumstances
from mailtrap.waits.hub import Hub
from mailtrap.waits.question import Question
from mailtrap.waits.schedule import Schedule, fault_of
from mailtrap.waits.wait import Outcome, wait

EXPECTATIONS: Final = 100
"""Expectations of one request."""

Unique: TypeAlias = Literal["message-id", "content"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What should have come, or should within the time of ``question``.

    ``must`` holds for each message that came. With ``ordered`` the messages came after those of the
    expectation before. ``unique`` tells in what no two of them may be the same. With ``schedule``
    the question is about attempts, and what came is held against it.
    """

    question: Question
    name: str = ""
    must: Node = EVERYTHING
    ordered: bool = False
    unique: Unique | None = None
    schedule: Schedule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of an expectation: ``reason`` is None where it is met.

    ``why`` says in words what is wrong and ``near`` with which messages, unless it is the wait
    itself that failed: then ``around`` tells.
    """

    expectation: Expectation
    outcome: Outcome
    reason: str | None
    why: str = ""
    near: tuple[Near, ...] = ()
    around: Circumstances

    @property
    def messages(self) -> tuple[Message, ...]:
        """The messages that matched."""
        return tuple(item for item in self.outcome.found if isinstance(item, Message))

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """The attempts that matched."""
        return tuple(item for item in self.outcome.found if isinstance(item, Attempt))


@dataclass(frozen=True, slots=True)
class _Flaw:
    reason: str
    why: str
    near: tuple[Near, ...] = ()


async def judge(hub: Hub, expectations: Sequence[Expectation]) -> tuple[Verdict, ...]:
    """The verdicts, in the order of the expectations; all are waited for at the same time.

    Raises WaitsFullError, WaitsClosedError, StoreError.
    """
    tasks = [asyncio.ensure_future(_judge_one(hub, one)) for one in expectations]
    try:
        verdicts = await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
    return tuple(_in_order(verdicts))


async def _judge_one(hub: Hub, expectation: Expectation) -> Verdict:
    outcome = await wait(hub, expectation.question)
    flaw = await _flaw(hub, expectation, outcome)
    return Verdict(
        expectation=expectation,
        outcome=outcome,
        reason=flaw.reason if flaw else None,
        why=flaw.why if flaw else "",
        near=flaw.near if flaw else (),
        around=await circumstances(hub, outcome)
        if flaw
        else Circumstances(since=outcome.began_at, opened=False),
    )


async def _flaw(hub: Hub, expectation: Expectation, outcome: Outcome) -> _Flaw | None:
    if expectation.schedule is not None:
        attempts = [item for item in outcome.found if isinstance(item, Attempt)]
        if not attempts:
            return _Flaw("no-attempt", "")
        why = fault_of(expectation.schedule, attempts, expectation.question.node)
        return _Flaw("attempts-differ", why) if why else None
    if outcome.reason is not None:
        return _Flaw(outcome.reason, "")
    messages = [item for item in outcome.found if isinstance(item, Message)]
    return await _unlike(hub, expectation.must, messages) or await _twice(
        hub, expectation.unique, messages
    )


async def _unlike(hub: Hub, must: Node, messages: Iterable[Message]) -> _Flaw | None:
    """The messages that are not as they must be."""
    if must == EVERYTHING:
        return None
    known = [(message, await hub.documents.whole(message)) for message in messages]
    near = [Near(m, differing(must, document)) for m, document in known if document is not None]
    near = [one for one in near if one.differs]
    if not near:
        return None
    return _Flaw("differs", f"but {_number(near)} not as it must be", tuple(near))


async def _twice(hub: Hub, unique: Unique | None, messages: Iterable[Message]) -> _Flaw | None:
    """The messages that repeat one before."""
    if unique is None:
        return None
    seen: set[Hashable] = set()
    near = []
    for message in messages:
        ids = unique == "message-id"
        key = message.summary.message_id or None if ids else await _content(hub, message)
        if key is not None and key in seen:
            near.append(Near(message, (REPEATED,)))
        seen.add(key)
    if not near:
        return None
    what = "the same Message-ID" if unique == "message-id" else "the same content"
    return _Flaw("duplicate", f"but {_number(near)} there before with {what}", tuple(near))


async def _content(hub: Hub, message: Message) -> Hashable:
    """What is the same in a message that was sent twice, though its Date and Message-ID differ."""
    opened = await hub.catcher.mail(message.id)
    if opened is None:
        return None
    to = frozenset(one.path.address for one in message.envelope.recipients)
    mail = opened.mail
    files = tuple((part.filename, part.size) for part in mail.parts if part.is_attachment)
    return message.summary.subject, to, hash(mail.text), hash(mail.html), files


def _in_order(verdicts: Sequence[Verdict]) -> Iterable[Verdict]:
    """The verdicts, with those refused that came before the one before."""
    last = 0
    for verdict in verdicts:
        seqs = [message.seq for message in verdict.messages]
        if verdict.expectation.ordered and not verdict.reason and seqs and min(seqs) < last:
            near = tuple(Near(m, (OUT_OF_ORDER,)) for m in verdict.messages if m.seq < last)
            why = f"but {_number(near)} there before those of the expectation before"
            yield _refused(verdict, why, near)
        else:
            yield verdict
        last = max([last, *seqs])


def _refused(verdict: Verdict, why: str, near: tuple[Near, ...]) -> Verdict:
    return Verdict(
        expectation=verdict.expectation,
        outcome=verdict.outcome,
        reason="out-of-order",
        why=why,
        near=near,
        around=verdict.around,
    )


def _number(near: Sequence[Near]) -> str:
    return "one is" if len(near) == 1 else f"{len(near)} are"
