"""``mailtrap wait``: wait for mail, and take out of it what a script needs."""

import click

from mailtrap.cli.amount import Amount, amounts
from mailtrap.cli.asking import Answer, wait
from mailtrap.cli.connect import asks_server
from mailtrap.cli.duration import duration
from mailtrap.cli.group import VERB_SETTINGS
from mailtrap.cli.judging import finish
from mailtrap.cli.match import Match, MatchCommand, matches
from mailtrap.cli.output import Output, outputs
from mailtrap.cli.reporting import Reports, reports
from mailtrap.client import Http


@click.command("wait", cls=MatchCommand, context_settings=VERB_SETTINGS)
@amounts("count", "at_least", "latest", "quiet", "drain")
@click.option(
    "--timeout",
    callback=duration,
    default="10s",
    show_default=True,
    metavar="DURATION",
    help="How long to wait.",
)
@outputs()
@reports()
@matches()
@asks_server
def command(
    http: Http, *, match: Match, amount: Amount, timeout: float, output: Output, reports: Reports
) -> int:
    """Wait for mail: exactly one message unless told otherwise.

    Mail that came before the call counts too. Exit code: 0 it came, 1 it did not in time, 2 wrong
    usage, 3 no server, 4 more came than was asked for.
    """
    amount.check()
    output.check()
    question = [*match.criteria, *match.scope, *amount.pairs()]
    name = reports.name or f"wait {match}".strip()

    def ask() -> Answer:
        return wait(http, question, timeout=timeout, longer=(amount.quiet or 0.0) + timeout)

    return finish(http, ask, output, reports, name)
