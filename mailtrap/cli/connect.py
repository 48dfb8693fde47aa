"""What the client verbs share: the server's address, its secrets, failures as exit codes."""

import functools
import os
from collections.abc import Callable

import click

from mailtrap.cli.terminal import printable
from mailtrap.client import ClientError, Http, UnreachableError

NOT_FOUND = 1
UNREACHABLE = 3
DEFAULT_URL = "http://127.0.0.1:8025"

Verb = Callable[..., int]

inbox_option = click.option("--inbox", metavar="NAME", help="Only this inbox.")


class Failure(click.ClickException):
    """The end of a verb that found nothing or was refused: one sentence on standard error."""

    exit_code = NOT_FOUND

    def __init__(self, text: str) -> None:
        super().__init__(printable(text))


class NoServerError(Failure):
    """The end of a verb that got no answer."""

    exit_code = UNREACHABLE


def asks_server(verb: Verb) -> Verb:
    """Give a verb ``--url`` and, as its first argument, the client for that server.

    What the client raises becomes a Failure: 3 where nothing answers, 1 otherwise.
    """

    @click.option(
        "--url",
        envvar="MAILTRAP_URL",
        show_envvar=True,
        default=DEFAULT_URL,
        show_default=True,
        metavar="URL",
        help="The server.",
    )
    @functools.wraps(verb)
    def connected(*, url: str, **options: object) -> int:
        try:
            return verb(connect(url), **options)
        except UnreachableError as error:
            raise NoServerError(advice(error)) from None
        except ClientError as error:
            raise Failure(advice(error)) from None

    return connected


def connect(url: str) -> Http:
    """The client for a URL, with the secrets that the environment has."""
    try:
        return Http(
            url,
            password=os.environ.get("MAILTRAP_HTTP_PASSWORD", ""),
            token=os.environ.get("MAILTRAP_TOKEN", ""),
        )
    except ValueError as error:
        raise click.UsageError(f"--url: {error}") from None


def advice(error: ClientError) -> str:
    """What is wrong, and what to do about it."""
    if isinstance(error, UnreachableError):
        return (
            f"{error}; start it with `mailtrap serve`, or name another with --url or MAILTRAP_URL"
        )
    if error.status == 401:
        return f"{error} (set MAILTRAP_HTTP_PASSWORD or MAILTRAP_TOKEN)"
    return str(error)
