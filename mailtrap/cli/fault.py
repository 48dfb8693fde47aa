"""``mailtrap fault``: the rules that make mail fail, of a server or on paper."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

import click

from mailtrap.cli.as_json import json_option, print_json
from mailtrap.cli.connect import Failure, asks_server, inbox_option
from mailtrap.cli.group import VERB_SETTINGS
from mailtrap.cli.rows import Record, number, record, records, text
from mailtrap.cli.terminal import columns, on_terminal, printable
from mailtrap.client import Http

if TYPE_CHECKING:
    from mailtrap.faults.rules import Rule

T = TypeVar("T")
API = "/api/faults"
COLUMN_WIDTHS = (30, 8, 12, 0)
FILE_LIMIT = 4 * 1024 * 1024
FILE = click.Path(dir_okay=False, allow_dash=True, path_type=Path)

# The rules' code is imported where it is needed only: most verbs here merely ask the server.


class RuleMistake(click.ClickException):
    """A rule that was written wrong."""

    exit_code = 2


@click.group("fault", context_settings=VERB_SETTINGS)
def command() -> None:
    """Make mail fail on purpose: rules that turn the answer at some point into another one."""


@command.command("add")
@click.argument("lines", nargs=-1, metavar="[LINE]...")
@click.option("--toml", type=FILE, metavar="FILE", help="Add the [[fault]] tables of a file.")
@click.option("--preset", metavar="NAME", help="Add a preset; arguments are its key=value.")
@asks_server
def add(http: Http, *, lines: tuple[str, ...], toml: Path | None, preset: str | None) -> int:
    """Add rules, such as 'rcpt *@x.test 451 4.7.1 Try later times=2'; prints their names.

    All are read before the first is added.
    """
    if toml is not None and (preset or lines):
        raise click.UsageError("--toml goes with nothing else")
    if not (toml or preset or lines):
        raise click.UsageError("give a LINE, --toml or --preset")
    for rule in _written(lines, toml, preset):
        # The server makes a name of its own where that one is taken.
        answer = record(http.json("POST", API, body={"line": rule}))
        click.echo(text(answer, "name"))
    return 0


@command.command("list")
@json_option
@asks_server
def list_rules(http: Http, *, as_json: bool) -> int:
    """List the rules in the order in which they are asked.

    On a terminal as a table; elsewhere one a line, TAB between name, state, hits and rule.
    """
    answer = http.json("GET", API)
    if as_json:
        print_json(answer)
        return 0
    rows = [_cells(row) for row in records(answer, "faults")]
    told = columns(rows, COLUMN_WIDTHS) if on_terminal() else ["\t".join(row) for row in rows]
    click.echo("".join(f"{line}\n" for line in told), nl=False)
    return 0


@command.command("show")
@click.argument("name")
@asks_server
def show(http: Http, *, name: str) -> int:
    """Show all that is known of a rule, as JSON."""
    print_json(http.json("GET", _path(name)))
    return 0


@command.command("enable")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@asks_server
def enable(http: Http, *, names: tuple[str, ...]) -> int:
    """Switch rules on; their counters stay."""
    return _each(names, lambda path: http.json("PATCH", path, body={"enabled": True}))


@command.command("disable")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@asks_server
def disable(http: Http, *, names: tuple[str, ...]) -> int:
    """Switch rules off; their counters stay."""
    return _each(names, lambda path: http.json("PATCH", path, body={"enabled": False}))


@command.command("pause")
@asks_server
def pause(http: Http) -> int:
    """Have no rule act for now; each stays on or off as it is."""
    http.json("PATCH", API, body={"paused": True})
    return 0


@command.command("resume")
@asks_server
def resume(http: Http) -> int:
    """Have rules that pause act again."""
    http.json("PATCH", API, body={"paused": False})
    return 0


@command.command("rm")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@asks_server
def remove(http: Http, *, names: tuple[str, ...]) -> int:
    """Remove rules."""
    return _each(names, lambda path: http.json("DELETE", path))


@command.command("clear")
@inbox_option
@asks_server
def clear(http: Http, *, inbox: str | None) -> int:
    """Remove all rules, or those of an inbox."""
    http.json("DELETE", API, query={"inbox": inbox})
    return 0


@command.command("presets")
@click.argument("name", required=False)
def presets(*, name: str | None) -> int:
    """List the presets; with a NAME show its rules, texts and parameters."""
    from mailtrap.faults.presets import PRESETS  # noqa: PLC0415 - see above

    if name is None:
        for row in PRESETS.values():
            click.echo(f"{row.name:<20} {','.join(row.on):<9} the app {row.tests}")
        return 0
    preset_rule = _checked(lambda: _lines_of_preset(name))
    click.echo("\n".join(preset_rule))
    return 0


@command.command("test")
@click.argument("lines", nargs=-1, required=True, metavar="RULE...")
@click.option("--dialogue", type=FILE, required=True, metavar="FILE", help="A file, - is stdin.")
def test(*, lines: tuple[str, ...], dialogue: Path) -> int:
    r"""Tell what rules would do to a dialogue, without a server.

    The dialogue has what the client says, a line each, with or without `C: ` before it; lines that
    begin with `S:` are passed over. `* wait 5s` lets time go by, `* connect` begins a new session.
    """
    from mailtrap.cli.rehearsal import Rehearsal  # noqa: PLC0415 - see above
    from mailtrap.faults.rules import RuleError  # noqa: PLC0415 - see above

    try:
        rehearsal = Rehearsal(_rules(lines))
        for told in rehearsal.play(_read(dialogue).splitlines()):
            click.echo(printable(told))
    except RuleError as error:
        raise RuleMistake(str(error)) from None
    return 0


def _written(lines: tuple[str, ...], toml: Path | None, preset: str | None) -> list[str]:
    """The rules in line form: read here, so that a mistake is told before anything is added."""
    from mailtrap.faults.codec import parse_toml, rule_to_line  # noqa: PLC0415 - see above
    from mailtrap.faults.presets import preset as preset_of  # noqa: PLC0415 - see above
    from mailtrap.faults.written import parameters_of  # noqa: PLC0415 - see above

    def read() -> "list[Rule]":
        if toml is not None:
            return list(parse_toml(_read(toml), source=str(toml)))
        if preset is not None:
            return [preset_of(preset, parameters_of(lines))]
        return _rules(lines)

    return [rule_to_line(rule) for rule in _checked(read)]


def _rules(lines: tuple[str, ...]) -> "list[Rule]":
    """The rules of lines, named apart. Raises RuleError."""
    from mailtrap.faults.codec import with_free_name  # noqa: PLC0415 - see above
    from mailtrap.faults.written import rule_of  # noqa: PLC0415 - see above

    rules: list[Rule] = []
    for line in lines:
        rules.append(with_free_name(rule_of(line), {rule.name for rule in rules}))
    return rules


def _checked(read: Callable[[], T]) -> T:
    """What a reader of rules gives; its RuleError as the end of the verb."""
    from mailtrap.faults.rules import RuleError  # noqa: PLC0415 - see above

    try:
        return read()
    except RuleError as error:
        raise RuleMistake(printable(str(error))) from None


def _lines_of_preset(name: str) -> list[str]:
    from mailtrap.faults.codec import rule_to_line  # noqa: PLC0415 - see above
    from mailtrap.faults.presets import PRESETS, preset  # noqa: PLC0415 - see above

    first = preset(name, {})
    row = PRESETS[name]
    lines = [f"the app {row.tests}", "", *(f"{k}={v}" for k, v in row.parameters.items())]
    if not row.replies:
        return [*lines, rule_to_line(first)]
    for provider in row.replies:
        rule = preset(name, {"provider": provider})
        lines.append(f"provider={provider}: {rule_to_line(rule)}")
    return lines


def _cells(row: Record) -> tuple[str, ...]:
    state = "active" if row.get("active") is True else "idle"
    hits = f"{number(row, 'acted')}/{number(row, 'matched')}"
    return text(row, "name"), state, hits, text(row, "line")


def _each(names: tuple[str, ...], ask: Callable[[str], object]) -> int:
    for name in names:
        ask(_path(name))
    return 0


def _path(name: str) -> str:
    return f"{API}/{quote(name, safe='')}"


def _read(file: Path) -> str:
    try:
        if str(file) == "-":
            return sys.stdin.read(FILE_LIMIT)
        with file.open(encoding="utf-8") as opened:
            return opened.read(FILE_LIMIT)
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{file} cannot be read: {error}") from None
