"""An inbox of a test, and what can be waited for in it."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from mailtrap.client import operations
from mailtrap.client.calls import Told
from mailtrap.client.criteria import Wanted
from mailtrap.client.errors import NotFoundError
from mailtrap.client.message import Message
from mailtrap.client.opened import Opened
from mailtrap.client.records import Attempt, Session
from mailtrap.client.runner import Runner


class FaultHandle:
    """A rule that was added; leaving a ``with`` block removes it, and so does ``remove``, once."""

    def __init__(self, runner: Runner, name: str, times: int | None) -> None:
        self.name = name
        self.times = times
        self._runner = runner
        self._ended: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.remove()

    @property
    def hits(self) -> int:
        """How often it acted; of a rule that was removed, how often it had."""
        if self._ended is not None:
            return self._ended
        return int(self._runner.run(operations.fault(self.name))["acted"])

    def remove(self) -> None:
        """Delete the rule; nothing where it is gone already."""
        if self._ended is not None:
            return
        try:
            self._ended = self._runner.run(operations.end_fault(self.name))
        except NotFoundError:
            self._ended = 0


class Expectation:
    """What comes of a block: leaving it waits for the mail."""

    def __init__(self, wait: Callable[[], list[Message]]) -> None:
        self.messages: list[Message] = []
        self._wait = wait

    @property
    def message(self) -> Message:
        """The message that came (the first, where there are several); once the block has ended."""
        if not self.messages:
            raise RuntimeError("the message is known when the block of expecting() has ended")
        return self.messages[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        __tracebackhide__ = True
        if kind is None:
            self.messages = self._wait()


class Inbox(Opened):
    """One inbox. What a wait gave, no later wait gives again.

    Criteria are those of docs/search.md: addresses are compared whole (``*`` stands for anything),
    texts need only contain the value, patterns of ``re`` may stand anywhere.
    """

    def __init__(self, runner: Runner, told: Told, timeout: float) -> None:
        super().__init__(told, timeout)
        self._runner = runner

    @property
    def server(self) -> tuple[str, str]:
        """The URL of its server, and the token that opens it (or an empty text)."""
        return self._runner.http.url, self._runner.http.token

    def wait(
        self, *, timeout: float | None = None, latest: bool = False, **match: Wanted | None
    ) -> Message:
        """The one message that matches; two are a failure (``latest``: the newest of them).

        Raises NoMessage, TooManyMessages.
        """
        __tracebackhide__ = True
        how = [("latest", "1")] if latest else [("count", "1")]
        (message,) = self._waited(how, timeout, match)
        return message

    def wait_all(
        self,
        count: int,
        *,
        at_least: bool = False,
        timeout: float | None = None,
        **match: Wanted | None,
    ) -> list[Message]:
        """Exactly (or at least) so many messages, the oldest first."""
        __tracebackhide__ = True
        how = [("at_least" if at_least else "count", str(count))]
        return self._waited(how, timeout, match)

    def expect_none(self, *, within: float = 0.0, **match: Wanted | None) -> None:
        """No message matches: none once every transaction under way has ended, and for so long.

        Raises UnexpectedMessage.
        """
        __tracebackhide__ = True
        self._runner.run(operations.expect_none(self.place, within, match))

    def expecting(
        self, count: int = 1, *, timeout: float | None = None, **match: Wanted | None
    ) -> Expectation:
        """A ``with`` block that is to cause so many messages."""
        return Expectation(lambda: self._waited([("count", str(count))], timeout, match))

    def messages(self, **match: Wanted | None) -> list[Message]:
        """What is in it now, the oldest first, whether it was given or not."""
        told = self._runner.run(operations.messages(self.place, match))
        return [self._runner.message(one) for one in told]

    def attempts(self, **match: Wanted | None) -> list[Attempt]:
        """What was tried since it was opened, accepted or refused, the oldest first."""
        return self._runner.run(operations.attempts(self.place, match))

    def wait_attempts(
        self, count: int, *, timeout: float | None = None, **match: Wanted | None
    ) -> list[Attempt]:
        """Exactly so many attempts. Raises NoAttempt, TooManyAttempts."""
        __tracebackhide__ = True
        patience = self._patience(timeout)
        return self._runner.run(operations.wait_attempts(self.place, count, match, patience))

    def sessions(self) -> list[Session]:
        """The sessions that touched it, with their transcripts."""
        return self._runner.run(operations.sessions(self.name))

    def fault(
        self,
        *,
        stage: str = "rcpt",
        reply: str | int | None = "451 4.7.1 Try again later",
        rcpt: str | None = None,
        delay: float = 0.0,
        drop: bool = False,
        **more: object,
    ) -> FaultHandle:
        """Have mail into this inbox fail, for as long as a ``with`` block lasts.

        ``delay`` is in seconds; ``drop`` closes the connection in place of a reply; ``more`` are
        other keys of a rule (docs/faults.md): times, after, every, chance, seed, do, when …
        """
        rule = operations.rule(
            self.name, stage, reply, rcpt=rcpt, delay=delay, drop=drop, more=more
        )
        times = more.get("times")
        name = self._runner.run(operations.add_fault(rule))
        return FaultHandle(self._runner, name, times if isinstance(times, int) else None)

    def clear(self) -> None:
        """Delete its messages."""
        self._runner.run(operations.clear(self.name))

    def close(self) -> None:
        """Close it: its messages, rules and port go."""
        self._runner.run(operations.close_inbox(self.name))

    def _waited(
        self,
        how: list[tuple[str, str]],
        timeout: float | None,
        match: dict[str, Wanted | None],
    ) -> list[Message]:
        __tracebackhide__ = True
        patience = self._patience(timeout)
        told = self._runner.run(operations.wait(self.place, how, match, patience))
        return [self._runner.message(one) for one in told]
