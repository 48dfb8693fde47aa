"""The outbox: reports wait here until they are due, and are sent, tried again or given up."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import msgspec

from mailtrap.catcher import Catcher, now
from mailtrap.config import Address
from mailtrap.faults.steps import Bounce
from mailtrap.outbound.client import SendError
from mailtrap.outbound.deliver import Deliver, ToHost, ToStore
from mailtrap.outbound.limits import RateLimit, Reported
from mailtrap.outbound.records import Report, Stamp
from mailtrap.outbound.report import reports, silence
from mailtrap.store.records import NewMessage

log = logging.getLogger(__name__)

PENDING_LIMIT: Final = 1_000
"""Reports that wait at once."""

PENDING_OCTETS: Final = 64 * 1024 * 1024
AT_ONCE: Final = 4
"""Reports that are being sent at once."""

PAUSES: Final = (1.0, 5.0)
"""Seconds before the second and the third try; then it is given up."""


@dataclass(slots=True)
class Tally:
    """What became of reports: sent; given up; or dropped, as there was no room or over the rate."""

    sent: int = 0
    failed: int = 0
    dropped: int = 0


def open_outbox(catcher: Catcher, *, to: Address | None, host: str, limit: int) -> "Outbox":
    """An outbox to a host, or (``to`` None) into the store of the catcher.

    ``host`` is our own name, ``limit`` the reports in a minute.
    """
    deliver: Deliver = ToStore(catcher, host, now) if to is None else ToHost(to, host)
    return Outbox(deliver, catcher.new_id, host=host, limit=limit)


class Outbox:
    """Reports on their way. It belongs to one event loop."""

    def __init__(
        self,
        deliver: Deliver,
        new_id: Callable[[], str],
        *,
        host: str,
        limit: int,
        clock: Callable[[], datetime] = now,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self.tally = Tally()
        self._deliver = deliver
        self._new_id = new_id
        self._host = host
        self._clock = clock
        self._pauses = pauses
        self._rate = RateLimit(limit)
        self._reported = Reported()
        self._tasks: set[asyncio.Task[None]] = set()
        self._octets = 0
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._closed = False
        self._dropping = False

    @property
    def pending(self) -> int:
        """How many reports wait or are being sent."""
        return len(self._tasks)

    def report(self, bounce: Bounce, message: NewMessage) -> None:
        """Send what the rule asks for to the reverse-path of the message, once, when it is due.

        Never for a null reverse-path, a report, or a message that had its report already.
        """
        reason = silence(message)
        if self._closed or reason is not None or not self._reported.is_new(message.id):
            log.debug("no report on %s: %s", message.id, reason or "there was one, or we stop")
            return
        skew = timedelta(seconds=bounce.skew)
        due = self._clock() + timedelta(seconds=bounce.after) + skew
        about = msgspec.structs.replace(message, raw=b"")
        message = msgspec.structs.replace(message, received_at=message.received_at + skew)
        for report in reports(bounce, message, Stamp(self._host, due, self._new_id())):
            why = self._no_room(report)
            if why is not None:
                self._drop(report, message, why)
                return
            self._dropping = False
            self._begin(report, about, bounce.after)

    async def close(self) -> None:
        """Drop what has not been sent."""
        self._closed = True
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _no_room(self, report: Report) -> str | None:
        if len(self._tasks) >= PENDING_LIMIT:
            return f"{PENDING_LIMIT} reports are waiting already"
        if self._octets + len(report.raw) > PENDING_OCTETS:
            return f"the reports that wait come to {PENDING_OCTETS} octets"
        if not self._rate.passes(asyncio.get_running_loop().time()):
            return "there were as many in the last minute as bounce_limit allows"
        return None

    def _drop(self, report: Report, message: NewMessage, why: str) -> None:
        """Tell the first of a row of drops as a warning: there may be thousands in a second."""
        self.tally.dropped += 1
        level = logging.DEBUG if self._dropping else logging.WARNING
        self._dropping = True
        log.log(level, "no %s report on %s: %s", report.kind, message.id, why)

    def _begin(self, report: Report, about: NewMessage, after: float) -> None:
        task = asyncio.get_running_loop().create_task(self._send_later(report, about, after))
        size = len(report.raw)
        self._octets += size
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._end(done, size))

    def _end(self, task: asyncio.Task[None], size: int) -> None:
        self._tasks.discard(task)
        self._octets -= size
        if not task.cancelled() and (error := task.exception()) is not None:
            self.tally.failed += 1
            log.error("a report was not sent", exc_info=error)

    async def _send_later(self, report: Report, about: NewMessage, after: float) -> None:
        await asyncio.sleep(after)
        for number, pause in enumerate((*self._pauses, None), 1):
            error = await self._try(report, about)
            if error is None:
                self.tally.sent += 1
                return
            if pause is None or error.permanent:
                self.tally.failed += 1
                log.warning(
                    *("%s report on %s was given up after try %d: %s", report.kind, about.id),
                    *(number, error),
                )
                return
            log.info("%s report on %s: %s; trying again", report.kind, about.id, error)
            await asyncio.sleep(pause)

    async def _try(self, report: Report, about: NewMessage) -> SendError | None:
        async with self._slots:
            try:
                await self._deliver(report, about)
            except SendError as error:
                return error
        return None
