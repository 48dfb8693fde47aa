"""``mailtrap serve``: start the server."""

import gc
import os
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import click

from mailtrap.cli.flags import SettingsCommand, given, settings_flags
from mailtrap.cli.group import VERB_SETTINGS
from mailtrap.cli.lean import import_aiohttp
from mailtrap.config import Config, ConfigError, load

EPILOG = """\b
Examples:
  mailtrap                                       SMTP on 1025, the page on 8025
  mailtrap --smtp 0 --http 0 --ready-file r.json ports chosen by the system
  mailtrap --store mail.db --max-age 7d          keep mail in a file, for a week
  mailtrap --submission :1587 --smtps :1465      TLS, with a generated certificate
  mailtrap --smtp '*:1025' --http '*:8025'       reachable from other machines
"""
SAME_NAME = (
    "two packages called mailtrap are installed: this mail catcher (mailtrap-catcher) and another "
    "vendor's SDK (mailtrap); they overwrite each other's files, so keep them in separate "
    "environments"
)


class SettingsError(click.ClickException):
    """A mistake in the settings."""

    exit_code = 2


def settings(flags: dict[str, object]) -> Config:
    """The configuration that flags, environment and files make. Raises SettingsError."""
    try:
        return load(given(flags), os.environ, Path.cwd(), windows=sys.platform == "win32")
    except ConfigError as error:
        raise SettingsError(str(error)) from None


def clash(distributions: Iterable[str]) -> bool:
    """Whether both packages that call themselves mailtrap are among these names."""
    return {"mailtrap", "mailtrap-catcher"} <= set(distributions)


@click.command(
    "serve",
    cls=SettingsCommand,
    params=settings_flags(),
    context_settings=VERB_SETTINGS,
    epilog=EPILOG,
)
def command(**flags: object) -> int:
    """Catch mail: listen for SMTP, show what came on a page and in a JSON API.

    Flags go over MAILTRAP_* variables, those over a TOML file (./mailtrap.toml, [tool.mailtrap]
    in ./pyproject.toml, or the user's mailtrap/config.toml), that over the defaults.
    """
    config = settings(flags)
    for warning in config.warnings:
        click.echo(f"Warning: {warning}", err=True)
    if clash(_installed()):
        click.echo(f"Warning: {SAME_NAME}", err=True)
    # Imports make objects that stay: collecting among them takes 40 of 480 ms. ``app.run`` turns
    # the collector on again when the server is ready.
    gc.disable()
    # The server's libraries are heavy: a mistake in the settings is told without them.
    import_aiohttp()
    from mailtrap.app import run  # noqa: PLC0415

    try:
        return run(config)
    except ConfigError as error:  # in the fault rules, which only the server can read
        raise SettingsError(str(error)) from None


def _installed() -> list[str]:
    """Those of the two names that are installed."""
    names = ("mailtrap", "mailtrap-catcher")
    return [name for name in names if any(True for _ in metadata.distributions(name=name))]
