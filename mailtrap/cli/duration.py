"""Durations in the flags of client verbs, without the weight of the server's configuration."""

import re

import click

SECONDS = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h|)", re.ASCII)


def duration(ctx: click.Context, param: click.Parameter, value: str) -> float:
    """The callback of a flag: seconds from ``10``, ``10s``, ``500ms``, ``2m``.

    Raises click.BadParameter where the text is no duration.
    """
    match = _DURATION.fullmatch(value)
    if match is None:
        raise click.BadParameter(
            f"{value!r} is not a duration; write it like 10s, 500ms or 2m", ctx, param
        )
    return float(match[1]) * SECONDS[match[2]]


def optional_duration(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> float | None:
    """The same for a flag without a default: None where it was not given."""
    return None if value is None else duration(ctx, param, value)
