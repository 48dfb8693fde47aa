"""``mailtrap delete``: messages by id, or all of them."""

import click

from mailtrap.cli.as_json import json_option, print_json
from mailtrap.cli.connect import NOT_FOUND, asks_server, inbox_option
from mailtrap.cli.group import VERB_SETTINGS
from mailtrap.cli.rows import number, record
from mailtrap.client import Http, Json


@click.command("delete", context_settings=VERB_SETTINGS)
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--all", "everything", is_flag=True, help="Delete all, or all of --inbox.")
@inbox_option
@json_option
@asks_server
def command(
    http: Http, *, ids: tuple[str, ...], everything: bool, inbox: str | None, as_json: bool
) -> int:
    """Delete the messages with these IDs, or all with --all.

    Exits with 1 when one of the IDs is unknown; the others are deleted all the same.
    """
    if bool(ids) == everything:
        raise click.UsageError("give IDs or --all")
    if ids and inbox:
        raise click.UsageError("--inbox goes with --all")
    wanted = tuple(dict.fromkeys(ids))
    body: Json = {"ids": [*wanted]} if wanted else None
    answer = record(http.json("DELETE", "/api/messages", query={"inbox": inbox}, body=body))
    deleted = number(answer, "deleted")
    if as_json:
        print_json({"deleted": deleted})
    else:
        click.echo(f"deleted {deleted}{f' of {len(wanted)}' if wanted else ''}")
    return 0 if everything or deleted == len(wanted) else NOT_FOUND
