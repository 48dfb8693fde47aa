"""Messages that come in by HTTP: an .eml handed over, and samples."""

import re
from datetime import UTC, datetime
from email.utils import make_msgid
from typing import Annotated, Final

from aiohttp import web
from msgspec import Meta

from mailtrap.api import shaping
from mailtrap.api.inputs import InboxName, Input, Nothing, read_body, read_query
from mailtrap.api.keys import CATCHER, INFO, KEEPER
from mailtrap.api.prefix import prefix_of
from mailtrap.api.problems import RequestError, missing
from mailtrap.api.shapes import to_json
from mailtrap.config import Address as Endpoint
from mailtrap.config.inboxes import is_inbox_name
from mailtrap.inboxes.names import ALLOWED
from mailtrap.inboxes.records import Party
from mailtrap.mail.addresses import addresses
from mailtrap.mail.block import read_block
from mailtrap.mail.message import Address
from mailtrap.mail.summary import scan
from mailtrap.posting import Bearer, Letter, take
from mailtrap.samples import RECIPIENT, SAMPLES, SENDER, Kind
from mailtrap.smtp.envelope import NULL_PATH, Path
from mailtrap.smtp.mailbox import BadMailboxError, parse_mailbox

MESSAGE: Final = "message/rfc822"
TYPES: Final = (MESSAGE, "message/global")
"""What a message is called (RFC 2046 section 5.2.1, RFC 6532 section 3.7). No form can send it."""

DOMAIN: Final = "mailtrap.local"
MAX_RECIPIENTS: Final = 10_000
_HEADER: Final = 1024 * 1024
_LONE_LF: Final = re.compile(rb"(?<!\r)\n")


class PostQuery(Input, frozen=True, kw_only=True):
    """The envelope, taken from From, To, Cc and Bcc where it is left out."""

    mail_from: (
        Annotated[str, Meta(max_length=1000, description="The reverse-path; empty is the null one")]
        | None
    ) = None
    rcpt_to: (
        Annotated[
            str,
            Meta(min_length=1, max_length=100_000, description="Recipients, with commas between"),
        ]
        | None
    ) = None
    inbox: (
        Annotated[
            str, Meta(min_length=1, max_length=255, description="The inbox that it is put into")
        ]
        | None
    ) = None


class SampleBody(Input, frozen=True, kw_only=True):
    """Which sample; ``inbox`` is the one that it is put into, else its recipient decides."""

    kind: Kind = "confirmation"
    inbox: InboxName | None = None


async def post_message(request: web.Request) -> web.Response:
    """Take a message in as if it had come by SMTP, with an attempt and a session of its own.

    The body is the message (RFC 5322), as an .eml file has it; a lone LF becomes CRLF.
    """
    query = read_query(request, PostQuery)
    raw = _LONE_LF.sub(b"\r\n", await _octets(request))
    sender, recipients = _sender(query, raw), _recipients(query, raw)
    return await _taken(request, raw, sender, recipients, query.inbox)


async def post_sample(request: web.Request) -> web.Response:
    """Have a made-up message come in: to see what it looks like."""
    read_query(request, Nothing)
    said = request.can_read_body and await request.read()
    body = await read_body(request, SampleBody) if said else SampleBody()
    name = make_msgid(domain=DOMAIN)
    raw = SAMPLES[body.kind](SENDER, RECIPIENT, datetime.now(UTC), name)
    sender, recipient = _path("mail_from", SENDER), _path("rcpt_to", RECIPIENT)
    return await _taken(request, raw, sender, (recipient,), body.inbox)


async def _taken(
    request: web.Request, raw: bytes, sender: Path, recipients: tuple[Path, ...], inbox: str | None
) -> web.Response:
    if inbox is not None and not is_inbox_name(inbox):
        detail = f"inbox: {inbox[:120]!r} is no name of an inbox."
        raise RequestError(400, detail, field="inbox", allowed=(ALLOWED,))
    named = [one.address for one in recipients]
    party = Party(inbox=inbox, ip=request.remote or "")
    inboxes = request.app[KEEPER].inboxes_of(party, named, raw)
    catcher = request.app[CATCHER]
    bearer = Bearer(_end(request, "peername"), _end(request, "sockname"), _agent(request))
    taken = await take(catcher, Letter(raw, sender, recipients, inboxes), bearer)
    message = await catcher.message(taken)
    if message is None:
        raise missing(f"message {taken!r}: it was deleted at once")
    location = f"{prefix_of(request)}{shaping.url('messages', taken)}"
    return web.Response(
        status=201,
        body=to_json(shaping.message_row(message)),
        content_type="application/json",
        headers={"Location": location},
    )


async def _octets(request: web.Request) -> bytes:
    """The body. Raises RequestError: 415 where it is no message, 413 where it is too large."""
    if request.content_type not in TYPES:
        detail = f"The body must be a message ({MESSAGE}), not {request.content_type}."
        raise RequestError(415, detail, field="Content-Type", allowed=TYPES)
    limit = request.app[INFO].limits.get("message_octets", 0)
    octets = bytearray()
    async for piece in request.content.iter_any():
        octets += piece
        if limit and len(octets) > limit:
            raise RequestError(413, f"The message is too large: at most {limit:.0f} octets.")
    if not octets:
        raise RequestError(400, "The body is empty: it has to be a message.", allowed=TYPES)
    return bytes(octets)


def _sender(query: PostQuery, raw: bytes) -> Path:
    if query.mail_from is not None:
        told = addresses(query.mail_from)
        return _path("mail_from", told[0].address) if told else NULL_PATH
    found = [one.address for one in scan(raw).sender if "@" in one.address]
    return _path("mail_from", found[0]) if found else NULL_PATH


def _recipients(query: PostQuery, raw: bytes) -> tuple[Path, ...]:
    if query.rcpt_to is not None:
        named = [one.address for one in addresses(query.rcpt_to)]
    else:
        head = scan(raw)
        named = [one.address for one in (*head.to, *head.cc, *_bcc(raw)) if "@" in one.address]
    if not named:
        detail = "rcpt_to: no recipient is told, neither here nor in To, Cc or Bcc."
        raise RequestError(400, detail, field="rcpt_to", allowed=("addresses",))
    if len(named) > MAX_RECIPIENTS:
        detail = f"rcpt_to: at most {MAX_RECIPIENTS} recipients."
        raise RequestError(400, detail, field="rcpt_to", allowed=(f"1 to {MAX_RECIPIENTS}",))
    return tuple(_path("rcpt_to", address) for address in dict.fromkeys(named))


def _bcc(raw: bytes) -> tuple[Address, ...]:
    block = read_block(raw, 0, min(len(raw), _HEADER))
    return tuple(
        one
        for field in block.fields
        if field[1].lower() == b"bcc"
        for one in addresses(field[2][:_HEADER])
    )


def _path(field: str, address: str) -> Path:
    try:
        local, domain, canonical, _ = parse_mailbox(address)
    except BadMailboxError as error:
        detail = f"{field}: {address[:120]!r} is no address ({error})."
        raise RequestError(400, detail, field=field, allowed=("user@example.com",)) from None
    return Path(canonical, local, domain)


def _end(request: web.Request, which: str) -> str:
    """One end of the connection as ``host:port``."""
    name = request.transport.get_extra_info(which) if request.transport else None
    if isinstance(name, tuple) and len(name) >= 2:
        host, port = name[:2]
        return str(Endpoint(host, port))
    return "unknown"


def _agent(request: web.Request) -> str:
    """The program that asks, as it calls itself."""
    return request.headers.get("User-Agent", "")[:200]
