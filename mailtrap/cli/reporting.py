"""Outcomes, told to people, and to the reports of build servers."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from mailtrap.cli.case import Case
from mailtrap.cli.connect import Failure
from mailtrap.cli.gathered import Decorator, gathered
from mailtrap.cli.terminal import printable_story
from mailtrap.client import ClientError

SUITE = "mailtrap"


@dataclass(frozen=True, slots=True)
class Reports:
    """Where the outcome is to be told besides: ``name`` is what it is called there."""

    junit: Path | None = None
    suite: str = SUITE
    name: str | None = None
    github: bool = False

    def tell(self, cases: Sequence[Case]) -> None:
        """Tell the outcomes: the stories on standard error, all of it in the reports."""
        for case in cases:
            if not case.ok:
                click.echo(printable_story(case.story), err=True)
        self.write(cases)

    def write(self, cases: Sequence[Case]) -> None:
        """Only the reports. Raises Failure where one cannot be written."""
        # Both cost start-up time, and are seldom asked for.
        from mailtrap.cli import github, junit  # noqa: PLC0415 - see above

        try:
            if self.junit is not None:
                junit.add(self.junit, self.suite, cases)
            if self.github:
                github.tell(cases, summary=os.environ.get("GITHUB_STEP_SUMMARY"))
        except (OSError, ValueError) as error:
            raise Failure(f"the report cannot be written: {error}") from None

    @contextmanager
    def asking(self, name: str) -> Iterator[None]:
        """Within it the server is asked: where it does not answer, the reports have that too."""
        try:
            yield
        except (ClientError, click.ClickException) as error:
            self.write([Case(name, 0.0, "no-answer", str(error), broken=True)])
            raise


def reports() -> Decorator:
    """Give a verb the flags for reports; it gets them as ``reports``."""
    options = {
        "junit": click.option(
            "--junit",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Add the outcome to a JUnit report.",
        ),
        "suite": click.option(
            "--suite",
            default=SUITE,
            show_default=True,
            metavar="NAME",
            help="The suite of the outcome in the report.",
        ),
        "name": click.option("--name", metavar="NAME", help="The name of the outcome in reports."),
        "github": click.option(
            "--github",
            is_flag=True,
            help="Tell GitHub Actions: an annotation, and a piece of the summary.",
        ),
    }
    return gathered("reports", Reports, options)
