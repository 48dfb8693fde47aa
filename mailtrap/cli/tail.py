"""``mailtrap tail``: what comes, as it comes."""

import json
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass

import click

from mailtrap.cli.as_json import json_option, print_json
from mailtrap.cli.connect import asks_server, inbox_option
from mailtrap.cli.duration import duration
from mailtrap.cli.group import VERB_SETTINGS
from mailtrap.cli.rows import (
    Record,
    few,
    local_time,
    message_line,
    number,
    record,
    records,
    tabbed,
    text,
)
from mailtrap.cli.terminal import octets, on_terminal
from mailtrap.client import ClientError, Event, Http, Json, UnreachableError

PAGE = 500
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 3.0


@dataclass(frozen=True, slots=True)
class Change:
    """Something that the server told: the kind of change and its JSON."""

    kind: str
    data: Record


@click.command("tail", context_settings=VERB_SETTINGS)
@click.option(
    "-n",
    "--lines",
    type=click.IntRange(0, PAGE),
    default=0,
    show_default=True,
    metavar="NUMBER",
    help="First the newest messages that are already there.",
)
@click.option(
    "--patience",
    callback=duration,
    default="30s",
    show_default=True,
    metavar="DURATION",
    help="How long to try again when the server is gone.",
)
@inbox_option
@json_option
@asks_server
def command(http: Http, *, lines: int, patience: float, inbox: str | None, as_json: bool) -> int:
    """Follow messages and refused attempts as they come, one a line, until interrupted.

    Nothing is lost or told twice when the connection breaks. With --json every change is told.
    """
    query = {"limit": max(lines, 1), "inbox": inbox}
    page = record(http.json("GET", "/api/messages", query=query))
    for row in reversed(records(page, "messages")[:lines]):
        tell(_added(row), as_json=as_json)
    for change in follow(http, number(page, "cursor"), inbox, patience):
        tell(change, as_json=as_json)
    return 0


def tell(change: Change, *, as_json: bool) -> None:
    """Print a change, if it is one that is told."""
    if as_json:
        told: dict[str, Json] = {"event": change.kind, **change.data}
        print_json(told, indent=None)
    elif change.kind == "message.added":
        click.echo(_message(record(change.data.get("message"))))
    elif change.kind == "attempt.added":
        attempt = record(change.data.get("attempt"))
        if attempt.get("verdict") != "accepted":
            click.echo(attempt_line(attempt))


def follow(http: Http, cursor: int, inbox: str | None, patience: float) -> Iterator[Change]:
    """Every change after the cursor, for ever; connects again where the stream ended.

    Raises UnreachableError when the server did not come back for ``patience`` seconds.
    """
    pause, gone_since = FIRST_PAUSE, None
    while True:
        try:
            # A server that kept its mail in memory and started anew counts from the beginning.
            cursor = min(cursor, newest(http))
            for event in http.events("/api/stream", since=str(cursor), query={"inbox": inbox}):
                pause, gone_since = FIRST_PAUSE, None
                if event.kind == "gap":
                    cursor = yield from catch_up(http, cursor, inbox)
                    break
                yield _change(event)
                cursor = int(event.id) if event.id.isdecimal() else cursor
        except UnreachableError:
            gone_since = gone_since or time.monotonic()
            if time.monotonic() - gone_since >= patience:
                raise
        time.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


def newest(http: Http) -> int:
    """The server's cursor of now."""
    return number(record(http.json("GET", "/api/messages", query={"limit": 1})), "cursor")


def catch_up(http: Http, cursor: int, inbox: str | None) -> Generator[Change, None, int]:
    """The messages after the cursor that are still there, oldest first; returns the next cursor."""
    click.echo("some changes came too fast to be told one by one; catching up", err=True)
    now = newest(http)
    while True:
        query = {"after": cursor, "limit": PAGE, "inbox": inbox}
        page = record(http.json("GET", "/api/messages", query=query))
        for row in reversed(records(page, "messages")):
            cursor = number(row, "seq")
            yield _added(row)
        if not page.get("newer"):
            return max(cursor, now)


def _added(row: Record) -> Change:
    return Change("message.added", {"seq": number(row, "seq"), "message": row})


def _change(event: Event) -> Change:
    try:
        return Change(event.kind, record(json.loads(event.data)))
    except ValueError:
        raise ClientError("the server's stream has an event that is not JSON") from None


def _message(row: Record) -> str:
    line = message_line(row)
    if not on_terminal():
        return tabbed(line)
    subject = click.style(line.subject or "(no subject)", bold=True)
    who = f"{line.sender} → {few(line.recipients)}"
    return f"{_clock(line.at)}  {who}  {subject}  {octets(line.size)}  {line.id}"


def attempt_line(attempt: Record) -> str:
    """An attempt in one line: for people, or with TAB between whole values."""
    verdict, reply = text(attempt, "verdict"), text(attempt, "reply")
    told = few(tuple(text(to, "address") for to in records(attempt, "recipients"))) or "nobody"
    who = f"{text(attempt, 'mail_from') or '<>'} → {told}"
    if not on_terminal():
        return "\t".join((text(attempt, "id"), text(attempt, "ended_at"), verdict, who, reply))
    shown = click.style(verdict, fg="red" if verdict == "refused" else "yellow")
    return f"{_clock(text(attempt, 'ended_at'))}  {shown}  {who}  {reply}"


def _clock(rfc3339: str) -> str:
    return local_time(rfc3339, "%H:%M:%S")
