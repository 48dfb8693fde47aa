"""Every operation on a server, as steps: what is asked, and what is made of the answers."""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from mailtrap.client import records
from mailtrap.client.calls import Call, Steps, Told
from mailtrap.client.criteria import Wanted, parameters
from mailtrap.client.errors import failure
from mailtrap.client.records import Attempt, ServerInfo, Session

LONGEST: Final = 55.0
"""Seconds that one request waits; a longer wait is asked for again."""

LISTED: Final = 1_000
"""Rows of a list."""

Match = Mapping[str, Wanted | None]


@dataclass(slots=True)
class Place:
    """An inbox as it stands: its name, the cursor up to which its mail was given.

    ``opened`` is the cursor of when it was opened: attempts are told from there on.
    """

    name: str
    cursor: str
    opened: str


def open_inbox(asked: Told) -> Steps[Told]:
    """Open an inbox."""
    told: Told = yield Call("POST", "/api/inboxes", body=asked)
    return told


def close_inbox(name: str) -> Steps[None]:
    """Close an inbox."""
    yield Call("DELETE", f"/api/inboxes/{quote(name)}")


def clear(name: str) -> Steps[None]:
    """Delete the messages of an inbox."""
    yield Call("DELETE", "/api/messages", [("inbox", name)])


def message(message_id: str) -> Steps[Told]:
    """One message, whole."""
    told: Told = yield Call("GET", f"/api/messages/{quote(message_id)}")
    return told


def search(query: str, inbox: str | None, limit: int) -> Steps[list[Told]]:
    """The newest messages that a search finds, whole."""
    asked = [("q", query), ("limit", str(limit))]
    if inbox is not None:
        asked.append(("inbox", inbox))
    page = yield Call("GET", "/api/messages", asked)
    found = []
    for row in page["messages"]:
        found.append((yield from message(row["id"])))  # noqa: PERF401 - none can yield
    return found


def messages(place: Place, match: Match) -> Steps[list[Told]]:
    """All messages of an inbox that match, the oldest first; none is waited for."""
    asked = [("inbox", place.name), ("after", "start"), ("at_least", "1"), ("timeout", "0s")]
    told = yield _wait([*parameters(match), *asked, ("detail", "1")], 0.0)
    found: list[Told] = told["messages"] if told["ok"] else []
    return found


def wait(
    place: Place, how: Sequence[tuple[str, str]], match: Match, timeout: float
) -> Steps[list[Told]]:
    """Messages that come, and are given but once. Raises MailAssertionError."""
    told = yield from _waited(place, [*how, ("detail", "1")], match, timeout)
    place.cursor = told["cursor"]
    found: list[Told] = told["messages"]
    return found


def wait_attempts(place: Place, count: int, match: Match, timeout: float) -> Steps[list[Attempt]]:
    """Exactly so many attempts. Raises MailAssertionError."""
    asked = [("of", "attempts"), ("count", str(count))]
    told = yield from _waited(replace(place, cursor=place.opened), asked, match, timeout)
    return [records.attempt(one) for one in told["attempts"]]


def expect_none(place: Place, within: float, match: Match) -> Steps[None]:
    """No message: none once all that is under way has ended, and none for so many seconds."""
    while True:
        now = min(within, LONGEST)
        asked = [("none", "1"), ("drain", "1"), ("within", _seconds(now))]
        yield from _waited(place, asked, match, LONGEST)
        within -= now
        if within <= 0:
            return


def attempts(place: Place, match: Match) -> Steps[list[Attempt]]:
    """What was tried, the oldest first; none is waited for."""
    asked = [
        ("inbox", place.name), ("after", place.opened), ("of", "attempts"),
        ("at_least", "1"), ("timeout", "0s"), ("drain", "1"),
    ]  # fmt: skip
    told = yield _wait([*parameters(match), *asked], 0.0)
    return [records.attempt(one) for one in told["attempts"]] if told["ok"] else []


def sessions(name: str) -> Steps[list[Session]]:
    """The sessions that touched an inbox, the oldest first, with their transcripts."""
    page = yield Call("GET", "/api/sessions", [("inbox", name), ("limit", "100")])
    found = []
    for row in reversed(page["sessions"]):
        told = yield Call("GET", f"/api/sessions/{quote(row['id'])}")
        found.append(records.session(told))
    return found


def add_fault(rule: Told) -> Steps[str]:
    """Add a rule; its name."""
    told = yield Call("POST", "/api/faults", body=rule)
    return str(told["name"])


def fault(name: str) -> Steps[Told]:
    """A rule with its counters."""
    told: Told = yield Call("GET", f"/api/faults/{quote(name)}")
    return told


def faults() -> Steps[list[Told]]:
    """All rules."""
    told = yield Call("GET", "/api/faults")
    found: list[Told] = told["faults"]
    return found


def end_fault(name: str) -> Steps[int]:
    """Delete a rule; how often it had acted."""
    told = yield from fault(name)
    yield Call("DELETE", f"/api/faults/{quote(name)}")
    return int(told["acted"])


def clear_faults() -> Steps[None]:
    """Delete all rules."""
    yield Call("DELETE", "/api/faults")


def info(url: str) -> Steps[ServerInfo]:
    """What the server tells of itself."""
    told = yield Call("GET", "/api/info")
    probe = yield Call("GET", "/api/inboxes/default")
    return ServerInfo(
        url=url,
        name=told["name"],
        version=told["version"],
        smtp=records.endpoint(probe["smtp"]),
        listeners=tuple((one["name"], one["url"]) for one in told["listeners"]),
    )


def ready() -> Steps[None]:
    """Whether the server takes mail; else it raises ClientError."""
    yield Call("GET", "/readyz", octets=True)


def octets(path: str) -> Steps[bytes]:
    """What is at a path."""
    told: bytes = yield Call("GET", path, octets=True)
    return told


def rule(  # noqa: PLR0913 - the words of a rule
    inbox: str,
    stage: str,
    reply: str | int | None,
    *,
    rcpt: str | None,
    delay: float,
    drop: bool,
    more: Mapping[str, object],
) -> Told:
    """A fault rule of an inbox as the server takes it."""
    steps: list[str] = [f"delay {delay:g}s"] if delay else []
    if drop:
        steps.append("close")
    elif reply is not None:
        steps.append(str(reply))
    told: Told = {"on": stage, "inbox": inbox, "do": steps[0] if len(steps) == 1 else steps, **more}
    if rcpt is not None:
        told["when"] = {**told.get("when", {}), "rcpt": rcpt}
    return {name: value for name, value in told.items() if value is not None}


def _waited(
    place: Place,
    how: Sequence[tuple[str, str]],
    match: Match,
    timeout: float,
    clock: Callable[[], float] = time.monotonic,
) -> Steps[Told]:
    """Ask until it is there, or the time is over. Raises MailAssertionError."""
    asked = [*parameters(match), ("inbox", place.name), ("after", place.cursor), *how]
    until = clock() + timeout
    while True:
        left = max(until - clock(), 0.0)
        now = min(left, LONGEST)
        told: Told = yield _wait([*asked, ("timeout", _seconds(now))], now)
        if told["ok"]:
            return told
        if left <= LONGEST or told["reason"] not in {"no-message", "no-attempt"}:
            raise failure(told)


def _wait(asked: Sequence[tuple[str, str]], seconds: float) -> Call:
    return Call("GET", "/api/wait", [*asked, ("on_timeout", "empty")], waits=seconds)


def _seconds(seconds: float) -> str:
    return f"{math.ceil(seconds * 1000)}ms"
