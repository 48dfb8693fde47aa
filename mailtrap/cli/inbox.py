"""``mailtrap inbox``: a place of its own for the mail of a test, a script or a worker."""

from urllib.parse import quote

import click

from mailtrap.cli.as_json import json_option, print_json
from mailtrap.cli.asking import answered
from mailtrap.cli.connect import asks_server
from mailtrap.cli.group import VERB_SETTINGS
from mailtrap.cli.output import assignments
from mailtrap.cli.rows import Record, number, record, records, text
from mailtrap.cli.terminal import columns, on_terminal
from mailtrap.client import Http, Json

API = "/api/inboxes"
COLUMN_WIDTHS = (40, 60, 10, 10, 0)


@click.group("inbox", context_settings=VERB_SETTINGS)
def command() -> None:
    """Open, list and remove inboxes: what is in one meets nothing that is in another."""


@command.command("new")
@click.argument("name", required=False)
@click.option("--listen", is_flag=True, help="Give it a port of its own: all that comes is its.")
@click.option("--ttl", metavar="DURATION", help="Remove it, and all in it, after so long.")
@click.option("--prefix", metavar="TEXT", help="How the name that is made up begins.")
@click.option("--shell", is_flag=True, help="Print assignments for a POSIX shell.")
@json_option
@asks_server
def new(
    http: Http, *, name: str | None, shell: bool, as_json: bool, **settings: str | bool | None
) -> int:
    """Open an inbox, with a NAME or with one that is made up, and print how to reach it.

    One that is there already is given as it is, with the cursor of now.
    """
    if shell and as_json:
        raise click.UsageError("choose one of --shell and --json")
    body: dict[str, Json] = {"name": name, **settings}
    given = {key: value for key, value in body.items() if value not in (None, False)}
    inbox = answered(http, "POST", API, body={**given})
    if as_json:
        print_json(inbox)
        return 0
    lines = assignments(_variables(inbox)) if shell else _described(inbox)
    click.echo("\n".join(lines))
    return 0


@command.command("list")
@json_option
@asks_server
def list_inboxes(http: Http, *, as_json: bool) -> int:
    """List the inboxes.

    On a terminal as a table; elsewhere one a line, TAB between name, address, number of messages,
    number of unread ones and the time at which it ends.
    """
    answer = http.json("GET", API)
    if as_json:
        print_json(answer)
        return 0
    rows = [_cells(row) for row in records(answer, "inboxes")]
    told = columns(rows, COLUMN_WIDTHS) if on_terminal() else ["\t".join(row) for row in rows]
    click.echo("".join(f"{line}\n" for line in told), nl=False)
    return 0


@command.command("rm")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@asks_server
def remove(http: Http, *, names: tuple[str, ...]) -> int:
    """Remove inboxes with all that is in them: messages, fault rules, the port."""
    for name in names:
        http.json("DELETE", f"{API}/{quote(name, safe='')}")
    return 0


def _variables(inbox: Record) -> dict[str, str]:
    """What a script needs, by the names that apps are configured with."""
    smtp = record(inbox.get("smtp") or {})
    return {
        "INBOX": text(inbox, "name"),
        "ADDRESS": text(inbox, "address"),
        "CURSOR": text(inbox, "cursor"),
        "SMTP_HOST": text(smtp, "host"),
        "SMTP_PORT": str(number(smtp, "port") or ""),
        "SMTP_USERNAME": text(smtp, "username"),
        "SMTP_PASSWORD": text(smtp, "password"),
        "SMTP_URL": text(smtp, "url"),
    }


def _described(inbox: Record) -> list[str]:
    smtp = record(inbox.get("smtp") or {})
    rows = {
        "name": text(inbox, "name"),
        "address": text(inbox, "address"),
        "smtp": text(smtp, "url"),
        "user": text(smtp, "username"),
        "password": text(smtp, "password"),
        "cursor": text(inbox, "cursor"),
        "page": text(inbox, "url"),
        "ends": text(inbox, "expires_at"),
    }
    return [f"{name:<9} {value}" for name, value in rows.items() if value]


def _cells(row: Record) -> tuple[str, ...]:
    counts = (str(number(row, "messages")), str(number(row, "unread")))
    return text(row, "name"), text(row, "address"), *counts, text(row, "expires_at")
