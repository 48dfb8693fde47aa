"""Glances at messages: read once, then remembered."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from itertools import islice
from typing import Final

from mailtrap.api.shapes import Glance, Refusal
from mailtrap.catcher import Catcher
from mailtrap.mail.glance import glance
from mailtrap.mail.parse import parse
from mailtrap.store.base import MessageGoneError
from mailtrap.store.records import Attempt

REMEMBERED: Final = 2_000
"""Glances that are kept, of about half a kilobyte each."""

LOOK: Final = 1024 * 1024
"""Octets of a message that are read, whatever its size."""

MAX_REFUSALS: Final = 10


class Glancer:
    """Glances at the messages of a catcher. What an id stands for never changes, so they hold."""

    def __init__(self, catcher: Catcher, *, remembered: int = REMEMBERED) -> None:
        self._catcher = catcher
        self._most = remembered
        self._known: OrderedDict[str, Glance] = OrderedDict()
        # One message at a time: however many ask, the mail server keeps the better part.
        self._turn = asyncio.Lock()

    async def __call__(self, message_id: str) -> Glance | None:
        """A glance at one message; None where there is none with this id."""
        # Asked also where its glance is known: what was deleted is not told any more.
        if await self._catcher.message(message_id) is None:
            self._known.pop(message_id, None)
            return None
        async with self._turn:
            found = self._known.get(message_id) or await self._read(message_id)
            if found is not None:
                self._remember(found)
            return found

    def _remember(self, found: Glance) -> None:
        self._known[found.id] = found
        self._known.move_to_end(found.id)
        if len(self._known) > self._most:
            self._known.popitem(last=False)

    async def _read(self, message_id: str) -> Glance | None:
        octets = await self._beginning(message_id)
        if octets is None:
            return None
        seen = await asyncio.to_thread(lambda: glance(parse(octets)))
        attempt = await self._catcher.attempt_for(message_id)
        return Glance(
            id=message_id,
            snippet=seen.snippet,
            code=seen.code,
            links=seen.links,
            refused=tuple(islice(_refusals(attempt), MAX_REFUSALS)) if attempt else (),
        )

    async def _beginning(self, message_id: str) -> bytes | None:
        raw = await self._catcher.raw(message_id)
        if raw is None:
            return None
        octets = b""
        try:
            async for piece in raw.pieces:
                octets += piece
                if len(octets) >= LOOK:
                    break
        except MessageGoneError:
            return None
        return octets[:LOOK]


def _refusals(attempt: Attempt) -> Iterator[Refusal]:
    """What was refused: recipients, then (LMTP) the content for each, then the content for all."""
    for one in attempt.recipients:
        if not one.accepted:
            yield Refusal(recipient=one.address, reply=one.reply)
        elif one.final is not None and not one.final.startswith("2"):
            yield Refusal(recipient=one.address, reply=one.final)
    if attempt.reply is not None and attempt.verdict == "refused":
        yield Refusal(recipient=None, reply=attempt.reply)
