"""Inboxes in TOML: ``[[inbox]]`` tables, and the facts that name inboxes nobody wrote down."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from mailtrap.config.kinds import DURATION, SIZE, Kind, count, quoted, read_text, read_words
from mailtrap.config.listeners import suggestion
from mailtrap.config.records import InboxTable

INBOXES_LIMIT: Final = 1_000

PATTERNS_LIMIT: Final = 100
"""Patterns of one key of an inbox."""

ROUTES: Final = ("auth", "helo", "ip", "plus", "domain", "recipient")
"""Facts that can name an inbox, beside ``header:NAME``."""


def read_inbox_name(value: object) -> str:
    """A name of at most 100 letters, digits and a few marks."""
    text = read_text(value)
    plain = text
    for mark in "._@+-":
        plain = plain.replace(mark, "")
    if not plain.isascii() or not plain.isalnum() or not text[:1].isalnum() or len(text) > 100:
        raise ValueError(
            f"{quoted(value)} is no name of an inbox; 1 to 100 letters, digits and . _ @ + -"
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
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        raise ValueError("must be an array of tables, written [[inbox]]")
    if len(value) > INBOXES_LIMIT:
        raise ValueError(f"has {len(value)} tables; at most {INBOXES_LIMIT} are allowed")
    return tuple(_table(number, table) for number, table in enumerate(value, 1))


def _table(number: int, table: Mapping[str, object]) -> InboxTable:
    where = f"[[inbox]] {number}"
    values: dict[str, object] = {}
    for written, raw in table.items():
        key = written.replace("-", "_")
        if key not in COLUMNS:
            raise ValueError(f"{where}: {quoted(written)} is unknown{suggestion(key, (*COLUMNS,))}")
        try:
            values[key] = COLUMNS[key](raw)
        except ValueError as error:
            raise ValueError(f"{where}: {key}: {error}") from None
    if "name" not in values:
        raise ValueError(f"{where} needs name")
    return InboxTable(**values)  # type: ignore[arg-type]  # COLUMNS gives each its type


def _show(tables: tuple[InboxTable, ...]) -> str:
    return ",".join(table.name for table in tables)


INBOX_TABLES: Kind[tuple[InboxTable, ...]] = Kind("", read_tables, _show, repeatable=True)
ROUTE_WORDS: Kind[tuple[str, ...]] = Kind("WAY", read_routes, ",".join, repeatable=True)
