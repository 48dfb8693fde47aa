"""``mailtrap list``: the messages, newest first."""

import click

from mailtrap.cli.as_json import json_option, print_json
from mailtrap.cli.connect import asks_server, inbox_option
from mailtrap.cli.group import VERB_SETTINGS
from mailtrap.cli.rows import Record, cells, message_line, number, record, records, tabbed
from mailtrap.cli.terminal import columns, on_terminal
from mailtrap.client import Http

PAGE = 500
COLUMN_WIDTHS = (40, 19, 30, 40, 8, 0)


@click.command("list", context_settings=VERB_SETTINGS)
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(1, 1_000_000),
    default=20,
    show_default=True,
    metavar="NUMBER",
    help="How many at most.",
)
@click.argument("query", nargs=-1)
@inbox_option
@json_option
@asks_server
def command(
    http: Http, *, query: tuple[str, ...], limit: int, inbox: str | None, as_json: bool
) -> int:
    """List messages, newest first: all, or those that a search finds.

    QUERY is as in docs/search.md: mailtrap list from:shop has:code newer_than:1h

    On a terminal as a table; elsewhere one a line, TAB between id, time, sender, recipients,
    size and subject.
    """
    rows, total = fetch(http, limit, inbox, " ".join(query))
    if as_json:
        print_json({"messages": [*rows], "total": total})
        return 0
    lines = [message_line(row) for row in rows]
    if not on_terminal():
        click.echo("".join(f"{tabbed(line)}\n" for line in lines), nl=False)
        return 0
    shown = columns([cells(line) for line in lines], COLUMN_WIDTHS)
    for line, columned in zip(lines, shown, strict=True):
        click.echo(click.style(columned, bold=not line.read))
    if total > len(lines):
        click.echo(f"{len(lines)} of {total}; -n shows more", err=True)
    return 0


def fetch(http: Http, limit: int, inbox: str | None, search: str = "") -> tuple[list[Record], int]:
    """The newest messages, at most ``limit``, page by page; and how many there are."""
    rows: list[Record] = []
    while True:
        query = {
            "limit": min(PAGE, limit - len(rows)),
            "inbox": inbox,
            "q": search or None,
            "count": "true" if search else None,
            "before": number(rows[-1], "seq") if rows else None,
        }
        page = record(http.json("GET", "/api/messages", query=query))
        rows += records(page, "messages")
        if len(rows) >= limit or not page.get("older"):
            return rows[:limit], number(page, "matches" if search else "total")
