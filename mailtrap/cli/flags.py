"""The server's flags, made from the option table."""

from collections.abc import Mapping
from itertools import groupby

import click

from mailtrap.config import OPTIONS, Option


class SettingsCommand(click.Command):
    """A command with the server's flags, its help grouped as the table is."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One section a group, then the command's own flags."""
        for group, options in groupby(OPTIONS, key=lambda option: option.group):
            with formatter.section(group):
                formatter.write_dl([_help_row(row) for row in options if not row.toml_only])
        named = {row.name for row in OPTIONS}
        own = [param for param in self.get_params(ctx) if param.name not in named]
        records = [record for param in own if (record := param.get_help_record(ctx))]
        with formatter.section("Other"):
            formatter.write_dl(records)


def settings_flags() -> list[click.Parameter]:
    """A click option for each row that has a flag; its value is text, texts or a bool."""
    return [_flag(row) for row in OPTIONS if row.flag]


def given(values: Mapping[str, object]) -> dict[str, object]:
    """Those of the flags that were on the command line."""
    return {name: value for name, value in values.items() if value is not None and value != ()}


def _flag(row: Option) -> click.Option:
    assert row.flag is not None
    if row.is_switch:
        return click.Option([f"{row.flag}/--no-{row.flag[2:]}", row.name], default=None)
    return click.Option(
        [row.flag, row.name],
        type=str,
        default=None,
        metavar=row.kind.metavar,
        multiple=row.kind.repeatable,
    )


def _help_row(row: Option) -> tuple[str, str]:
    """A row of the help: flag (or variable), meaning, variable and default."""
    default = row.kind.show(row.default)
    ends = [row.variable if row.flag else "or its _FILE, or TOML", default and f"default {default}"]
    left = f"{row.flag} {row.kind.metavar}".rstrip() if row.flag else f"{row.variable}"
    return left, f"{row.help} [{'; '.join(end for end in ends if end)}]"
