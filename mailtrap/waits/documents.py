"""What searches see of messages and attempts, made once however many waits look at them."""

import asyncio
from collections import OrderedDict
from collections.abc import Hashable
from typing import Final, Generic, TypeAlias, TypeVar

from mailtrap.catcher import INLINE_OCTETS, Catcher
from mailtrap.search import tree
from mailtrap.search.attempts import ATTEMPT_FLAGS
from mailtrap.search.describe import describe_attempt, describe_summary, needs_content
from mailtrap.search.document import Document
from mailtrap.search.tree import All, Node
from mailtrap.store.described import document_of_mail, facts_of, facts_of_attempt
from mailtrap.store.records import Attempt, Message

Item: TypeAlias = Message | Attempt
V = TypeVar("V")

SUMMARIES: Final = 1_024
WHOLE: Final = 64
"""Documents that are kept."""


class Newest(Generic[V]):
    """The values put in last, at most ``most``."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, V] = OrderedDict()

    def get(self, key: Hashable) -> V | None:
        """The value, while it is kept."""
        return self._values.get(key)

    def put(self, key: Hashable, value: V) -> V:
        """Keep a value, and give it back."""
        self._values[key] = value
        if len(self._values) > self._most:
            self._values.popitem(last=False)
        return value

    def drop(self, key: Hashable) -> None:
        """Keep it no longer."""
        self._values.pop(key, None)


class Documents:
    """Makes documents, and keeps the newest."""

    def __init__(self, catcher: Catcher) -> None:
        self._catcher = catcher
        self._summaries: Newest[Document] = Newest(SUMMARIES)
        self._whole: Newest[asyncio.Task[Document | None]] = Newest(WHOLE)

    def summary(self, item: Item) -> Document:
        """The document of an attempt; of a message without what only its content tells."""
        key = _version(item)
        known = self._summaries.get(key)
        return known or self._summaries.put(key, _summarised(item))

    async def whole(self, message: Message) -> Document | None:
        """The document of a message with its content; None where it is gone."""
        key = _version(message)
        task = self._whole.get(key)
        if task is None:
            task = self._whole.put(key, asyncio.ensure_future(self._read(message)))
        try:
            # Shielded: the one that asked first may be cancelled, the others still want it.
            return await asyncio.shield(task)
        except Exception:
            self._whole.drop(key)
            raise

    async def _read(self, message: Message) -> Document | None:
        opened = await self._catcher.mail(message.id)
        if opened is None:
            return None
        attempt = await self._catcher.attempt_for(message.id)
        if message.size <= INLINE_OCTETS:
            return document_of_mail(message, opened.mail, attempt)
        return await asyncio.to_thread(document_of_mail, message, opened.mail, attempt)


def split(node: Node) -> tuple[All, All]:
    """Two trees that together ask the same: what the summary tells, and what takes more to know."""
    nodes = parts(node)
    cheap = All(tuple(one for one in nodes if not _is_costly(one)))
    return cheap, All(tuple(one for one in nodes if _is_costly(one)))


def parts(node: Node) -> tuple[Node, ...]:
    """The trees that all must hold, none of them an All."""
    if isinstance(node, All):
        return tuple(part for one in node.nodes for part in parts(one))
    return (node,)


def _is_costly(node: Node) -> bool:
    return needs_content(node) or _asks_attempt(node)


def _asks_attempt(node: Node) -> bool:
    """Whether it asks for what only the attempt that brought a message tells."""
    match node:
        case tree.All(nodes) | tree.Any(nodes):
            return any(map(_asks_attempt, nodes))
        case tree.Not(inner):
            return _asks_attempt(inner)
        case tree.Text(("flags",), _, value):
            return value in ATTEMPT_FLAGS
        case tree.Text(fields):
            return "reply" in fields or "rules" in fields
        case _:
            return False


def _version(item: Item) -> Hashable:
    return (item.id, item.read, item.tags) if isinstance(item, Message) else item.id


def _summarised(item: Item) -> Document:
    if isinstance(item, Message):
        return describe_summary(facts_of(item, None), item.envelope, item.summary)
    recipients = [recipient.address for recipient in item.recipients]
    return describe_attempt(facts_of_attempt(item), item.reverse_path, recipients)
