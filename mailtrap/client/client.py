"""A server, for tests: inboxes, messages, faults."""

import os
import time

from mailtrap.client import operations
from mailtrap.client.calls import Told
from mailtrap.client.errors import ClientError, MailtrapUnavailable
from mailtrap.client.http import Http
from mailtrap.client.inbox import FaultHandle, Inbox
from mailtrap.client.message import Message
from mailtrap.client.records import ServerInfo
from mailtrap.client.runner import Runner

DEFAULT_URL = "http://127.0.0.1:8025"

POLLED = 0.05
"""Seconds between two looks at a server that is not ready yet."""


class Faults:
    """The fault rules of a server, of all inboxes."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    def list(self) -> list[Told]:
        """All rules with their counters, as the API tells them."""
        return self._runner.run(operations.faults())

    def add(self, rule: str | Told) -> FaultHandle:
        """Add a rule: one line of it, or its keys (docs/faults.md)."""
        told: Told = {"line": rule} if isinstance(rule, str) else rule
        times = told.get("times")
        return FaultHandle(self._runner, self._runner.run(operations.add_fault(told)), times)

    def clear(self) -> None:
        """Delete all rules."""
        self._runner.run(operations.clear_faults())


class Client:
    """A client of one server; several threads may use it at once.

    ``url`` left out is that of the variable ``MAILTRAP_URL``, or of a server on this machine.
    ``timeout`` is in seconds: how long a wait waits where it says nothing else.
    """

    def __init__(
        self, url: str | None = None, *, token: str | None = None, timeout: float = 10.0
    ) -> None:
        http = Http(found_url(url), token=token or "", timeout=timeout)
        self.url = http.url
        self.timeout = timeout
        self._runner = Runner(http)

    def inbox(self, name: str | None = None, *, listen: bool = False, **more: object) -> Inbox:
        """Open an inbox: a fresh one, or one by name. ``more``: ttl, match, prefix."""
        told = self._runner.run(operations.open_inbox(opening(name, listen=listen, more=more)))
        return Inbox(self._runner, told, self.timeout)

    def message(self, message_id: str) -> Message:
        """One message, or ``latest``. Raises NotFoundError."""
        return self._runner.message(self._runner.run(operations.message(message_id)))

    def search(self, query: str, *, inbox: str | None = None, limit: int = 50) -> list[Message]:
        """The newest messages that a search finds (docs/search.md)."""
        found = self._runner.run(operations.search(query, inbox, limit))
        return [self._runner.message(told) for told in found]

    def faults(self) -> Faults:
        """The fault rules."""
        return Faults(self._runner)

    def info(self) -> ServerInfo:
        """What the server tells of itself."""
        return self._runner.run(operations.info(self.url))

    def ready(self, timeout: float = 30.0) -> None:
        """Return when the server takes mail. Raises MailtrapUnavailable."""
        until = time.monotonic() + timeout
        while True:
            try:
                self._runner.run(operations.ready())
            except (MailtrapUnavailable, ClientError) as error:
                if time.monotonic() >= until:
                    raise MailtrapUnavailable(str(error)) from None
                time.sleep(POLLED)
            else:
                return


def found_url(url: str | None) -> str:
    """The address of the server that is meant."""
    return url or os.environ.get("MAILTRAP_URL") or DEFAULT_URL


def opening(name: str | None, *, listen: bool, more: dict[str, object]) -> Told:
    """What is asked of the server to open an inbox."""
    told = {"name": name, "listen": listen or None, **more}
    return {key: value for key, value in told.items() if value is not None}
