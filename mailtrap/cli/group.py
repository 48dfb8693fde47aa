"""The command ``mailtrap``: finds the verb, imports only its module, turns ends into exit codes."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from io import TextIOWrapper

import click

INTERRUPTED = 130
VERB_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
"""The context settings of every command."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb: its name, which is its module's too, and its line in the overview."""

    name: str
    help: str


VERBS = (
    Verb("serve", "Catch mail: start the server (also what `mailtrap` alone does)."),
    Verb("list", "List messages, newest first."),
    Verb("get", "Show one message, or a piece of it."),
    Verb("tail", "Follow messages and refused attempts as they come."),
    Verb("delete", "Delete messages."),
    Verb("wait", "Wait for mail, and take the link or the code out of it."),
    Verb("expect", "Say what must have come, or must not, and be told what did."),
    Verb("attempts", "List what was tried, refused or not, and check the retries."),
    Verb("inbox", "Open, list and remove inboxes."),
    Verb("send", "Send files, standard input or a sample to the server."),
    Verb("fault", "Make mail fail on purpose: add, list and try rules."),
    Verb("ready", "Wait until the server is ready."),
    Verb("config", "Show the server's settings and where each comes from."),
    Verb("version", "Show the version."),
    Verb("completion", "Print the completion script for a shell."),
)
ALIASES = {"--version": "version", "-V": "version"}


class VerbGroup(click.Group):
    """A group whose verbs are imported when they are called, never for the overview."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Like the base class; without a verb it is ``serve``."""
        if ctx.resilient_parsing:  # a shell asks what could come next
            return super().parse_args(ctx, args)
        first = args[0] if args else ""
        if first in ALIASES:
            args = [ALIASES[first], *args[1:]]
        elif first not in ctx.help_option_names and (not args or first.startswith("-")):
            args = ["serve", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the overview."""
        return [verb.name for verb in VERBS]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Like the base class; an unknown verb is told the known ones."""
        names = self.list_commands(ctx)
        if args[0] not in names:
            ctx.fail(f"there is no verb {args[0]!r}; there are: {', '.join(names)}")
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's command, its module imported."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"mailtrap.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The overview, from the table alone."""
        with formatter.section("Verbs"):
            formatter.write_dl([(verb.name, verb.help) for verb in VERBS])

    def invoke(self, ctx: click.Context) -> int:
        """The verb's exit code. A reader that went away is no error: ``mailtrap list | head``."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # Python would complain once more when it flushes at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return code if isinstance(code, int) else 0


root = VerbGroup(
    name="mailtrap",
    help="A mail catcher for developers: takes every mail, delivers none, shows all.",
    epilog="`mailtrap VERB --help` tells more; `mailtrap serve --help` lists the settings.",
    subcommand_metavar="[VERB] [ARGS]...",
    context_settings=VERB_SETTINGS,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code.

    0 is success, 1 not found or refused, 2 wrong usage, 3 no server, 4 more than was asked for,
    130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = root.main(
            None if arguments is None else list(arguments),
            prog_name="mailtrap",
            standalone_mode=False,
            color=_color(),
        )
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    return code if isinstance(code, int) else 0


def _color() -> bool | None:
    """False with NO_COLOR, True with FORCE_COLOR, else None: the terminal decides."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None
