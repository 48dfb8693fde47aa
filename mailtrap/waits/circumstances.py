"""Why a wait failed: what did arrive, what was refused, and who connected at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from mailtrap.search.document import Document
from mailtrap.search.explain import differing
from mailtrap.search.matching import holds
from mailtrap.search.tree import All, InInbox, Node, Not, Text
from mailtrap.store.base import Window
from mailtrap.store.records import Attempt, Message, Session
from mailtrap.waits.documents import parts, split
from mailtrap.waits.hub import Hub
from mailtrap.waits.wait import Outcome

ROWS: Final = 20
"""Rows of each kind that are told."""

LOOKED_AT: Final = 100
"""Messages among which the nearest misses are looked for."""

CONNECTIONS: Final = 1_000
"""Sessions that are counted."""


ALREADY_GIVEN: Final = "already given"
DELETED: Final = "deleted"
REPEATED: Final = "repeated"
OUT_OF_ORDER: Final = "out of order"
STATES: Final = frozenset({ALREADY_GIVEN, DELETED, REPEATED, OUT_OF_ORDER})
"""What may stand among ``differs`` and is no criterion."""


@dataclass(frozen=True, slots=True)
class Near:
    """A message that is not what was asked for: which criteria it does not meet."""

    message: Message
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt, the recipient and the reply that decided; and the criteria it does not meet."""

    attempt: Attempt
    recipient: str
    reply: str
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """Who connected since; ``last_seen`` is when somebody last was, None where nobody was."""

    connections: int = 0
    open: int = 0
    last_seen: datetime | None = None
    peers: tuple[str, ...] = ()
    tls: bool = False
    auth: tuple[str, ...] = ()


NOBODY: Final = Traffic()


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """All that can explain a failure; rows in the order they came.

    ``since`` is when the inbox was opened, or (not ``opened``) when the wait began.
    """

    since: datetime
    opened: bool
    arrived: tuple[Near, ...] = ()
    elsewhere: tuple[Near, ...] = ()
    tried: tuple[Tried, ...] = ()
    traffic: Traffic = NOBODY


async def circumstances(hub: Hub, outcome: Outcome) -> Circumstances:
    """What there is to say about a wait that failed."""
    question = outcome.question
    opening = hub.catcher.opened(question.inbox) if question.inbox is not None else None
    messages = question.of == "messages"
    return Circumstances(
        since=opening.at if opening else outcome.began_at,
        opened=opening is not None,
        arrived=await _arrived(hub, outcome) if messages else (),
        elsewhere=await _elsewhere(hub, outcome) if messages else (),
        tried=await _tried(hub, outcome),
        traffic=await _traffic(hub, question.after.base),
    )


async def _arrived(hub: Hub, outcome: Outcome) -> tuple[Near, ...]:
    """The messages that are nearest to what was asked for, among the newest."""
    question, found = outcome.question, {item.seq for item in outcome.found}
    page = await hub.catcher.messages(Window(limit=LOOKED_AT, inbox=question.inbox))
    others = [m for m in page.rows if m.seq > question.after.base and m.seq not in found]
    given = [Near(m, (ALREADY_GIVEN,)) for m in others if question.after.has(m.seq)]
    fresh = [m for m in others if not question.after.has(m.seq)]
    cheap, _ = split(question.node)
    fresh.sort(key=lambda m: len(differing(cheap, hub.documents.summary(m))))
    near = [Near(m, await _differing(hub, question.node, m)) for m in fresh[:ROWS]]
    # One that meets it all came after the wait had ended.
    missed = [one for one in near if one.differs]
    past = [one for one in given if await _meets(hub, question.node, one.message)]
    return tuple(sorted([*missed, *past][:ROWS], key=lambda one: one.message.seq))


async def _elsewhere(hub: Hub, outcome: Outcome) -> tuple[Near, ...]:
    """Messages in other inboxes that were meant, perhaps: all but the recipient may be right."""
    question = outcome.question
    if question.inbox is None:
        return ()
    relaxed = [node for node in parts(question.node) if not _is_recipient(node)]
    wanted = All(tuple(relaxed or parts(question.node)))
    if not wanted.nodes:
        return ()
    query = All((wanted, Not(InInbox(question.inbox))))
    page = await hub.catcher.messages(Window(limit=ROWS, query=query))
    rows = [m for m in reversed(page.rows) if m.seq > question.after.base]
    differs = [await _differing(hub, question.node, message) for message in rows]
    return tuple(Near(m, ("inbox", *names)) for m, names in zip(rows, differs, strict=True))


async def _tried(hub: Hub, outcome: Outcome) -> tuple[Tried, ...]:
    """The attempts that were refused; for a question about attempts all of them."""
    question = outcome.question
    attempts = question.of == "attempts"
    node = question.node if attempts else All(tuple(filter(_is_path, parts(question.node))))
    page = await hub.catcher.attempts(
        Window(limit=LOOKED_AT, inbox=question.inbox), verdict=None if attempts else "refused"
    )
    rows = [one for one in page.rows if one.seq > question.after.base]
    known = ((one, hub.documents.summary(one)) for one in rows)
    told = [
        _told(one, node, document) for one, document in known if attempts or holds(node, document)
    ]
    return tuple(reversed(told[:ROWS]))


def _told(attempt: Attempt, node: Node, document: Document) -> Tried:
    refused = next((one for one in attempt.recipients if not one.accepted), None)
    first = refused or next(iter(attempt.recipients), None)
    recipient = first.address if first else ""
    reply = refused.reply if refused else (attempt.reply or "")
    return Tried(attempt, recipient, reply, differing(node, document))


async def _traffic(hub: Hub, after: int) -> Traffic:
    # In this order: one that ends meanwhile is seen twice, never not at all.
    live = list(hub.catcher.live())
    await hub.catcher.flush()
    page = await hub.catcher.sessions(Window(limit=CONNECTIONS, after=after))
    ended = {session.id for session in page.rows}
    live = [session for session in live if session.id not in ended]
    sessions = [*live, *page.rows]
    identities = dict.fromkeys(one.auth.identity for one in sessions if one.auth)
    return Traffic(
        connections=len(sessions),
        open=len(live),
        last_seen=_last_seen(live, page.rows),
        peers=tuple(dict.fromkeys(_host(one.peer) for one in sessions))[:ROWS],
        tls=any(one.tls for one in sessions),
        auth=tuple(identities)[:ROWS],
    )


def _last_seen(live: Sequence[Session], ended: Iterable[Session]) -> datetime | None:
    if live:
        return datetime.now(UTC)
    return max((one.ended_at for one in ended if one.ended_at), default=None)


async def _differing(hub: Hub, node: Node, message: Message) -> tuple[str, ...]:
    document = await _document(hub, node, message)
    return differing(node, document) if document else (DELETED,)


async def _meets(hub: Hub, node: Node, message: Message) -> bool:
    document = await _document(hub, node, message)
    return document is not None and holds(node, document)


async def _document(hub: Hub, node: Node, message: Message) -> Document | None:
    _, costly = split(node)
    return await hub.documents.whole(message) if costly.nodes else hub.documents.summary(message)


def _is_recipient(node: Node) -> bool:
    return isinstance(node, Text) and node.fields == ("rcpt",)


def _is_path(node: Node) -> bool:
    """Whether an attempt has it too: a recipient, or the reverse-path."""
    return isinstance(node, Text) and node.fields in {("rcpt",), ("reverse_path",)}


def _host(peer: str) -> str:
    return peer if peer.startswith("unix:") else peer.rpartition(":")[0]
