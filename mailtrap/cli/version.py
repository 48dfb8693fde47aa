"""``mailtrap version``."""

import platform
import sys

import click

from mailtrap import __version__
from mailtrap.cli.as_json import json_option, print_json
from mailtrap.cli.group import VERB_SETTINGS


@click.command("version", context_settings=VERB_SETTINGS)
@json_option
def command(*, as_json: bool) -> int:
    """Show the version of mailtrap, and of the Python it runs on."""
    python = platform.python_version()
    if as_json:
        print_json({"version": __version__, "python": python, "platform": sys.platform})
    else:
        click.echo(f"mailtrap {__version__} (Python {python}, {sys.platform})")
    return 0
