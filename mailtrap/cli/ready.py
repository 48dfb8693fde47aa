"""``mailtrap ready``: wait until the server answers."""

import time

import click

from mailtrap.cli.as_json import json_option, print_json
from mailtrap.cli.connect import UNREACHABLE, NoServerError, advice, asks_server
from mailtrap.cli.duration import duration
from mailtrap.cli.group import VERB_SETTINGS
from mailtrap.client import ClientError, Http

PAUSE = 0.05


@click.command("ready", context_settings=VERB_SETTINGS)
@click.option(
    "--timeout",
    callback=duration,
    default="10s",
    show_default=True,
    metavar="DURATION",
    help="How long to wait.",
)
@json_option
@asks_server
def command(http: Http, *, timeout: float, as_json: bool) -> int:
    """Wait until the server is ready: exit code 0, or 3 when the time is over."""
    began = time.monotonic()
    error = wait(http, began + timeout)
    if as_json:
        waited = round(time.monotonic() - began, 3)
        print_json({"ready": error is None, "url": http.url, "waited": waited})
        return 0 if error is None else UNREACHABLE
    if error is not None:
        raise NoServerError(advice(error))
    click.echo(f"ready {http.url}")
    return 0


def wait(http: Http, deadline: float) -> ClientError | None:
    """None when the server is ready; at the deadline (``time.monotonic``) what is in the way."""
    while True:
        try:
            with http.open("GET", "/readyz"):
                return None
        except ClientError as error:
            if time.monotonic() >= deadline:
                return error
        time.sleep(PAUSE)
