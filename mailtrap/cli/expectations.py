"""A file of expectations: JSON or TOML, as POST /api/expect takes them."""

import json
import sys
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path

import click

from mailtrap.client import Json

FILE_LIMIT = 4 * 1024 * 1024
MEMBERS = ("expectations", "inbox", "after", "within")

Body = dict[str, Json]


def read_expectations(file: Path) -> Body:
    """The body of the request. A JSON list is the expectations alone.

    What is in the file is not judged here: the server does that, and tells what is wrong. Raises
    click.UsageError where it cannot be read.
    """
    text = _text(file)
    if not text.strip():
        raise click.UsageError(f"{file} is empty; it needs [[expectations]]")
    is_json = file.suffix == ".json" or (file.suffix != ".toml" and _looks_like_json(text))
    body = _json(file, text) if is_json else _toml(file, text)
    if isinstance(body, list):
        body = {"expectations": body}
    if not isinstance(body, dict) or "expectations" not in body:
        known = ", ".join(MEMBERS)
        raise click.UsageError(f"{file} has no expectations; at its top may be: {known}")
    return body


def _looks_like_json(text: str) -> bool:
    """Whether it is no TOML: ``[[`` begins a table there, and nothing else begins with these."""
    start = text.lstrip()
    return start.startswith("{") or (start.startswith("[") and start[1:].lstrip().startswith("{"))


def _text(file: Path) -> str:
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(FILE_LIMIT).decode()
        with file.open("rb") as opened:
            return opened.read(FILE_LIMIT).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{file} cannot be read: {error}") from None


def _json(file: Path, text: str) -> Json:
    try:
        value: Json = json.loads(text)
    except ValueError as error:
        raise click.UsageError(f"{file} is no JSON: {error}") from None
    return value


def _toml(file: Path, text: str) -> Json:
    import tomllib  # noqa: PLC0415 - it costs start-up time, and JSON does without

    try:
        return _plain(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise click.UsageError(f"{file} is no TOML: {error}") from None


def _plain(value: object) -> Json:
    """A value of TOML as JSON has it: dates and times as text."""
    match value:
        case dict():
            return {str(name): _plain(member) for name, member in value.items()}
        case list():
            return [_plain(item) for item in value]
        case datetime() | date() | clock():
            return value.isoformat()
        case str() | bool() | int() | float():
            return value
        case _:
            return str(value)
