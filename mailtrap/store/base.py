"""The contract that every store keeps; ``tests/store/test_contract*.py`` are its proof."""

from asyncio import Future
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Generic, Protocol, TypeVar

import msgspec

from mailtrap.search.tree import EVERYTHING, Node
from mailtrap.store.insights.records import Insights, Question
from mailtrap.store.records import (
    Attempt,
    Change,
    Message,
    NewAttempt,
    NewMessage,
    NewSession,
    Session,
    Verdict,
)

T = TypeVar("T")


class StoreError(Exception):
    """Something the store cannot do; the sentence says what and why."""


class StoreFullError(StoreError):
    """No room: nothing of this message is kept. The server answers 452 4.3.1."""


class MessageGoneError(StoreError):
    """A message was deleted while its octets were being read."""


class StoreFileError(StoreError):
    """The file is not ours, newer than this version, or not to be opened. It is left untouched."""


class Retention(msgspec.Struct, frozen=True):
    """Upper bounds; 0 means none. The oldest go first.

    ``messages`` is a count, ``octets`` the sum of raw sizes, ``seconds`` an age.
    ``sessions`` bounds the stored sessions, and the attempts likewise; ``record_octets`` is what
    either may take, with all transcripts and recipients.
    """

    messages: int = 0
    octets: int = 0
    seconds: float = 0
    sessions: int = 10_000
    record_octets: int = 128 * 1024 * 1024


class Window(msgspec.Struct, frozen=True):
    """Which rows of a list: at most ``limit``, by ``seq``, both bounds exclusive.

    With ``before`` (or neither bound) the newest below it, with ``after`` alone the oldest above
    it. Rows come newest first either way. ``inbox`` None means all. ``query`` is a search, for
    messages only. ``offset`` rows are passed over, as seen from the bound.
    """

    limit: int = 50
    before: int | None = None
    after: int | None = None
    inbox: str | None = None
    query: Node = EVERYTHING
    offset: int = 0


class Concerning(msgspec.Struct, frozen=True):
    """Which attempts: those with this recipient, from this sender, on which this rule acted.

    Addresses are compared without regard to case; None does not matter.
    """

    recipient: str | None = None
    sender: str | None = None
    rule: str | None = None


class Page(msgspec.Struct, Generic[T], frozen=True):
    """Rows, newest first, and whether there are more on either side."""

    rows: tuple[T, ...]
    newer: bool
    older: bool


class InboxCount(msgspec.Struct, frozen=True):
    """What one inbox holds. Kept, not counted."""

    name: str
    messages: int
    unread: int
    octets: int


class Counts(msgspec.Struct, frozen=True):
    """What the store holds. ``seq`` is the newest commit: the cursor of now.

    ``lost`` counts the attempts and sessions that could not be written since the start.
    """

    seq: int
    messages: int
    unread: int
    octets: int
    attempts: int
    sessions: int
    inboxes: tuple[InboxCount, ...]
    lost: int = 0


class RawMessage(msgspec.Struct, frozen=True):
    """The raw octets of a message, to be read in pieces of at most 1 MiB.

    Each piece is read when it is asked for; MessageGoneError tells that there are no more.
    """

    size: int
    pieces: AsyncIterator[bytes]


class Store(Protocol):
    """Messages, attempts and sessions, in commit order.

    ``on_change`` is called in the event loop with everything that one commit changed, ``seq``
    ascending, after that commit. Methods that take ``id`` return None where there is no such row.
    """

    on_change: Callable[[Sequence[Change]], None]

    async def start(self) -> None:
        """Open, migrate if older. Raises StoreFileError."""

    async def close(self) -> None:
        """Commit what was handed over, then close."""

    def add(self, message: NewMessage, attempt: NewAttempt) -> "Future[int]":
        """Store both in one commit; the future gives the message's seq after that commit.

        It raises StoreFullError or StoreError: then nothing of the two is kept.
        """

    def add_attempt(self, attempt: NewAttempt) -> None:
        """Store an attempt that left no message, soon."""

    def open_session(self, session_id: str, listener: str, peer: str) -> None:
        """Announce (and do not store) a session that began."""

    def add_session(self, session: NewSession) -> None:
        """Store a session that ended, soon."""

    async def flush(self) -> None:
        """Return when all that was handed over before is committed."""

    async def counts(self) -> Counts:
        """What there is. It tells every inbox: ``held`` is for those who ask often."""

    async def held(self, inbox: str | None = None) -> InboxCount:
        """What one inbox holds, or all together (named ``""``); zeros where there is none."""

    async def messages(self, window: Window) -> Page[Message]:
        """A list of messages. A search sees all that was handed over before."""

    async def count(self, query: Node, inbox: str | None = None) -> int:
        """How many messages a search finds."""

    def matching(
        self, query: Node, inbox: str | None = None, *, upto: int | None = None
    ) -> AsyncIterator[tuple[str, ...]]:
        """The ids of all that a search finds, newest first, some at a time.

        What is newer than ``upto``, or stored after the first was asked for, is not among them.
        """

    async def message(self, message_id: str) -> Message | None:
        """One message by id."""

    async def latest(self, inbox: str | None = None) -> Message | None:
        """The newest message."""

    async def raw(self, message_id: str) -> RawMessage | None:
        """A message's octets exactly as they were sent."""

    async def delete(self, ids: Sequence[str]) -> int:
        """Delete messages; how many there were."""

    async def clear(self, inbox: str | None = None, *, upto: int | None = None) -> int:
        """Delete all messages, or all of an inbox, none newer than seq ``upto``; how many.

        A message that is in another inbox too stays there.
        """

    async def update(
        self,
        ids: Sequence[str] | None,
        *,
        read: bool | None = None,
        add_tags: Sequence[str] = (),
        remove_tags: Sequence[str] = (),
        inbox: str | None = None,
    ) -> int:
        """Set the read flag and tags of these messages, or (ids None) of all; how many there are.

        With ``inbox`` only of those that are in it. A tag both added and removed is removed.
        """

    async def set_limits(self, inbox: str, retention: Retention) -> None:
        """Keep one inbox within these bounds, beside those of the whole, until the store closes.

        Its oldest messages leave it first; one that is in another inbox too stays there.
        """

    async def forget_limits(self, inbox: str) -> None:
        """Let an inbox have no bounds of its own any more."""

    async def tags(self) -> dict[str, int]:
        """Every tag in use with the number of its messages."""

    async def attempts(
        self,
        window: Window,
        *,
        verdict: Verdict | None = None,
        session: str | None = None,
        concerning: Concerning | None = None,
    ) -> Page[Attempt]:
        """A list of attempts."""

    async def attempt(self, attempt_id: str) -> Attempt | None:
        """One attempt; ``latest`` is the newest."""

    async def sessions(self, window: Window) -> Page[Session]:
        """A list of ended sessions, their transcripts left out (empty)."""

    async def session(self, session_id: str) -> Session | None:
        """One ended session, whole; ``latest`` is the newest."""

    async def attempt_for(self, message_id: str) -> Attempt | None:
        """The attempt that brought a message."""

    async def insights(self, question: Question) -> Insights:
        """Figures of a span of time, of what is committed."""
