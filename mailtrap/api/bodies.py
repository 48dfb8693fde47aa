"""What a message is made of: its octets, headers, texts, parts; and its HTML, caged."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from typing import Final

from aiohttp import web

from mailtrap.api.files import disposition, file_response, image_response
from mailtrap.api.headers import preview_csp
from mailtrap.api.inputs import CidQuery, HtmlQuery, RawQuery, Scope, read_query
from mailtrap.api.keys import CATCHER, SEAL
from mailtrap.api.messages import SMALL, as_json, find_message
from mailtrap.api.prefix import prefix_of
from mailtrap.api.problems import missing
from mailtrap.api.shaping import header_list, url
from mailtrap.mail.body import content
from mailtrap.mail.dark import with_dark
from mailtrap.mail.message import Mail, Part
from mailtrap.mail.parse import attachments, find_cid, find_part
from mailtrap.mail.preview import prepare
from mailtrap.store.base import StoreError
from mailtrap.store.records import Message

_DOCTYPE: Final = re.compile(
    r"\ufeff?(?:\s|<!--(?:(?!-->).)*-->)*<!doctype[^>]*>", re.IGNORECASE | re.DOTALL
)
_NEW_TAB: Final = '<base target="_blank">'
"""Links of a mail open beside it: in the frame itself the page's policy would stop them."""


async def get_raw(request: web.Request) -> web.StreamResponse:
    """The octets exactly as they were sent."""
    query = read_query(request, RawQuery)
    message = await find_message(request, query)
    raw = await request.app[CATCHER].raw(message.id)
    if raw is None:
        raise missing(f"message {message.id!r}")
    kind = "attachment" if query.download else "inline"
    headers = {"Content-Disposition": disposition(kind, f"{message.id}.eml")}
    response = web.StreamResponse(headers=headers)
    response.content_type = "message/rfc822"
    response.content_length = raw.size
    await _send(request, response, raw.pieces)
    return response


async def get_headers(request: web.Request) -> web.Response:
    """Every header field, decoded and raw."""
    _, _, mail = await find_mail(request, read_query(request, Scope))
    return as_json(header_list(mail.headers))


async def get_text(request: web.Request) -> web.Response:
    """The text body."""
    message, _, mail = await find_mail(request, read_query(request, Scope))
    if mail.text is None:
        raise missing(f"text in message {message.id!r}")
    return _plain(mail.text)


async def get_html(request: web.Request) -> web.Response:
    """The HTML body in a sandbox, or its source."""
    query = read_query(request, HtmlQuery)
    message, _, mail = await find_mail(request, query)
    if mail.html is None:
        raise missing(f"HTML in message {message.id!r}")
    if query.source:
        return _plain(mail.html)
    part_url = _part_urls(request, message, mail)
    html = await _prepared(mail.html, part_url, remote=query.remote)
    headers = {
        "Content-Security-Policy": preview_csp(remote=query.remote, images=query.images),
        "X-Frame-Options": "SAMEORIGIN",
    }
    shown = with_new_tab(with_dark(html) if query.dark else html)
    body = shown.encode(errors="replace")
    return web.Response(body=body, content_type="text/html", charset="utf-8", headers=headers)


async def get_part(request: web.Request) -> web.Response:
    """The decoded content of one part."""
    message, raw, mail = await find_mail(request, read_query(request, Scope))
    number = request.match_info["number"]
    part = find_part(mail, number)
    if part is None:
        raise missing(f"part {number!r} in message {message.id!r}")
    return file_response(part, await _content(raw, part))


async def get_attachment(request: web.Request) -> web.Response:
    """The decoded content of one attachment, by the number of its part."""
    message, raw, mail = await find_mail(request, read_query(request, Scope))
    number = request.match_info["number"]
    part = next((part for part in attachments(mail) if part.number == number), None)
    if part is None:
        raise missing(f"attachment {number!r} in message {message.id!r}")
    return file_response(part, await _content(raw, part))


async def get_cid(request: web.Request) -> web.Response:
    """The part with a Content-ID; with its key also inside the frame of a preview."""
    query = read_query(request, CidQuery)
    message, raw, mail = await find_mail(request, query)
    content_id = request.match_info["content_id"]
    part = find_cid(mail, content_id)
    if part is None:
        raise missing(f"part with the Content-ID {content_id!r} in message {message.id!r}")
    response = image_response(part, await _content(raw, part))
    if request.app[SEAL].fits(request.match_info["id"], content_id, query.key or ""):
        # The frame has an opaque origin: to it even we are another site.
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


async def find_mail(request: web.Request, scope: Scope) -> tuple[Message, bytes, Mail]:
    """The message that the path names, its octets, and what they say.

    Raises:
        RequestError: 404 where there is none.
    """
    message = await find_message(request, scope)
    found = await request.app[CATCHER].mail(message.id)
    if found is None:
        raise missing(f"message {message.id!r}")
    return found


def with_new_tab(html: str) -> str:
    """``html`` with links that open beside it, after its doctype so that the mode stays."""
    match = _DOCTYPE.match(html, 0, SMALL)
    at = match.end() if match else 0
    return html[:at] + _NEW_TAB + html[at:]


def _part_urls(request: web.Request, message: Message, mail: Mail) -> Callable[[str], str | None]:
    seal, prefix = request.app[SEAL], prefix_of(request)

    def part_url(content_id: str) -> str | None:
        if find_cid(mail, content_id) is None:
            return None
        key = seal.key(message.id, content_id)
        return f"{prefix}{url('messages', message.id, 'cid', content_id)}?key={key}"

    return part_url


async def _prepared(html: str, part_url: Callable[[str], str | None], *, remote: bool) -> str:
    if len(html) <= SMALL:
        return prepare(html, part_url, remote).html
    return (await asyncio.to_thread(prepare, html, part_url, remote)).html


async def _content(raw: bytes, part: Part) -> bytes:
    if part.end - part.begin <= SMALL:
        return content(raw, part)
    return await asyncio.to_thread(content, raw, part)


async def _send(
    request: web.Request, response: web.StreamResponse, pieces: AsyncIterator[bytes]
) -> None:
    await response.prepare(request)
    if request.method == "HEAD":
        return
    try:
        async for piece in pieces:
            await response.write(piece)
    except StoreError as error:
        # Deleted meanwhile: the octets end too soon, and so the client must see it as an error.
        if request.transport is not None:
            request.transport.abort()
        raise ConnectionAbortedError(str(error)) from error


def _plain(text: str) -> web.Response:
    body = text.encode(errors="replace")
    return web.Response(body=body, content_type="text/plain", charset="utf-8")
