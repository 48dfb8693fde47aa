"""What a search in the store finds is what the matcher says of each document."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from typing import Final
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailtrap.mail.message import Summary
from mailtrap.search.document import Document, Field
from mailtrap.search.fold import fold
from mailtrap.search.language import DEPTH_LIMIT, parse
from mailtrap.search.matching import holds
from mailtrap.search.tree import (
    All,
    Any,
    Header,
    InInbox,
    Mode,
    Network,
    Node,
    Not,
    Read,
    Received,
    Size,
    Tagged,
    Text,
)
from mailtrap.smtp.envelope import NULL_PATH, Envelope
from mailtrap.store import finding, indexer, schedule
from mailtrap.store.base import Retention, Window
from mailtrap.store.grams import BLOCK
from mailtrap.store.records import Attempt, Message, NewAttempt, NewMessage, Trace
from mailtrap.store.sqlite import Settings, SqliteStore

WHEN: Final = datetime(2026, 1, 1, tzinfo=UTC)
TRACE: Final = Trace("s", "l", "p", "q", None, "SMTP")
ALPHABET: Final = "abcABI éßİσς'\"*?[]@.:-日本語💌\u0301"

FIELDS: Final = st.sampled_from(("subject", "to", "text", "rcpt", "flags", "headers"))
POOL: Final = (
    "abcabc", "from: abc", "x-a: abcé", "e\u0301te\u0301", "Straße", "日本語日本", 'an "abc" [*]?',
    "İσς💌",
)  # fmt: skip
WORDS: Final = st.one_of(
    st.sampled_from(POOL),
    st.builds(
        lambda word, begin: word[begin : begin + 4], st.sampled_from(POOL), st.integers(0, 5)
    ),
    st.builds(lambda word: f"*{word[1:]}", st.sampled_from(POOL)),
    st.text(ALPHABET, max_size=6),
)
LINES: Final = st.lists(
    st.lists(WORDS, min_size=1, max_size=2).map(" ".join).map(fold).filter(bool),
    min_size=1,
    max_size=3,
)
NAMES: Final = st.sampled_from(("a", "B", "ünï"))
MOMENTS: Final = st.integers(0, 5).map(lambda step: WHEN + timedelta(microseconds=step))


def laid_out(lines: list[str]) -> str:
    return "\n" + "".join(f"{line}\n" for line in lines)


DOCUMENTS: Final = st.builds(
    Document,
    texts=st.dictionaries(FIELDS, LINES.map(laid_out))
    | st.builds(lambda one: {"ip": laid_out([one])}, st.sampled_from(("10.0.0.1", "::1", "x"))),
    size=st.integers(0, 5),
    received_at=MOMENTS,
    read=st.booleans(),
    tags=st.lists(NAMES, max_size=2, unique=True).map(tuple),
    inboxes=st.lists(NAMES, min_size=1, max_size=2, unique=True).map(tuple),
)
MODES: Final[st.SearchStrategy[Mode]] = st.sampled_from(("contains", "equals", "glob"))
REGEXES: Final = st.sampled_from(("^a", "b.c", "ab|日", "[^a]$", "\\*", ""))


def texts(fields: list[Field], mode: Mode, value: str) -> Text:
    return Text(tuple(fields), mode, fold(value))


SOME_FIELDS: Final = st.lists(FIELDS, min_size=1, max_size=3, unique=True)
LEAVES: Final[st.SearchStrategy[Node]] = st.one_of(
    st.builds(texts, SOME_FIELDS, MODES, WORDS),
    st.builds(lambda f, v: Text(tuple(f), "regex", v), SOME_FIELDS, REGEXES),
    st.builds(
        Header,
        st.sampled_from(("x-a", "from")),
        MODES,
        st.none() | WORDS.map(fold),
    ),
    st.sampled_from(("10.0.0.0/8", "::/0", "0.0.0.0/0")).map(lambda n: Network(ip_network(n))),
    st.builds(Size, st.none() | st.integers(-1, 6), st.none() | st.integers(-1, 6)),
    st.builds(Received, st.none() | MOMENTS, st.none() | MOMENTS),
    st.booleans().map(Read),
    st.builds(Tagged, st.none() | NAMES.map(fold)),
    NAMES.map(InInbox),
)
TREES: Final = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, max_size=4).map(lambda nodes: All(tuple(nodes))),
        st.lists(inner, max_size=4).map(lambda nodes: Any(tuple(nodes))),
    ),
    max_leaves=8,
)


class House:
    """A store of documents that were made up, its trigrams made where that may be."""

    def __init__(self, documents: list[Document]) -> None:
        self.documents = documents
        self.runner = asyncio.Runner()
        self.store = SqliteStore(
            None,
            retention=Retention(),
            summarise=lambda _: Summary(),
            inspect=lambda _: (),
            settings=Settings(describe=self.describe),
        )
        self.runner.run(self.fill())

    def describe(self, message: Message, _: bytes, __: Attempt | None) -> Document:
        return self.documents[int(message.id)]

    async def fill(self) -> None:
        await self.store.start()
        for number, document in enumerate(self.documents):
            new = NewMessage(
                id=str(number),
                received_at=document.received_at,
                raw=bytes(document.size),
                envelope=Envelope(NULL_PATH),
                trace=TRACE,
                inboxes=document.inboxes,
                tags=document.tags,
            )
            await self.store.add(new, attempt(number))
            if document.read:
                await self.store.update([str(number)], read=True)
        # So many seqs behind them that all of them may have their trigrams.
        for number in range(2 * BLOCK):
            self.store.open_session(str(number), "l", "p")
        await self.store.add(
            NewMessage("last", WHEN, b"", Envelope(NULL_PATH), TRACE, ("other",)), attempt(-1)
        )
        await self.store.flush()
        while self.store.indexing:
            await self.store.held()
        await self.store.delete(["last"])

    def found(self, query: Node, inbox: str | None = None) -> list[int]:
        page = self.runner.run(self.store.messages(Window(1_000, query=query, inbox=inbox)))
        assert (page.newer, page.older) == (False, False)
        return [int(row.id) for row in page.rows]

    def close(self) -> None:
        self.runner.run(self.store.close())
        self.runner.close()


def attempt(number: int) -> NewAttempt:
    return NewAttempt(
        f"a{number}", "s", "l", WHEN, WHEN, "", {}, (), "done", "accepted", None, None, 0, 0
    )


@contextmanager
def everything_in_trigrams() -> Iterator[None]:
    with (
        patch.object(schedule, "IDLE", 0.001),
        patch.object(indexer, "LAG", BLOCK),
        patch.object(indexer, "STRETCH", BLOCK),
        patch.object(finding, "FEW", 0),
        patch.object(finding, "SIZES", dict.fromkeys(finding.SIZES, (1, 2))),
    ):
        yield


@settings(max_examples=60, deadline=None)
@given(st.lists(DOCUMENTS, max_size=25), st.lists(TREES, min_size=1, max_size=12))
def test_the_store_finds_what_the_matcher_says(
    documents: list[Document], trees: list[Node]
) -> None:
    with everything_in_trigrams():
        house = House(documents)
        try:
            for tree in trees:
                expected = [
                    number for number, one in enumerate(house.documents) if holds(tree, one)
                ]
                assert house.found(tree) == expected[::-1]
                within = [number for number in expected if "a" in documents[number].inboxes]
                assert house.found(tree, "a") == within[::-1]
        finally:
            house.close()


@pytest.mark.parametrize("level", ["-(b c OR d ", "-", "(b OR c OR d OR e ", "{b c d (e "])
def test_a_tree_may_be_as_deep_as_the_language_lets_it(level: str) -> None:
    closing = level.translate({ord("("): ")", ord("{"): "}"})
    brackets = "".join(sign for sign in reversed(closing) if sign in ")}")
    times = DEPTH_LIMIT // sum(sign in "-({" for sign in level)
    node = parse(level * times + "abc" + brackets * times, now=WHEN)
    house = House(
        [Document(texts={"subject": "\nabc\n"}, size=0, received_at=WHEN, inboxes=("a",))]
    )
    try:
        assert house.found(node) == [0 for one in house.documents if holds(node, one)]
        assert house.found(Not(node)) == [0 for one in house.documents if not holds(node, one)]
    finally:
        house.close()


def test_a_search_may_be_as_wide_as_the_language_lets_it() -> None:
    every: tuple[Field, ...] = ("subject", "sender", "to", "cc", "bcc", "text", "html", "filenames")
    words = [Text(every, "contains", f"word{number}") for number in range(100)]
    house = House([Document(texts={"html": "\nword7\n"}, size=0, received_at=WHEN, inboxes=("a",))])
    try:
        assert house.found(Any(tuple(words))) == [0]
        assert house.found(All(tuple(words))) == []
    finally:
        house.close()


def test_a_value_that_no_column_can_hold_is_found_nowhere() -> None:
    house = House(
        [Document(texts={"text": "\n\\udce9\n"}, size=0, received_at=WHEN, inboxes=("a",))]
    )
    values = ("\udce9", "a\0b", "\\udce9")
    try:
        found = [house.found(Text(("text",), "contains", value)) for value in values]
        assert found == [[], [], [0]]
    finally:
        house.close()
