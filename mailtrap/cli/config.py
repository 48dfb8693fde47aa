"""``mailtrap config``: the settings a server would have, and the page that tells all of them."""

from typing import TYPE_CHECKING

import click

from mailtrap.cli.as_json import json_option, print_json
from mailtrap.cli.flags import SettingsCommand, settings_flags
from mailtrap.cli.group import VERB_SETTINGS
from mailtrap.cli.serve import settings
from mailtrap.config import OPTIONS, Config
from mailtrap.config.docs import document

if TYPE_CHECKING:
    from mailtrap.client import Json


@click.command("config", cls=SettingsCommand, context_settings=VERB_SETTINGS)
@click.option("--show", is_flag=True, help="Show each value and its source (the default).")
@click.option("--docs", is_flag=True, help="Print the reference page (Markdown).")
@json_option
def command(*, show: bool, docs: bool, as_json: bool, **flags: object) -> int:
    """Show the settings that `mailtrap serve` would have with the same flags, variables and files.

    Secrets are masked.
    """
    if show and docs:
        raise click.UsageError("choose one of --show and --docs")
    if docs:
        click.echo(document(), nl=False)
        return 0
    config = settings(flags)
    if as_json:
        print_json(_as_json(config))
        return 0
    for name, value, source in _rows(config):
        click.echo(f"{name:<17} {value or '-':<40} {source}")
    return 0


command.params[:0] = settings_flags()


def _rows(config: Config) -> list[tuple[str, str, str]]:
    """Name, value as text and source of each option."""
    return [
        (row.name, row.kind.show(getattr(config, row.name)), config.sources[row.name])
        for row in OPTIONS
    ]


def _as_json(config: Config) -> "Json":
    return {name: {"value": value, "source": source} for name, value, source in _rows(config)}
