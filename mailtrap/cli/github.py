"""What GitHub Actions is told: an annotation for each failure, and a piece of the summary."""

import re
from collections.abc import Iterable
from pathlib import Path

import click

from mailtrap.cli.case import Case

_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def tell(cases: Iterable[Case], *, summary: str | None) -> None:
    """Tell the outcomes; ``summary`` names the file that the job's summary is made of.

    Annotations go to standard error, which the runner reads too: standard output is data. Raises
    OSError.
    """
    told = list(cases)
    for case in told:
        if not case.ok:
            click.echo(annotation(case), err=True)
    if summary:
        with Path(summary).open("a", encoding="utf-8") as opened:
            opened.writelines(f"{_markdown(case)}\n" for case in told)


def annotation(case: Case) -> str:
    """The workflow command that shows a failure beside the run."""
    title = _escaped(f"mailtrap: {case.name}", _IN_PROPERTY)
    return f"::error title={title}::{_escaped(case.story, _IN_MESSAGE)}"


def _markdown(case: Case) -> str:
    name = _words(case.name)
    if case.ok:
        return f"- ✅ {name} ({case.seconds:.1f} s)"
    # A fence longer than any in the story: mail must not end it.
    longest = max(map(len, re.findall("`+", case.story)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"- ❌ {name} ({case.reason})\n\n{fence}text\n{case.story}\n{fence}\n"


def _words(text: str) -> str:
    """One line of text that means nothing in Markdown."""
    return re.sub(r"([\\`*_{}\[\]<>#|!@&~])", r"\\\1", " ".join(text.split()))


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)
