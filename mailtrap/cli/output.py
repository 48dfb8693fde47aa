"""What a verb prints of the mail it found: rows, pieces, JSON, files, shell variables."""

import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from mailtrap.cli.as_json import json_option
from mailtrap.cli.asking import Answer
from mailtrap.cli.fields import Read, fields
from mailtrap.cli.found import Found, MissingError, code, link
from mailtrap.cli.gathered import Decorator, gathered
from mailtrap.cli.get import save
from mailtrap.cli.rows import message_line, tabbed, text
from mailtrap.cli.terminal import on_terminal, printable_text
from mailtrap.client import Http


@dataclass(frozen=True, slots=True)
class Output:
    """What is to be printed: pieces (what reads each), JSON, assignments; a file for the octets."""

    pieces: list[Read]
    as_json: bool
    shell: bool
    eml: Path | None

    def check(self) -> None:
        """Raise click.UsageError where the flags do not go together."""
        if sum(map(bool, (self.pieces, self.as_json, self.shell))) > 1:
            raise click.UsageError("choose one of --print, --json and --shell")

    def content(self, http: Http, answer: Answer) -> bytes:
        """What goes to standard output. Raises MissingError where a message has it not."""
        found = [Found(http, row, answer.cursor) for row in answer.messages]
        if self.shell:
            return "".join(f"{line}\n" for line in shell_lines(found, answer.cursor)).encode()
        if self.pieces:
            return b"".join(read(one) for one in found for read in self.pieces)
        return "".join(f"{tabbed(message_line(one.row))}\n" for one in found).encode()

    def write_files(self, http: Http, answer: Answer) -> None:
        """Write the octets of the messages: the second and those behind it with a number."""
        if self.eml is None:
            return
        for count, row in enumerate(answer.messages, 1):
            name = self.eml.stem if count == 1 else f"{self.eml.stem}-{count}"
            file = self.eml.with_name(f"{name}{self.eml.suffix}")
            save(file, http.pieces(f"{Found(http, row, '').path}/raw"))


def outputs() -> Decorator:
    """Give a verb the flags for what it prints; it gets them as ``output``."""
    options = {
        "pieces": click.option(
            "--print",
            "pieces",
            multiple=True,
            callback=fields,
            metavar="FIELD",
            help="Print a piece: id subject from to rcpt date url cursor text html raw link code "
            "link:TEXT code:REGEX header:NAME.",
        ),
        "as_json": json_option,
        "shell": click.option(
            "--shell",
            is_flag=True,
            help="Print assignments for a POSIX shell: CURSOR, ID, SUBJECT, LINK, CODE.",
        ),
        "eml": click.option(
            "--eml",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Write the octets to a file.",
        ),
    }
    return gathered("output", Output, options)


def write(content: bytes) -> None:
    """Octets on standard output; on a terminal made harmless."""
    if on_terminal():
        click.echo(printable_text(content.decode("utf-8", "backslashreplace")), nl=False)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)


def shell_lines(found: Sequence[Found], cursor: str) -> list[str]:
    """Assignments for ``eval``, of the first message: what it does not have is empty."""
    values = {"CURSOR": cursor}
    if found:
        values |= {
            "ID": text(found[0].row, "id"),
            "SUBJECT": text(found[0].row, "subject"),
            "LINK": _or_nothing(link, found[0]),
            "CODE": _or_nothing(code, found[0]),
        }
    return assignments(values)


def assignments(values: Mapping[str, str]) -> list[str]:
    """``NAME=value`` for a POSIX shell, the values quoted: they come from mail."""
    return [f"{name}={shlex.quote(value)}" for name, value in values.items()]


def _or_nothing(read: Callable[[Found], str], found: Found) -> str:
    try:
        return read(found)
    except MissingError:
        return ""
