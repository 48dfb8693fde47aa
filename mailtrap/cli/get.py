"""``mailtrap get``: one message, or a piece of it."""

import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import click

from mailtrap.cli.as_json import print_json
from mailtrap.cli.connect import Failure, asks_server, inbox_option
from mailtrap.cli.group import VERB_SETTINGS
from mailtrap.cli.list import fetch
from mailtrap.cli.rows import Record, local_time, mailboxes, number, record, records, text, texts
from mailtrap.cli.terminal import octets, on_terminal, printable_text
from mailtrap.client import Http
from mailtrap.client.http import Query

OCTETS: dict[str, tuple[str, Query]] = {
    "raw": ("raw", {}),
    "text": ("text", {}),
    "html": ("html", {"source": 1}),
}
"""The pieces that the API gives as octets: where below the message, with which query."""


@click.command("get", context_settings=VERB_SETTINGS)
@click.argument("message", metavar="[ID]", default="latest")
@click.option("--raw", "piece", flag_value="raw", help="The octets exactly as they were sent.")
@click.option("--text", "piece", flag_value="text", help="The text body.")
@click.option("--html", "piece", flag_value="html", help="The source of the HTML body.")
@click.option("--headers", "piece", flag_value="headers", help="The header fields, decoded.")
@click.option("--json", "piece", flag_value="json", help="All that the API tells, as JSON.")
@click.option("--part", metavar="NUMBER", help="The decoded content of a part, such as 2 or 1.2.")
@click.option(
    "--eml",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the octets to a file.",
)
@inbox_option
@asks_server
def command(
    http: Http,
    *,
    message: str,
    piece: str | None,
    part: str | None,
    eml: Path | None,
    inbox: str | None,
) -> int:
    """Show one message: that with the ID, or the latest.

    To a pipe or a file octets go as they are; on a terminal control characters are escaped.
    """
    if sum(asked is not None for asked in (piece, part, eml)) > 1:
        raise click.UsageError("choose one of --raw --text --html --headers --json --part --eml")
    path = f"/api/messages/{quote(_id(http, message, inbox), safe='')}"
    if eml is not None:
        save(eml, http.pieces(f"{path}/raw"))
    elif part is not None:
        _write(http.pieces(f"{path}/parts/{quote(part, safe='')}"))
    elif piece in OCTETS:
        below, query = OCTETS[piece]
        _write(http.pieces(f"{path}/{below}", query=query))
    else:
        _show(record(http.json("GET", path)), piece)
    return 0


def describe(message: Record) -> str:
    """A message for people: who, what, when, what hangs on it, and its text."""
    envelope = record(message.get("envelope"))
    lines = [
        ("From", mailboxes(message, "from")),
        ("To", mailboxes(message, "to")),
        ("Cc", mailboxes(message, "cc")),
        ("Subject", text(message, "subject")),
        ("Date", local_time(text(message, "date"))),
        ("Received", local_time(text(message, "received_at"))),
        ("Envelope", f"<{text(envelope, 'mail_from')}> → {', '.join(texts(envelope, 'rcpt_to'))}"),
        ("Size", octets(number(message, "size"))),
        ("Tags", ", ".join(texts(message, "tags"))),
        *(("Attached", _attachment(part)) for part in records(message, "attachments")),
        *(("Finding", text(finding, "message")) for finding in records(message, "findings")),
        ("ID", text(message, "id")),
    ]
    head = "\n".join(f"{f'{name}:':<10}{value}" for name, value in lines if value)
    return f"{head}\n\n{_body(message)}"


def _id(http: Http, message: str, inbox: str | None) -> str:
    if message != "latest":
        return message
    rows, _ = fetch(http, 1, inbox)
    if not rows:
        raise Failure(f"there is no message yet{f' in the inbox {inbox}' if inbox else ''}")
    return text(rows[0], "id")


def _show(message: Record, piece: str | None) -> None:
    if piece == "json":
        print_json(message)
    elif piece == "headers":
        for header in records(message, "headers"):
            click.echo(f"{text(header, 'name')}: {text(header, 'value')}")
    else:
        click.echo(describe(message))


def _attachment(part: Record) -> str:
    name = text(part, "filename") or "(no name)"
    kind, size = text(part, "content_type"), octets(number(part, "size"))
    return f"{name} ({kind}, {size}; --part {text(part, 'number')})"


def _body(message: Record) -> str:
    body = message.get("text")
    if isinstance(body, str):
        return printable_text(body).rstrip("\n")
    return "(no text; --html shows the HTML)" if message.get("html") else "(no text)"


def _write(pieces: Iterable[bytes]) -> None:
    if on_terminal():
        content = b"".join(pieces).decode("utf-8", "backslashreplace")
        click.echo(printable_text(content), nl=not content.endswith("\n"))
        return
    for piece in pieces:
        sys.stdout.buffer.write(piece)


def save(file: Path, pieces: Iterable[bytes]) -> None:
    """Write octets to a file, and say so on standard error. Raises Failure where that fails."""
    try:
        with file.open("wb") as target:
            for piece in pieces:
                target.write(piece)
    except OSError as error:
        raise Failure(f"{file} cannot be written: {error.strerror}") from None
    click.echo(f"wrote {file}", err=True)
