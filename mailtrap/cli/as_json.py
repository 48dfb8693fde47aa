"""JSON on standard output, for the verbs that have it."""

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mailtrap.client import Json

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def print_json(value: "Json", *, indent: int | None = 2) -> None:
    """JSON on standard output, in ASCII: safe on any terminal and in any encoding."""
    click.echo(json.dumps(value, indent=indent))
