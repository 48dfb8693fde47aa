"""The mail transactions that are open now, over all sessions, and who waits for their end."""

import asyncio
from asyncio import Future


class Transactions:
    """Follows which sessions are within a transaction (RFC 5321 section 3.3).

    A transaction is open from its MAIL command until what ends it was answered: also while its
    message is being stored, and while an answer takes its time. It belongs to one event loop.
    """

    def __init__(self) -> None:
        self._open: dict[str, list[Future[None]]] = {}

    def follow(self, session_id: str, *, is_open: bool) -> None:
        """Take note of whether this session is within a transaction."""
        if is_open:
            self._open.setdefault(session_id, [])
            return
        for waiting in self._open.pop(session_id, ()):
            if not waiting.done():
                waiting.set_result(None)

    async def drained(self) -> None:
        """Return when each transaction that is open now has ended; those begun later do not count.

        A client that neither goes on nor leaves holds it up: bound the wait.
        """
        loop = asyncio.get_running_loop()
        ends = []
        for waiting in self._open.values():
            end = loop.create_future()
            waiting.append(end)
            ends.append(end)
        if ends:
            await asyncio.gather(*ends)
