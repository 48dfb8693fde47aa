"""``mailtrap expect``: what must have come, or must not; from flags, or from a file."""

from pathlib import Path

import click

from mailtrap.cli.amount import Amount, amounts
from mailtrap.cli.as_json import json_option, print_json
from mailtrap.cli.asking import AMBIGUOUS, FAILED, LONGEST, Answer, Pair, expect, seconds, wait
from mailtrap.cli.case import Case
from mailtrap.cli.connect import asks_server
from mailtrap.cli.expectations import read_expectations
from mailtrap.cli.group import VERB_SETTINGS
from mailtrap.cli.match import Match, MatchCommand, matches
from mailtrap.cli.reporting import Reports, reports
from mailtrap.cli.rows import Record, records, text
from mailtrap.cli.terminal import printable
from mailtrap.client import Http, Json

FILE = click.Path(dir_okay=False, allow_dash=True, path_type=Path)


@click.command("expect", cls=MatchCommand, context_settings=VERB_SETTINGS)
@click.argument("file", type=FILE, required=False, metavar="[FILE]")
@amounts("count", "at_least", "none", "within", "drain", "quiet")
@json_option
@reports()
@matches()
@asks_server
def command(
    http: Http, *, file: Path | None, match: Match, amount: Amount, as_json: bool, reports: Reports
) -> int:
    """Say what must have come: by flags, or by a FILE of expectations (TOML or JSON, - is stdin).

    It looks at what is there and does not wait, unless --within says so. Exit code: 0 all is as
    expected, 1 it is not, 2 wrong usage, 3 no server, 4 more came than was expected.
    """
    amount.check()
    if file is None:
        return _by_flags(http, match, amount, reports, as_json=as_json)
    if match.criteria or amount != Amount():
        raise click.UsageError("a FILE says itself what is expected: no MATCH and no count with it")
    return judged(http, _body(file, match), reports, as_json=as_json)


def judged(http: Http, body: dict[str, Json], reports: Reports, *, as_json: bool) -> int:
    """Have the server judge expectations; tell and return what came of them."""
    name = reports.name or reports.suite
    with reports.asking(name):
        told, took = expect(http, body, timeout=10 * LONGEST)
    results = records(told, "results")
    cases = [_case(result, at, reports, took) for at, result in enumerate(results, 1)]
    if as_json:
        print_json(told)
    else:
        _say(cases)
    reports.tell(cases)
    reasons = [case.reason for case in cases if not case.ok]
    return _code(reasons) if reasons else 0


def _body(file: Path, match: Match) -> dict[str, Json]:
    """What the file says; inbox and cursor of the command line go before those in it."""
    return {**read_expectations(file), **dict(match.scope)}


def _by_flags(http: Http, match: Match, amount: Amount, reports: Reports, *, as_json: bool) -> int:
    name = reports.name or f"expect {'none ' if amount.none else ''}{match}".strip()
    with reports.asking(name):
        answer = _asked(http, [*match.criteria, *match.scope, *amount.pairs()], amount)
    case = Case(name, answer.waited, answer.reason, answer.story)
    if as_json:
        print_json(answer.body)
    else:
        _say([case])
    reports.tell([case])
    return answer.code


def _asked(http: Http, pairs: list[Pair], amount: Amount) -> Answer:
    within = amount.within or 0.0
    if not amount.none:
        return wait(http, pairs, timeout=within, longer=(amount.quiet or 0.0) + LONGEST)
    if amount.within is not None:
        pairs.append(("within", seconds(within)))
    # The timeout of none is how long a drain may take.
    return wait(http, pairs, timeout=LONGEST, longer=within)


def _case(result: Record, at: int, reports: Reports, took: float) -> Case:
    name = text(result, "name") or f"{reports.name or 'expectation'} {at}"
    ok = result.get("ok") is True
    reason = "" if ok else text(result, "reason") or "failed"
    return Case(name, took, reason, str(result.get("story") or reason))


def _say(cases: list[Case]) -> None:
    for case in cases:
        click.echo(f"{'ok    ' if case.ok else 'FAILED'}  {printable(case.name)}")


def _code(reasons: list[str]) -> int:
    """4 where there was only more than expected, else 1."""
    return AMBIGUOUS if all(reason.startswith("too-many-") for reason in reasons) else FAILED
