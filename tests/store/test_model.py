"""Any order of any operations: the store and a plain list agree."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from mailtrap.mail.message import Summary
from mailtrap.smtp.envelope import NULL_PATH, Envelope
from mailtrap.store.base import Retention, Window
from mailtrap.store.records import NewAttempt, NewMessage, Trace
from mailtrap.store.sqlite import SqliteStore

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
TRACE = Trace("s", "l", "p", "q", None, "SMTP")
NAMES = st.sampled_from(["a", "b", "c"])
SOME_NAMES = st.lists(NAMES, max_size=3).map(tuple)
SOME_IDS = st.lists(st.integers(0, 30).map(str), max_size=6)
MAYBE_INBOX = st.none() | NAMES


@dataclass
class Known:
    """A message as the model knows it."""

    id: str
    size: int
    inboxes: tuple[str, ...]
    tags: set[str] = field(default_factory=set)
    read: bool = False
    seq: int = 0


class Machine(RuleBasedStateMachine):
    """The model is ``known``: all messages, oldest first."""

    bound = 0

    def __init__(self) -> None:
        super().__init__()
        self.known: list[Known] = []
        self.given = 0
        self.runner = asyncio.Runner()
        self.store = SqliteStore(
            None,
            retention=Retention(messages=self.bound),
            summarise=lambda _: Summary(),
            inspect=lambda _: (),
        )
        self.runner.run(self.store.start())

    def teardown(self) -> None:
        self.runner.run(self.store.close())
        self.runner.close()

    @rule(size=st.integers(0, 9), inboxes=SOME_NAMES, tags=SOME_NAMES)
    def add(self, size: int, inboxes: tuple[str, ...], tags: tuple[str, ...]) -> None:
        id_ = str(self.given)
        self.given += 1
        message = NewMessage(
            id_, WHEN, bytes(size), Envelope(NULL_PATH), TRACE, inboxes=inboxes, tags=tags
        )
        attempt = NewAttempt(
            f"a{id_}", "s", "l", WHEN, WHEN, "", {}, (), "done", "accepted", None, id_, 0, 0
        )
        home = tuple(dict.fromkeys(inboxes)) or ("default",)
        known = Known(id_, size, home, set(tags))

        async def add() -> int:
            return await self.store.add(message, attempt)

        known.seq = self.runner.run(add())
        self.known.append(known)
        if self.bound:
            del self.known[: -self.bound]

    @rule(ids=SOME_IDS)
    def delete(self, ids: list[str]) -> None:
        kept = [known for known in self.known if known.id not in ids]
        assert self.runner.run(self.store.delete(ids)) == len(self.known) - len(kept)
        self.known = kept

    @rule(inbox=MAYBE_INBOX)
    def clear(self, inbox: str | None) -> None:
        count = len(self.of(inbox))
        assert self.runner.run(self.store.clear(inbox)) == count
        for known in self.known:
            known.inboxes = tuple(i for i in known.inboxes if inbox not in (None, i))
        self.known = [known for known in self.known if known.inboxes]

    @rule(
        ids=st.none() | SOME_IDS,
        read=st.none() | st.booleans(),
        add=SOME_NAMES,
        remove=SOME_NAMES,
        inbox=MAYBE_INBOX,
    )
    def update(
        self,
        ids: list[str] | None,
        read: bool | None,
        add: tuple[str, ...],
        remove: tuple[str, ...],
        inbox: str | None,
    ) -> None:
        those = [known for known in self.of(inbox) if ids is None or known.id in ids]
        for known in those:
            known.read = known.read if read is None else read
            known.tags = (known.tags | set(add)) - set(remove)
        edited = self.store.update(ids, read=read, add_tags=add, remove_tags=remove, inbox=inbox)
        assert self.runner.run(edited) == len(those)

    @rule(
        limit=st.integers(0, 6),
        before=st.none() | st.integers(-1, 60),
        after=st.none() | st.integers(-1, 60),
        inbox=MAYBE_INBOX,
    )
    def page(self, limit: int, before: int | None, after: int | None, inbox: str | None) -> None:
        page = self.runner.run(self.store.messages(Window(limit, before, after, inbox)))
        rows = self.of(inbox)
        within = [
            known
            for known in rows
            if (before is None or known.seq < before) and (after is None or known.seq > after)
        ]
        rising = after is not None and before is None
        chosen = within[:limit] if rising else within[len(within) - min(limit, len(within)) :]
        assert [row.seq for row in page.rows] == [known.seq for known in reversed(chosen)]
        for row, known in zip(page.rows, reversed(chosen), strict=True):
            assert (row.id, row.size, row.read) == (known.id, known.size, known.read)
            assert (row.inboxes, set(row.tags)) == (known.inboxes, known.tags)
        if chosen:
            assert page.newer == (chosen[-1].seq < rows[-1].seq)
            assert page.older == (chosen[0].seq > rows[0].seq)

    @invariant()
    def counts_are_right(self) -> None:
        counts = self.runner.run(self.store.counts())
        assert (counts.messages, counts.unread, counts.octets) == sums(self.known)
        names = sorted({inbox for known in self.known for inbox in known.inboxes})
        assert [inbox.name for inbox in counts.inboxes] == names
        for inbox in counts.inboxes:
            assert (inbox.messages, inbox.unread, inbox.octets) == sums(self.of(inbox.name))

    @invariant()
    def tags_are_right(self) -> None:
        tags = Counter(tag for known in self.known for tag in known.tags)
        assert self.runner.run(self.store.tags()) == dict(sorted(tags.items()))

    def of(self, inbox: str | None) -> list[Known]:
        return [known for known in self.known if inbox is None or inbox in known.inboxes]


def sums(messages: list[Known]) -> tuple[int, int, int]:
    return (
        len(messages),
        sum(not known.read for known in messages),
        sum(known.size for known in messages),
    )


class BoundedMachine(Machine):
    """With retention."""

    bound = 4


FEW = settings(max_examples=25, stateful_step_count=30, deadline=None)


@pytest.mark.parametrize("machine", [Machine, BoundedMachine])
def test_the_store_agrees_with_a_plain_list(machine: type[Machine]) -> None:
    case = machine.TestCase
    case.settings = FEW
    case().runTest()
