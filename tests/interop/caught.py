"""The server under test as a process, and what it caught as its API tells it."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from mailtrap.api.shapes import (
    Attempt,
    AttemptList,
    MessageDetail,
    MessageList,
    SessionDetail,
    SessionList,
)
from mailtrap.api.shapes.message import MessageRow
from tests.interop.tap import Conversation, Tap
from tests.interop.wire import contents, replies

ROOT = Path(__file__).parents[2]
SECONDS = 30.0
T = TypeVar("T")
LISTENERS = ("smtp", "starttls", "smtps", "submission", "lmtp", "http")


@dataclass(frozen=True, slots=True)
class Caught:
    """One message with everything that is known about it; its session has ended."""

    message: MessageDetail
    raw: bytes
    attempt: Attempt
    session: SessionDetail

    @property
    def mail_params(self) -> Mapping[str, str | None]:
        """The parameters of MAIL."""
        return self.message.envelope.params

    @property
    def rcpt_params(self) -> list[Mapping[str, str | None]]:
        """The parameters of each RCPT."""
        return [one.params for one in self.message.envelope.recipients]

    @property
    def auth(self) -> tuple[str, str, str | None]:
        """Mechanism, identity and secret that the client gave."""
        assert self.message.trace.auth is not None
        return msgspec.structs.astuple(self.message.trace.auth)

    @property
    def said(self) -> list[str]:
        """The command lines of the whole session, as the transcript has them."""
        return [line.text for line in self.session.transcript if line.side == "C"]

    @property
    def errors(self) -> set[str]:
        """The findings that say that a real server would refuse or spoil this."""
        found = (*self.message.findings, *self.session.findings)
        return {one.id for one in found if one.severity == "error"}


class Catcher:
    """A running server: its ports by listener, the CA it made, and its API."""

    def __init__(self, ready: Mapping[str, object], ca: Path) -> None:
        listeners = msgspec.convert(ready["listeners"], list[dict[str, str]])
        self.ports = {one["name"]: urlsplit(one["url"]).port or 0 for one in listeners}
        self.ca = ca
        self._url = msgspec.convert(ready["http"], list[str])[0]

    def get(self, path: str) -> bytes:
        """The body of a GET."""
        with urllib.request.urlopen(self._url + path, timeout=SECONDS) as answer:
            octets = answer.read()
        assert isinstance(octets, bytes)
        return octets

    def messages(self, recipient: str) -> list[MessageRow]:
        """The messages to an address, oldest first."""
        listed = msgspec.json.decode(self.get("/api/messages?limit=1000"), type=MessageList)
        return [one for one in reversed(listed.messages) if recipient in one.envelope.rcpt_to]

    def caught(self, recipient: str) -> Caught:
        """The one message to an address: its transaction accepted, its session ended."""
        (row,) = self.messages(recipient)
        return self.whole(row)

    def whole(self, row: MessageRow) -> Caught:
        """All about a message; its transaction must have been accepted throughout."""
        path = f"/api/messages/{row.id}"
        message = msgspec.json.decode(self.get(path), type=MessageDetail)
        session = self.session(row.session)
        attempt = msgspec.json.decode(self.get(f"/api/attempts/{message.attempt}"), type=Attempt)
        assert (attempt.verdict, attempt.stage) == ("accepted", "done")
        assert attempt.message == message.id
        assert all(one.accepted for one in attempt.recipients)
        return Caught(message, self.get(f"{path}/raw"), attempt, session)

    def session(self, session_id: str) -> SessionDetail:
        """A session, as soon as it has ended."""

        def ended() -> SessionDetail | None:
            octets = self.get(f"/api/sessions/{session_id}")
            session = msgspec.json.decode(octets, type=SessionDetail)
            return session if session.ended_at is not None else None

        return self._awaited(ended)

    def only_session(self, tap: Tap) -> SessionDetail:
        """The session of the one connection over the tap, as soon as it has ended."""
        (conversation,) = tap.conversations()

        def stored() -> SessionDetail | None:
            listed = msgspec.json.decode(self.get("/api/sessions?limit=1000"), type=SessionList)
            ours = (one.id for one in listed.sessions if one.peer == conversation.peer)
            return self.session(found) if (found := next(ours, None)) else None

        return self._awaited(stored)

    def attempt(self, recipient: str) -> Attempt:
        """The first transaction that tried an address, as soon as there is one."""
        return self._awaited(lambda: next(iter(self.attempts(recipient)), None))

    def tried(self, recipient: str, times: int) -> list[Attempt]:
        """The transactions that tried an address, as soon as there are so many."""

        def stored() -> list[Attempt] | None:
            attempts = self.attempts(recipient)
            return attempts if len(attempts) >= times else None

        return self._awaited(stored)

    def _awaited(self, look: Callable[[], T | None]) -> T:
        """What ``look`` finds, now or after a session ended."""
        deadline = monotonic() + SECONDS
        with urllib.request.urlopen(f"{self._url}/api/stream", timeout=SECONDS) as stream:
            while (found := look()) is None:
                while not (line := stream.readline()).startswith(b"event: session.closed"):
                    assert line, "the stream ended"
                    assert monotonic() < deadline, "no session ended in time"
            return found

    def attempts(self, recipient: str) -> list[Attempt]:
        """The transactions that tried an address, whatever became of them."""
        listed = msgspec.json.decode(self.get("/api/attempts?limit=1000"), type=AttemptList)
        return [
            attempt
            for attempt in reversed(listed.attempts)
            if recipient in [outcome.address for outcome in attempt.recipients]
        ]


@dataclass(frozen=True, slots=True)
class Overheard:
    """A message that a client sent over a tap, checked against what went over the line."""

    caught: Caught
    conversation: Conversation
    replies: list[str]


def overheard(catcher: Catcher, tap: Tap, recipient: str) -> Overheard:
    """The message to an address that the one connection over the tap brought.

    What is stored is what the naive reader finds on the line, every reply was well-formed, and the
    transcript has them all.
    """
    (conversation,) = tap.conversations()
    caught = catcher.caught(recipient)
    assert [caught.raw] == list(contents(bytes(conversation.client)))
    lines = conversation.server.decode().splitlines()
    assert [line.text for line in caught.session.transcript if line.side == "S"] == lines
    return Overheard(caught, conversation, replies(bytes(conversation.server)))


@contextmanager
def running(folder: Path, *flags: str, **variables: str) -> Iterator[Catcher]:
    """A server with a listener of every kind, its state in ``folder``."""
    listen = [part for name in LISTENERS for part in (f"--{name}", "127.0.0.1:0")]
    kept = {name: text for name, text in os.environ.items() if not name.startswith("MAILTRAP_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "mailtrap", *listen, "--config", "off", "--ready-format", "json",
         "--state-dir", str(folder / "state"), "--show-credentials", *flags],
        env={**kept, **variables, "PYTHONPATH": str(ROOT)},
        cwd=folder,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    with process, process.stdout as told:
        try:
            yield Catcher(json.loads(told.readline()), folder / "state" / "ca.pem")
        finally:
            process.terminate()
