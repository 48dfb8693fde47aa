"""Trees of the search language as SQL: the only place that builds it.

The meaning is that of ``search.matching`` on a record. Most of it can be said in SQL; what cannot
be (patterns, header fields, networks) calls the very functions that the matcher is made of.
"""
# ruff: noqa: S608 - the names put into statements are ours; values are always parameters

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import ip_network
from typing import NamedTuple, TypeAlias, assert_never, get_args

from mailtrap.search.document import Field
from mailtrap.search.fold import fold
from mailtrap.search.matching import header_holds, line_holds, network_holds
from mailtrap.search.tree import (
    All,
    Any,
    Header,
    InInbox,
    Mode,
    Network,
    Node,
    Not,
    Read,
    Received,
    Size,
    Tagged,
    Text,
)
from mailtrap.store.codec import microseconds, plain

_LONG: tuple[Field, ...] = ("links", "headers", "html", "text")

COLUMNS: tuple[Field, ...] = (*(name for name in get_args(Field) if name not in _LONG), *_LONG)
"""The columns of ``documents`` after ``seq``: one a field.

The long ones stand last: SQLite reads all pages of a row up to the column it is asked for.
"""

_LARGEST = 2**63 - 1

Fact: TypeAlias = Size | Received | Read | Tagged | InInbox


class Condition(NamedTuple):
    """A condition on a row ``t`` of messages and ``d`` of documents, and its parameters.

    Where ``indexed`` is false it does without ``d``.
    """

    sql: str
    values: dict[str, object]
    indexed: bool


def condition(node: Node) -> Condition:
    """The condition under which a tree holds."""
    values: dict[str, object] = {}
    return Condition(_sql(node, values), values, needs_index(node))


def needs_index(node: Node) -> bool:
    """Whether a tree asks for what only the indexed document of a message tells."""
    match node:
        case All(nodes) | Any(nodes):
            return any(map(needs_index, nodes))
        case Not(inner):
            return needs_index(inner)
        case Text() | Header() | Network():
            return True
        case _:
            return False


def register(connection: sqlite3.Connection) -> None:
    """Teach a connection the functions that conditions call."""
    for name, arguments, function in (
        ("line_holds", 3, _line_holds),
        ("header_holds", 4, _header_holds),
        ("network_holds", 2, _network_holds),
        ("fold", 1, fold),
    ):
        connection.create_function(name, arguments, function, deterministic=True)


def _line_holds(text: str, mode: Mode, value: str) -> int:
    return int(line_holds(text, mode, value))


def _header_holds(text: str, name: str, mode: Mode, value: str | None) -> int:
    return int(header_holds(text, name, mode, value))


_network = lru_cache(64)(ip_network)


def _network_holds(text: str, network: str) -> int:
    return int(network_holds(text, _network(network)))


def _sql(node: Node, values: dict[str, object]) -> str:
    match node:
        case All(nodes):
            return _joined("AND", nodes, values) or "true"
        case Any(nodes):
            return _joined("OR", nodes, values) or "false"
        case Not(inner):
            return f"(NOT {_sql(inner, values)})"
        case Text():
            return _text(node, values)
        case Header(name, mode, value):
            given = ", ".join(_bind(values, one) for one in (name, mode, value))
            return f"header_holds(d.headers, {given})"
        case Network(network):
            return f"network_holds(d.ip, {_bind(values, str(network))})"
        case _:
            return _fact(node, values)


def _text(node: Text, values: dict[str, object]) -> str:
    exact = node.mode in ("contains", "equals")
    if not node.fields or (exact and plain(node.value) != node.value):
        # What SQLite cannot hold as it is stands in no document: they are folded.
        return "false"
    if node.mode == "contains" and not node.value:
        conditions = [f"d.{_column(field)} <> ''" for field in node.fields]
    elif exact:
        value = node.value if node.mode == "contains" else f"\n{node.value}\n"
        bound = _bind(values, value)
        conditions = [f"instr(d.{_column(field)}, {bound})" for field in node.fields]
    else:
        given = f"{_bind(values, node.mode)}, {_bind(values, node.value)}"
        conditions = [
            f"(d.{_column(field)} <> '' AND line_holds(d.{_column(field)}, {given}))"
            for field in node.fields
        ]
    return f"({' OR '.join(conditions)})"


def _fact(node: Fact, values: dict[str, object]) -> str:
    match node:
        case Size(least, most):
            return _between("t.size", least, None if most is None else most + 1, values)
        case Received(since, until):
            least, below = (None if at is None else microseconds(at) for at in (since, until))
            return _between("t.received_at", least, below, values)
        case Read(value):
            return f"(t.read = {_bind(values, int(value))})"
        case Tagged(None):
            return "(t.tags <> '[]')"
        case Tagged(name):
            return f"""(t.tags <> '[]' AND EXISTS (SELECT 1 FROM json_each(t.tags)
                WHERE fold(value) = {_bind(values, name)}))"""
        case InInbox(name):
            return f"""EXISTS (SELECT 1 FROM message_inboxes i
                WHERE i.inbox = {_bind(values, name)} AND i.seq = t.seq)"""
        case _:
            assert_never(node)


def _between(column: str, least: int | None, below: int | None, values: dict[str, object]) -> str:
    """``least <= column < below``, where they are given."""
    conditions = [
        f"{column} {operator} {_bind(values, max(-_LARGEST, min(bound, _LARGEST)))}"
        for operator, bound in ((">=", least), ("<", below))
        if bound is not None
    ]
    return f"({' AND '.join(conditions) or 'true'})"


def _joined(word: str, nodes: Sequence[Node], values: dict[str, object]) -> str:
    """The parts joined in halves, the deepest first.

    SQLite bounds the depth of an expression and of its parser's stack: a chain is as deep as it is
    long, and what stands before a parenthesis is on the stack until that closes.
    """
    parts = [_sql(node, values) for node in sorted(nodes, key=_depth, reverse=True)]
    while len(parts) > 1:
        parts = [f"({f' {word} '.join(parts[at : at + 2])})" for at in range(0, len(parts), 2)]
    return "".join(parts)


def _depth(node: Node) -> int:
    match node:
        case All(nodes) | Any(nodes):
            return 1 + max(map(_depth, nodes), default=0)
        case Not(inner):
            return 1 + _depth(inner)
        case _:
            return 0


def _column(field: Field) -> str:
    """The quoted name of a field's column: ``to`` is a word of SQL."""
    return f'"{field}"'


def _bind(values: dict[str, object], value: object) -> str:
    """A new parameter with this value."""
    name = f"q{len(values)}"
    values[name] = plain(value) if isinstance(value, str) else value
    return f":{name}"
