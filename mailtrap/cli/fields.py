"""What ``--print`` takes out of a message: one table of fields."""

import difflib
import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

import click

from mailtrap.cli.found import Found, between_slashes, code, header, link
from mailtrap.cli.rows import mailboxes, record, text, texts
from mailtrap.cli.terminal import printable

Read: TypeAlias = Callable[[Found], bytes]


def _line(words: str) -> bytes:
    return f"{printable(words)}\n".encode()


def _body(octets: bytes) -> bytes:
    return octets if octets.endswith(b"\n") else octets + b"\n"


FIELDS: dict[str, Read] = {
    "id": lambda found: _line(text(found.row, "id")),
    "subject": lambda found: _line(text(found.row, "subject")),
    "from": lambda found: _line(mailboxes(found.row, "from")),
    "to": lambda found: _line(mailboxes(found.row, "to")),
    "rcpt": lambda found: _line(", ".join(texts(record(found.row.get("envelope")), "rcpt_to"))),
    "date": lambda found: _line(text(found.row, "date")),
    "url": lambda found: _line(f"{found.http.url}/m/{text(found.row, 'id')}"),
    "cursor": lambda found: _line(found.cursor),
    "text": lambda found: _body(found.octets("text")),
    "html": lambda found: _body(found.octets("html?source=1")),
    "raw": lambda found: found.octets("raw"),
    "link": lambda found: _line(link(found)),
    "code": lambda found: _line(code(found)),
}
"""By name. What the server gives as octets goes on as it is; all else is one line."""

WITH_VALUE: dict[str, tuple[str, Callable[[Found, str], str]]] = {
    "link": ("link:TEXT", link),
    "code": ("code:REGEX", code),
    "header": ("header:NAME", header),
}
"""Those that take a value after a colon: how it is written, and what reads it."""

KNOWN = (*FIELDS, *(form for form, _ in WITH_VALUE.values()))


def fields(ctx: click.Context, param: click.Parameter, names: Iterable[str]) -> list[Read]:
    """The callback of ``--print``: what reads each. Raises click.BadParameter."""
    return [_reader(name, ctx, param) for name in names]


def _reader(name: str, ctx: click.Context, param: click.Parameter) -> Read:
    kind, colon, value = name.partition(":")
    if not colon and kind in FIELDS:
        return FIELDS[kind]
    if colon and kind in WITH_VALUE and value:
        _, read = WITH_VALUE[kind]
        if kind == "code" or between_slashes(value):
            _checked_regex(value, ctx, param)
        return lambda found: _line(read(found, value))
    close = difflib.get_close_matches(kind, (*FIELDS, *WITH_VALUE), 1)
    hint = f"did you mean {close[0]}? " if close else ""
    raise click.BadParameter(
        f"there is no field {name!r}; {hint}There are: {', '.join(KNOWN)}", ctx, param
    )


def _checked_regex(value: str, ctx: click.Context, param: click.Parameter) -> None:
    try:
        re.compile(between_slashes(value) or value)
    except re.error as error:
        raise click.BadParameter(
            f"{value!r} is no regular expression: {error}", ctx, param
        ) from None
