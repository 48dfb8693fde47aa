"""Messages: lists, one whole, its flags and tags, deleting. Reading changes nothing."""

import asyncio
from collections.abc import Sequence
from typing import Final

import msgspec
from aiohttp import web
from msgspec import UNSET, UnsetType

from mailtrap.api import shaping
from mailtrap.api.inputs import (
    MAX_TAGS,
    DeleteQuery,
    MessagePatch,
    MessageQuery,
    MessagesDelete,
    MessagesPatch,
    Nothing,
    Scope,
    checked_tag,
    read_body,
    read_query,
)
from mailtrap.api.keys import BUS, CATCHER, INFO
from mailtrap.api.mount import message_below
from mailtrap.api.paging import beside, window
from mailtrap.api.prefix import prefix_of
from mailtrap.api.problems import RequestError, missing
from mailtrap.api.queries import narrowed, searched
from mailtrap.api.shapes import Deleted, MessageDetail, MessageList, Shape, Tags, Updated, to_json
from mailtrap.api.taking import taken_out
from mailtrap.mail.message import Mail
from mailtrap.mail.preview import prepare
from mailtrap.search.tree import EVERYTHING
from mailtrap.store.records import Message

MAX_DISTINCT_TAGS: Final = 1000
"""Tags in use in all, as far as changing many messages at once may bring them."""

SMALL: Final = 256 * 1024
"""Characters of HTML that are looked through without a thread of its own."""


def as_json(shape: Shape) -> web.Response:
    """The response that tells ``shape``."""
    return web.Response(body=to_json(shape), content_type="application/json")


async def list_messages(request: web.Request) -> web.Response:
    """Messages, newest first."""
    query = read_query(request, MessageQuery)
    catcher = request.app[CATCHER]
    # The cursor is taken before the rows: a stream from it may repeat a change, but misses none.
    cursor = request.app[BUS].seq
    held = await catcher.held(query.inbox)
    wanted = searched(query.q)
    asked = msgspec.structs.replace(
        await window(query, catcher.message), query=wanted, offset=query.offset
    )
    page = await catcher.messages(asked)
    newer, older = beside(request, page)
    return as_json(
        MessageList(
            messages=tuple(map(shaping.message_row, page.rows)),
            total=held.messages,
            unread=held.unread,
            matches=await catcher.count(wanted, query.inbox) if query.count else UNSET,
            newer=newer,
            older=older,
            cursor=cursor,
        )
    )


async def get_message(request: web.Request) -> web.Response:
    """One message, read; it stays unread."""
    message = await find_message(request, read_query(request, Scope))
    return await _detail(request, message.id)


async def patch_message(request: web.Request) -> web.Response:
    """Change the read flag or the tags of one message."""
    message = await find_message(request, read_query(request, Scope))
    patch = await read_body(request, MessagePatch)
    tags = message.tags if isinstance(patch.tags, UnsetType) else patch.tags
    read = None if isinstance(patch.read, UnsetType) else patch.read
    await _update(request, message, tags, read=read)
    return await _detail(request, message.id)


async def put_tag(request: web.Request) -> web.Response:
    """Give one message a tag; having it already is no error."""
    message = await find_message(request, read_query(request, Scope))
    tag = checked_tag(request.match_info["tag"])
    await _update(request, message, (*message.tags, tag))
    return await _detail(request, message.id)


async def delete_tag(request: web.Request) -> web.Response:
    """Take a tag from one message."""
    message = await find_message(request, read_query(request, Scope))
    tag = checked_tag(request.match_info["tag"])
    if tag not in message.tags:
        raise missing(f"tag {tag!r} on this message")
    await _update(request, message, [kept for kept in message.tags if kept != tag])
    return await _detail(request, message.id)


async def patch_messages(request: web.Request) -> web.Response:
    """Change the read flag or the tags of many messages."""
    read_query(request, Nothing)
    patch = await read_body(request, MessagesPatch)
    _require_sense(patch)
    await _require_few_tags(request, patch.add_tags)
    changed = await request.app[CATCHER].update(
        None if isinstance(patch.ids, UnsetType) else patch.ids,
        read=patch.read,
        add_tags=patch.add_tags,
        remove_tags=patch.remove_tags,
        inbox=patch.inbox,
        query=EVERYTHING if isinstance(patch.q, UnsetType) else narrowed(patch.q),
    )
    return as_json(Updated(updated=changed))


async def delete_message(request: web.Request) -> web.Response:
    """Delete one message."""
    message = await find_message(request, read_query(request, Scope))
    await request.app[CATCHER].delete([message.id])
    return web.Response(status=204)


async def delete_messages(request: web.Request) -> web.Response:
    """Delete all messages (of an inbox, or that a search finds); with a body only those it names.

    A body that cannot be read deletes nothing: it never means all.
    """
    query = read_query(request, DeleteQuery)
    wanted = EVERYTHING if isinstance(query.q, UnsetType) else narrowed(query.q)
    catcher = request.app[CATCHER]
    if not request.can_read_body or not await request.read():
        deleted = await catcher.clear(query.inbox, query=wanted, upto=query.upto)
        return as_json(Deleted(deleted=deleted))
    chosen = await read_body(request, MessagesDelete)
    for name, missing_as in (("inbox", None), ("q", UNSET), ("upto", None)):
        if getattr(query, name) is not missing_as:
            detail = f"{name}: messages are named by ids or by {name}, not by both."
            raise RequestError(400, detail, field=name, allowed=())
    return as_json(Deleted(deleted=await catcher.delete(chosen.ids)))


async def get_tags(request: web.Request) -> web.Response:
    """Every tag in use."""
    read_query(request, Nothing)
    return as_json(Tags(tags=await request.app[CATCHER].tags()))


async def find_message(request: web.Request, scope: Scope) -> Message:
    """The message that the path names, by id or as ``latest``.

    Raises:
        RequestError: 404 where there is none.
    """
    name = request.match_info["id"]
    message = await request.app[CATCHER].message(name, inbox=scope.inbox)
    if message is None:
        raise missing(f"message {name!r}")
    return message


async def _detail(request: web.Request, message_id: str) -> web.Response:
    detail = await find_detail(request, message_id)
    if detail is None:
        raise missing(f"message {message_id!r}")
    return as_json(detail)


async def find_detail(request: web.Request, message_id: str) -> MessageDetail | None:
    """One message whole, as it is told; None where it is gone."""
    catcher = request.app[CATCHER]
    found = await catcher.mail(message_id)
    if found is None:
        return None
    message, _, read = found
    attempt = await catcher.attempt_for(message.id)
    detail = shaping.message_detail(
        message,
        read,
        attempt=attempt.id if attempt else None,
        remote=await _remote(read),
        taken=await taken_out(read),
        secrets=request.app[INFO].show_credentials,
    )
    return message_below(prefix_of(request), detail)


async def _remote(read: Mail) -> tuple[str, ...]:
    """What the HTML would load from other servers."""
    if read.html is None:
        return ()
    if len(read.html) <= SMALL:
        return prepare(read.html, _nowhere).remote
    return (await asyncio.to_thread(prepare, read.html, _nowhere)).remote


def _nowhere(_: str) -> None:
    return None


async def _update(
    request: web.Request, message: Message, tags: Sequence[str], *, read: bool | None = None
) -> None:
    """Bring one message to have just ``tags``, and this read flag unless None."""
    wanted = tuple(dict.fromkeys(tags))
    added = [tag for tag in wanted if tag not in message.tags]
    if added and len(wanted) > MAX_TAGS:
        detail = f"tags: a message has at most {MAX_TAGS}."
        raise RequestError(400, detail, field="tags", allowed=(f"at most {MAX_TAGS} tags",))
    removed = [tag for tag in message.tags if tag not in wanted]
    if added or removed or read is not None:
        await request.app[CATCHER].update(
            [message.id], read=read, add_tags=added, remove_tags=removed
        )


def _require_sense(patch: MessagesPatch) -> None:
    named = not isinstance(patch.ids, UnsetType)
    if [named, patch.all, not isinstance(patch.q, UnsetType)].count(True) != 1:
        ways = ("ids", "q", "all")
        raise RequestError(400, "Say which messages: ids, q, or all.", field="ids", allowed=ways)
    if named and patch.inbox is not None:
        detail = "inbox: it goes with all or q, not with ids."
        raise RequestError(400, detail, field="inbox", allowed=("all", "q"))
    if patch.read is None and not patch.add_tags and not patch.remove_tags:
        changes = ("read", "add_tags", "remove_tags")
        raise RequestError(400, "Say what to change.", field="read", allowed=changes)


async def _require_few_tags(request: web.Request, added: Sequence[str]) -> None:
    if not added:
        return
    in_use = await request.app[CATCHER].tags()
    if len(in_use.keys() | set(added)) > MAX_DISTINCT_TAGS:
        detail = f"add_tags: at most {MAX_DISTINCT_TAGS} different tags can be in use."
        raise RequestError(400, detail, field="add_tags", allowed=tuple(sorted(in_use))[:MAX_TAGS])
