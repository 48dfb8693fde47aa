"""Arrays of tables in TOML, such as ``[[listener]]``: one reader for all of them."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import TypeVar

from mailtrap.config.kinds import quoted

T = TypeVar("T")

Columns = Mapping[str, Callable[[object], object]]
"""The keys of a table, and how each is read."""


def suggestion(word: str, known: tuple[str, ...]) -> str:
    """The end of a sentence about an unknown word: the nearest known one, and all of them."""
    near = get_close_matches(word, known, n=1)
    hint = f"; did you mean {near[0]}?" if near else ";"
    return f"{hint} known: {', '.join(known)}"


def read_array(
    value: object,
    name: str,
    columns: Columns,
    make: Callable[..., T],
    *,
    needed: tuple[str, ...],
    most: int,
) -> tuple[T, ...]:
    """At most so many tables ``[[name]]``, each made by ``make``. Raises ValueError."""
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        raise ValueError(f"must be an array of tables, written [[{name}]]")
    if len(value) > most:
        raise ValueError(f"has {len(value)} tables; at most {most} are allowed")
    return tuple(
        make(**_table(f"[[{name}]] {number}", table, columns, needed))
        for number, table in enumerate(value, 1)
    )


def _table(
    where: str, table: Mapping[str, object], columns: Columns, needed: tuple[str, ...]
) -> dict[str, object]:
    values: dict[str, object] = {}
    for written, raw in table.items():
        key = written.replace("-", "_")
        if key not in columns:
            raise ValueError(f"{where}: {quoted(written)} is unknown{suggestion(key, (*columns,))}")
        try:
            values[key] = columns[key](raw)
        except ValueError as error:
            raise ValueError(f"{where}: {key}: {error}") from None
    missing = [key for key in needed if not values.get(key)]
    if missing:
        raise ValueError(f"{where} needs {' and '.join(missing)}")
    return values
