"""``mailtrap attempts``: what was tried, refused or not; and whether retries are as they should."""

from dataclasses import dataclass

import click

from mailtrap.cli.as_json import json_option, print_json
from mailtrap.cli.asking import Answer, seconds, settle, wait
from mailtrap.cli.case import Case
from mailtrap.cli.connect import asks_server
from mailtrap.cli.duration import duration, optional_duration
from mailtrap.cli.expect import judged
from mailtrap.cli.gathered import Decorator, gathered
from mailtrap.cli.group import VERB_SETTINGS
from mailtrap.cli.match import Match, MatchCommand, matches
from mailtrap.cli.reporting import Reports, reports
from mailtrap.cli.tail import attempt_line
from mailtrap.client import Http, Json


@dataclass(frozen=True, slots=True)
class Schedule:
    """How an app must have tried: which codes, how fast, and how long that may take."""

    codes: tuple[int, ...]
    min_gap: float | None
    max_gap: float | None
    final: bool
    wait: bool
    timeout: float

    @property
    def asked(self) -> bool:
        """Whether there is anything to check."""
        return bool(self.codes or self.final) or (self.min_gap, self.max_gap) != (None, None)

    @property
    def seconds(self) -> float:
        """How long it may take: no time at all without --wait."""
        return self.timeout if self.wait else 0.0

    def table(self) -> dict[str, Json]:
        """The same as an expectation has it."""
        table: dict[str, Json] = {"codes": list(self.codes)} if self.codes else {}
        gaps = {"min": self.min_gap, "max": self.max_gap}
        given: dict[str, Json] = {n: seconds(gap) for n, gap in gaps.items() if gap is not None}
        if given:
            table["gaps"] = given
        return {**table, "nothing_after_5xx": True} if self.final else table


def _codes(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[int, ...]:
    words = [word.strip() for word in (value or "").split(",") if word.strip()]
    if not all(word.isascii() and word.isdecimal() and 200 <= int(word) <= 599 for word in words):
        raise click.BadParameter(
            f"{value!r} are no reply codes; write them like 451,451,250", ctx, param
        )
    return tuple(map(int, words))


def schedules() -> Decorator:
    """Give a verb the flags for retries; it gets them as ``schedule``."""
    options = {
        "codes": click.option(
            "--codes",
            callback=_codes,
            metavar="CODE,CODE...",
            help="The reply codes that the attempts must have got, in order.",
        ),
        "min_gap": click.option(
            "--min-gap",
            callback=optional_duration,
            metavar="DURATION",
            help="So long at least between one attempt and the next.",
        ),
        "max_gap": click.option(
            "--max-gap", callback=optional_duration, metavar="DURATION", help="So long at most."
        ),
        "final": click.option(
            "--final", is_flag=True, help="After a reply of 5xx nothing more may be tried."
        ),
        "wait": click.option("--wait", is_flag=True, help="Wait for the attempts."),
        "timeout": click.option(
            "--timeout",
            callback=duration,
            default="10s",
            show_default=True,
            metavar="DURATION",
            help="How long --wait waits.",
        ),
    }
    return gathered("schedule", Schedule, options)


@click.command("attempts", cls=MatchCommand, context_settings=VERB_SETTINGS)
@schedules()
@json_option
@reports()
@matches()
@asks_server
def command(
    http: Http, *, match: Match, schedule: Schedule, as_json: bool, reports: Reports
) -> int:
    """List attempts, the oldest first; or check how an app tries again.

    One a line, TAB between id, time, verdict, sender and recipients, reply. Exit code of a check:
    0 all is as expected, 1 it is not, 2 wrong usage, 3 no server.
    """
    if not schedule.wait:
        with reports.asking(reports.name or "attempts"):
            settle(http)
    if schedule.asked:
        return judged(http, _expectation(match, schedule, reports), reports, as_json=as_json)
    return _list(http, match, schedule, reports, as_json=as_json)


def _expectation(match: Match, schedule: Schedule, reports: Reports) -> dict[str, Json]:
    codes = ",".join(map(str, schedule.codes))
    one: dict[str, Json] = {
        "name": reports.name or f"attempts {match} {codes}".strip()[:200],
        "match": match.table(),
        "attempts": schedule.table(),
        "within": seconds(schedule.seconds),
    }
    return {"expectations": [one], **dict(match.scope)}


def _list(http: Http, match: Match, schedule: Schedule, reports: Reports, *, as_json: bool) -> int:
    """Print what there is: none is a failure only where somebody waits for some."""
    name = reports.name or f"attempts {match}".strip()
    question = [("of", "attempts"), ("at_least", "1"), *match.criteria, *match.scope]
    with reports.asking(name):
        answer = wait(http, question, timeout=schedule.seconds)
    if as_json:
        print_json(answer.body)
    else:
        click.echo("".join(f"{attempt_line(row)}\n" for row in _rows(answer)), nl=False)
    if not schedule.wait:
        return 0
    reports.tell([Case(name, answer.waited, answer.reason, answer.story)])
    return answer.code


def _rows(answer: Answer) -> list[dict[str, Json]]:
    return list(answer.attempts) if answer.ok else []
