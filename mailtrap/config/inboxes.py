"""Inboxes in TOML: ``[[inbox]]`` tables, and the facts that name inboxes nobody wrote down."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from mailtrap.config.arrays import read_array, suggestion
from mailtrap.config.kinds import DURATION, SIZE, Kind, count, quoted, read_text, read_words
from mailtrap.config.records import InboxTable

INBOXES_LIMIT: Final = 1_000

NAME_LIMIT: Final = 100
"""Characters of the name of an inbox."""

PATTERNS_LIMIT: Final = 100
"""Patterns of one key of an inbox."""

ROUTES: Final = ("auth", "helo", "ip", "plus", "domain", "recipient")
"""Facts that can name an inbox, beside ``header:NAME``."""

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]*", re.ASCII)


def is_inbox_name(text: str) -> bool:
    """Whether an inbox may be called so."""
    return len(text) <= NAME_LIMIT and _NAME.fullmatch(text) is not None


def read_inbox_name(value: object) -> str:
    """A name of at most 100 letters, digits and a few marks."""
    text = read_text(value)
    if not is_inbox_name(text):
        raise ValueError(
            f"{quoted(value)} is no name of an inbox; "
            f"1 to {NAME_LIMIT} letters, digits and . _ @ + -"
        )
    return text


def read_routes(value: object) -> tuple[str, ...]:
    """Ways by which a fact names an inbox."""
    return tuple(map(_route, read_words(value)))


def _route(word: str) -> str:
    kind, _, name = word.partition(":")
    if kind.lower() == "header":
        if not name.strip("-") or not name.replace("-", "").isalnum() or not name.isascii():
            raise ValueError(f"{quoted(word)}: header: needs the name of a field, as header:X-App")
        return f"header:{name}"
    if word.lower() not in ROUTES:
        known = (*ROUTES, "header:NAME")
        raise ValueError(f"{quoted(word)} is unknown{suggestion(word.lower(), known)}")
    return word.lower()


def _patterns(value: object) -> tuple[str, ...]:
    words = read_words(value)
    if len(words) > PATTERNS_LIMIT:
        raise ValueError(f"has {len(words)} patterns; at most {PATTERNS_LIMIT} are allowed")
    return words


def _fields(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or len(value) > PATTERNS_LIMIT:
        raise ValueError('must be a table such as { X-App = "shop*" }')
    return tuple((read_text(name), read_text(pattern)) for name, pattern in value.items())


COLUMNS: Mapping[str, Callable[[object], object]] = MappingProxyType(
    {
        "name": read_inbox_name,
        "rcpt": _patterns,
        "auth": _patterns,
        "helo": _patterns,
        "ip": _patterns,
        "header": _fields,
        "max_messages": count(0, 1_000_000_000).read,
        "max_octets": SIZE.read,
        "max_age": DURATION.read,
    }
)
"""The keys of an ``[[inbox]]`` table and how each is read."""


def read_tables(value: object) -> tuple[InboxTable, ...]:
    """An array of ``[[inbox]]`` tables. Raises ValueError."""
    return read_array(value, "inbox", COLUMNS, InboxTable, needed=("name",), most=INBOXES_LIMIT)


def _show(tables: tuple[InboxTable, ...]) -> str:
    return ",".join(table.name for table in tables)


INBOX_TABLES: Kind[tuple[InboxTable, ...]] = Kind("", read_tables, _show, repeatable=True)
ROUTE_WORDS: Kind[tuple[str, ...]] = Kind("WAY", read_routes, ",".join, repeatable=True)
