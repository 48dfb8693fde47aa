"""The use cases: what can be done with what was caught, whoever asks. No HTTP, no SMTP."""

import asyncio
from asyncio import Future
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from typing import NamedTuple

import msgspec

from mailtrap.bus import Bus, Subscription
from mailtrap.mail.message import Mail
from mailtrap.mail.parse import parse
from mailtrap.search.tree import EVERYTHING, Node
from mailtrap.store.base import (
    Concerning,
    Counts,
    InboxCount,
    MessageGoneError,
    Page,
    RawMessage,
    Retention,
    Store,
    Window,
)
from mailtrap.store.ids import Ids
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

LATEST = "latest"
"""Stands for the newest wherever an id may stand. No id of ours is spelled so."""

CACHE_OCTETS = 16 * 1024 * 1024
INLINE_OCTETS = 32 * 1024
"""Messages up to this size are parsed at once; larger ones in a thread."""


def now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


def no_sessions() -> Iterable[Session]:
    """Nobody is connected."""
    return ()


async def no_transactions() -> None:
    """No transaction is open."""


def never_opened(inbox: str) -> "Opening | None":
    """Nobody opened an inbox: each is there as soon as something names it."""
    del inbox
    return None


class Opening(NamedTuple):
    """When an inbox was opened: the seq of that moment, and the time."""

    seq: int
    at: datetime


class Opened(NamedTuple):
    """A message, its octets, and what they say."""

    message: Message
    raw: bytes
    mail: Mail


class Catcher:
    """All that the listeners and the API may ask. It belongs to one event loop.

    ``live`` gives the sessions that are open now, and ``drained`` returns when the transactions
    that are open at the call have ended: whoever owns the sockets sets them. ``opened`` tells when
    somebody opened an inbox: whoever keeps them sets it. ``new_id`` gives an id for a message, an
    attempt or a session. Where an id is asked for, ``latest`` is the newest one, of ``inbox`` where
    that is given. Methods give None where there is no such thing, and raise StoreError where the
    store cannot answer.
    """

    def __init__(self, store: Store, bus: Bus[Change]) -> None:
        self.live: Callable[[], Iterable[Session]] = no_sessions
        self.drained: Callable[[], Awaitable[None]] = no_transactions
        self.opened: Callable[[str], Opening | None] = never_opened
        self._store = store
        self._bus = bus
        self.new_id: Callable[[], str] = Ids()
        self._parsed = ParsedMails(CACHE_OCTETS)
        store.on_change = bus.publish

    async def start(self) -> None:
        """Open the store and set the bus to its seq. Raises StoreFileError."""
        await self._store.start()
        self._bus.begin((await self._store.counts()).seq)

    async def close(self) -> None:
        """Commit what was handed over, tell it, then end all subscriptions."""
        await self._store.close()
        self._bus.close()

    def accept(self, message: NewMessage, attempt: NewAttempt) -> "Future[int]":
        """Store a message with its attempt; the future gives its seq once both are committed.

        It raises StoreFullError or StoreError: then nothing of the two is kept.
        """
        return self._store.add(message, attempt)

    def record_attempt(self, attempt: NewAttempt) -> None:
        """Store a transaction that left no message."""
        self._store.add_attempt(attempt)

    def session_opened(self, session_id: str, listener: str, peer: str) -> None:
        """Tell that a client connected."""
        self._store.open_session(session_id, listener, peer)

    def session_closed(self, session: NewSession) -> None:
        """Store a session that ended."""
        self._store.add_session(session)

    async def flush(self) -> None:
        """Return when all that was handed over before is committed and told."""
        await self._store.flush()

    async def subscribe(
        self, since: int | None = None, *, limit: int = 1_000
    ) -> Subscription[Change]:
        """Changes after ``since``, as Bus.subscribe; a cursor just committed is never too new."""
        if since is not None and since > self._bus.seq:
            await self._store.flush()
        return self._bus.subscribe(since, limit=limit)

    async def counts(self) -> Counts:
        """What there is. Everything up to its ``seq`` has been told by the bus."""
        counts = await self._store.counts()
        if counts.seq > self._bus.seq:
            await self._store.flush()
        return counts

    async def held(self, inbox: str | None = None) -> InboxCount:
        """What one inbox holds, or all together (named ``""``)."""
        return await self._store.held(inbox)

    async def count(self, query: Node, inbox: str | None = None) -> int:
        """How many messages a search finds."""
        return await self._store.count(query, inbox)

    async def messages(self, window: Window) -> Page[Message]:
        """A page of messages."""
        return await self._store.messages(window)

    async def message(self, message_id: str, *, inbox: str | None = None) -> Message | None:
        """One message."""
        if message_id == LATEST:
            return await self._store.latest(inbox)
        return await self._store.message(message_id)

    async def mail(self, message_id: str, *, inbox: str | None = None) -> Opened | None:
        """One message with its octets, parsed."""
        message = await self.message(message_id, inbox=inbox)
        if message is None:
            return None
        known = self._parsed.get(message.id)
        if known is None:
            raw = await self._octets(message.id)
            if raw is None:
                return None
            known = raw, await _parse(raw)
            self._parsed.put(message.id, *known)
        return Opened(message, *known)

    async def raw(self, message_id: str, *, inbox: str | None = None) -> RawMessage | None:
        """A message's octets exactly as they were sent, in pieces."""
        known = await self._known(message_id, inbox)
        return await self._store.raw(known) if known else None

    async def delete(self, ids: Sequence[str], *, inbox: str | None = None) -> int:
        """Delete messages; how many there were."""
        return await self._store.delete(await self._all_known(ids, inbox))

    async def clear(
        self, inbox: str | None = None, *, query: Node = EVERYTHING, upto: int | None = None
    ) -> int:
        """Delete all messages, or all of an inbox; how many. In other inboxes they stay.

        With ``query`` those that it finds, and they are gone from every inbox. With ``upto`` none
        that came after that seq.
        """
        if query == EVERYTHING:
            return await self._store.clear(inbox, upto=upto)
        found = self._store.matching(query, inbox, upto=upto)
        return sum([await self._store.delete(ids) async for ids in found])

    async def update(
        self,
        ids: Sequence[str] | None,
        *,
        read: bool | None = None,
        add_tags: Sequence[str] = (),
        remove_tags: Sequence[str] = (),
        inbox: str | None = None,
        query: Node = EVERYTHING,
    ) -> int:
        """Set the read flag and tags of these messages, or (ids None) of all; how many.

        With ``query`` (and ids None) of those that it finds.
        """
        edit = partial(
            self._store.update, read=read, add_tags=add_tags, remove_tags=remove_tags, inbox=inbox
        )
        if ids is not None:
            return await edit(await self._all_known(ids, inbox))
        if query == EVERYTHING:
            return await edit(None)
        return sum([await edit(some) async for some in self._store.matching(query, inbox)])

    async def set_limits(self, inbox: str, retention: Retention) -> None:
        """Keep one inbox within these bounds, beside those of the whole."""
        await self._store.set_limits(inbox, retention)

    async def forget_limits(self, inbox: str) -> None:
        """Let an inbox have no bounds of its own any more."""
        await self._store.forget_limits(inbox)

    async def tags(self) -> dict[str, int]:
        """Every tag in use with the number of its messages."""
        return await self._store.tags()

    async def insights(self, question: Question) -> Insights:
        """Figures of a span of time."""
        return await self._store.insights(question)

    async def attempts(
        self,
        window: Window,
        *,
        verdict: Verdict | None = None,
        session: str | None = None,
        concerning: Concerning | None = None,
    ) -> Page[Attempt]:
        """A page of attempts."""
        return await self._store.attempts(
            window, verdict=verdict, session=session, concerning=concerning
        )

    async def attempt(self, attempt_id: str, *, inbox: str | None = None) -> Attempt | None:
        """One attempt."""
        if attempt_id == LATEST:
            page = await self._store.attempts(Window(limit=1, inbox=inbox))
            return page.rows[0] if page.rows else None
        return await self._store.attempt(attempt_id)

    async def attempt_for(self, message_id: str, *, inbox: str | None = None) -> Attempt | None:
        """The attempt that brought a message."""
        known = await self._known(message_id, inbox)
        return await self._store.attempt_for(known) if known else None

    async def sessions(self, window: Window) -> Page[Session]:
        """A page of sessions without transcripts. The open ones come first, on the first page."""
        if window.before is not None or window.after is not None:
            return await self._store.sessions(window)
        live = self._live(window.inbox)
        shown = live[: max(window.limit, 0)]
        rest = msgspec.structs.replace(window, limit=max(window.limit, 0) - len(shown))
        ended = await self._store.sessions(rest)
        rows = tuple(msgspec.structs.replace(session, transcript=()) for session in shown)
        older = ended.older or len(shown) < len(live)
        return Page(rows=rows + ended.rows, newer=False, older=older)

    async def session(self, session_id: str, *, inbox: str | None = None) -> Session | None:
        """One session, open or ended, whole."""
        for session in self._live(inbox if session_id == LATEST else None):
            if session_id in (LATEST, session.id):
                return session
        # One that ended just now may still be on its way into the store.
        await self._store.flush()
        if session_id != LATEST:
            return await self._store.session(session_id)
        page = await self._store.sessions(Window(limit=1, inbox=inbox))
        return await self._store.session(page.rows[0].id) if page.rows else None

    def _live(self, inbox: str | None) -> list[Session]:
        """The open sessions, newest first."""
        sessions = [s for s in self.live() if inbox is None or inbox in s.inboxes]
        return sorted(sessions, key=lambda session: session.started_at, reverse=True)

    async def _known(self, message_id: str, inbox: str | None) -> str | None:
        if message_id != LATEST:
            return message_id
        message = await self._store.latest(inbox)
        return message.id if message else None

    async def _all_known(self, ids: Sequence[str], inbox: str | None) -> list[str]:
        known = [await self._known(id_, inbox) for id_ in ids]
        return [id_ for id_ in known if id_ is not None]

    async def _octets(self, message_id: str) -> bytes | None:
        raw = await self._store.raw(message_id)
        if raw is None:
            return None
        # Not a join of all pieces: it would hold a large message twice.
        octets = BytesIO()
        try:
            async for piece in raw.pieces:
                octets.write(piece)
        except MessageGoneError:
            return None
        return octets.getvalue()


class ParsedMails:
    """The mails parsed last, by id, as long as their octets come to no more than ``octets``."""

    def __init__(self, octets: int) -> None:
        self._most = octets
        self._held = 0
        self._mails: OrderedDict[str, tuple[bytes, Mail]] = OrderedDict()

    def get(self, message_id: str) -> tuple[bytes, Mail] | None:
        """The octets and the mail, when they are still here."""
        if message_id not in self._mails:
            return None
        self._mails.move_to_end(message_id)
        return self._mails[message_id]

    def put(self, message_id: str, raw: bytes, mail: Mail) -> None:
        """Keep them, and drop those unused for longest. A mail too large for all is not kept."""
        if message_id in self._mails or _cost(raw) > self._most:
            return
        self._mails[message_id] = raw, mail
        self._held += _cost(raw)
        while self._held > self._most:
            _, (dropped, _) = self._mails.popitem(last=False)
            self._held -= _cost(dropped)


def _cost(raw: bytes) -> int:
    """About what a mail takes in memory: its octets, its decoded bodies, and the records."""
    return 2 * len(raw) + 4_096


async def _parse(raw: bytes) -> Mail:
    if len(raw) <= INLINE_OCTETS:
        return parse(raw)
    return await asyncio.to_thread(parse, raw)
