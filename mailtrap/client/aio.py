"""The same client for asyncio: it awaits in the loop of the app under test, without threads."""

from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self, TypeVar

from mailtrap.client import operations
from mailtrap.client.awaiting import Transport
from mailtrap.client.calls import Steps, Told
from mailtrap.client.client import found_url, opening
from mailtrap.client.criteria import Wanted
from mailtrap.client.errors import NotFoundError
from mailtrap.client.http import below
from mailtrap.client.inbox import Inbox
from mailtrap.client.message import Message
from mailtrap.client.opened import Opened
from mailtrap.client.operations import Place
from mailtrap.client.records import Attempt, ServerInfo, Session

T = TypeVar("T")


class AsyncRunner:
    """Runs operations, one call after the other."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    async def run(self, steps: Steps[T]) -> T:
        """What an operation comes to."""
        __tracebackhide__ = True
        try:
            call = next(steps)
            while True:
                call = steps.send(await self.transport.perform(call))
        except StopIteration as ended:
            result: T = ended.value
            return result

    async def message(self, told: Told) -> Message:
        """A message that was told whole, with its octets and files at hand."""
        paths = [told["urls"]["raw"], *(one["url"] for one in told["attachments"])]
        url = self.transport.url
        held = {path: await self.run(operations.octets(below(url, path))) for path in paths}
        return Message(told, url, held.__getitem__)

    async def messages(self, told: list[Told]) -> list[Message]:
        """Several of them."""
        return [await self.message(one) for one in told]


class AsyncFault:
    """A rule that was added; leaving an ``async with`` block removes it."""

    def __init__(self, runner: AsyncRunner, rule: Told) -> None:
        self.name = ""
        self._runner = runner
        self._rule = rule
        self._ended: int | None = None

    async def __aenter__(self) -> Self:
        self.name = await self._runner.run(operations.add_fault(self._rule))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._ended = await self._runner.run(operations.end_fault(self.name))
        except NotFoundError:
            self._ended = 0

    async def hits(self) -> int:
        """How often it acted; of a rule that was removed, how often it had."""
        if self._ended is not None:
            return self._ended
        return int((await self._runner.run(operations.fault(self.name)))["acted"])


class AsyncExpectation:
    """What comes of a block: leaving it waits for the mail."""

    def __init__(self, wait: Callable[[], Awaitable[list[Message]]]) -> None:
        self.messages: list[Message] = []
        self._wait = wait

    @property
    def message(self) -> Message:
        """The message that came (the first, where there are several); once the block has ended."""
        if not self.messages:
            raise RuntimeError("the message is known when the block of expecting() has ended")
        return self.messages[0]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        __tracebackhide__ = True
        if kind is None:
            self.messages = await self._wait()


class AsyncInbox(Opened):
    """An inbox; the methods are those of Inbox, and say there what they do."""

    def __init__(
        self, runner: AsyncRunner, told: Told, timeout: float, place: Place | None = None
    ) -> None:
        super().__init__(told, timeout, place)
        self._runner = runner

    async def wait(
        self, *, timeout: float | None = None, latest: bool = False, **match: Wanted | None
    ) -> Message:
        """The one message that matches."""
        __tracebackhide__ = True
        how = [("latest", "1")] if latest else [("count", "1")]
        (message,) = await self.waited(how, timeout, match)
        return message

    async def wait_all(
        self,
        count: int,
        *,
        at_least: bool = False,
        timeout: float | None = None,
        **match: Wanted | None,
    ) -> list[Message]:
        """Exactly (or at least) so many messages, the oldest first."""
        __tracebackhide__ = True
        return await self.waited(
            [("at_least" if at_least else "count", str(count))], timeout, match
        )

    async def expect_none(self, *, within: float = 0.0, **match: Wanted | None) -> None:
        """No message matches."""
        __tracebackhide__ = True
        await self._runner.run(operations.expect_none(self.place, within, match))

    def expecting(
        self, count: int = 1, *, timeout: float | None = None, **match: Wanted | None
    ) -> AsyncExpectation:
        """An ``async with`` block that is to cause so many messages."""
        how = [("count", str(count))]
        return AsyncExpectation(lambda: self.waited(how, timeout, match))

    async def messages(self, **match: Wanted | None) -> list[Message]:
        """What is in it now, the oldest first."""
        told = await self._runner.run(operations.messages(self.place, match))
        return await self._runner.messages(told)

    async def attempts(self, **match: Wanted | None) -> list[Attempt]:
        """What was tried since it was opened, the oldest first."""
        return await self._runner.run(operations.attempts(self.place, match))

    async def wait_attempts(
        self, count: int, *, timeout: float | None = None, **match: Wanted | None
    ) -> list[Attempt]:
        """Exactly so many attempts."""
        __tracebackhide__ = True
        patience = self._patience(timeout)
        return await self._runner.run(operations.wait_attempts(self.place, count, match, patience))

    async def sessions(self) -> list[Session]:
        """The sessions that touched it, with their transcripts."""
        return await self._runner.run(operations.sessions(self.name))

    def fault(
        self,
        *,
        stage: str = "rcpt",
        reply: str | int | None = "451 4.7.1 Try again later",
        rcpt: str | None = None,
        delay: float = 0.0,
        drop: bool = False,
        **more: object,
    ) -> AsyncFault:
        """Have mail into this inbox fail, for as long as an ``async with`` block lasts."""
        rule = operations.rule(
            self.name, stage, reply, rcpt=rcpt, delay=delay, drop=drop, more=more
        )
        return AsyncFault(self._runner, rule)

    async def clear(self) -> None:
        """Delete its messages."""
        await self._runner.run(operations.clear(self.name))

    async def close(self) -> None:
        """Close it: its messages, rules and port go."""
        await self._runner.run(operations.close_inbox(self.name))

    async def waited(
        self,
        how: list[tuple[str, str]],
        timeout: float | None,
        match: dict[str, Wanted | None],
    ) -> list[Message]:
        """The messages of a wait that says how many."""
        __tracebackhide__ = True
        patience = self._patience(timeout)
        told = await self._runner.run(operations.wait(self.place, how, match, patience))
        return await self._runner.messages(told)


class AsyncClient:
    """A client of one server for asyncio; as Client."""

    def __init__(
        self, url: str | None = None, *, token: str | None = None, timeout: float = 10.0
    ) -> None:
        self._runner = AsyncRunner(Transport(found_url(url), token=token or ""))
        self.url = self._runner.transport.url
        self.timeout = timeout

    async def inbox(
        self, name: str | None = None, *, listen: bool = False, **more: object
    ) -> AsyncInbox:
        """Open an inbox: a fresh one, or one by name."""
        asked = opening(name, listen=listen, more=more)
        return AsyncInbox(
            self._runner, await self._runner.run(operations.open_inbox(asked)), self.timeout
        )

    async def message(self, message_id: str) -> Message:
        """One message, or ``latest``."""
        told = await self._runner.run(operations.message(message_id))
        return await self._runner.message(told)

    async def search(
        self, query: str, *, inbox: str | None = None, limit: int = 50
    ) -> list[Message]:
        """The newest messages that a search finds."""
        return await self._runner.messages(
            await self._runner.run(operations.search(query, inbox, limit))
        )

    async def info(self) -> ServerInfo:
        """What the server tells of itself."""
        return await self._runner.run(operations.info(self.url))


def awaiting(inbox: Inbox) -> AsyncInbox:
    """The same inbox, to be awaited: what a wait of one of them gave, the other does not give."""
    url, token = inbox.server
    told = {
        "name": inbox.name,
        "address": inbox.address,
        "smtp": inbox.smtp._asdict(),
        "url": inbox.ui_url,
        "cursor": inbox.cursor,
    }
    runner = AsyncRunner(Transport(url, token=token))
    return AsyncInbox(runner, told, inbox.timeout, inbox.place)
