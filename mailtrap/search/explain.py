"""Trees in words: which of its criteria a document does not meet, and what it asks for."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final, assert_never

from mailtrap.search.document import Document, Field
from mailtrap.search.matching import holds
from mailtrap.search.tree import (
    All,
    Any,
    Header,
    InInbox,
    Network,
    Node,
    Not,
    Read,
    Received,
    Size,
    Tagged,
    Text,
)
from mailtrap.search.values import FREE

_NAMES: Final[Mapping[tuple[Field, ...], str]] = {
    FREE: "words",
    ("sender",): "from",
    ("reverse_path",): "mail_from",
    ("list_id",): "list",
    ("filenames",): "filename",
    ("links",): "link",
    ("codes",): "code",
    ("rules",): "fault",
    ("findings",): "finding",
    ("text", "html"): "body",
    ("delivered_to", "rcpt"): "deliveredto",
    ("sender", "to", "cc", "bcc", "reply_to"): "addressed",
}
"""Where a name is not that of the field."""

_FACTS: Final = {Network: "ip", Size: "size", Received: "date", Tagged: "tag", InInbox: "in"}
_SIGNS: Final = {"contains": "~", "equals": "=", "glob": "=", "regex": "~"}
_TOLD_LIMIT: Final = 300


def differing(node: Node, document: Document) -> tuple[str, ...]:
    """The names of the criteria that a document does not meet, in the order they were asked."""
    if holds(node, document):
        return ()
    match node:
        case All(nodes):
            return _distinct(name for one in nodes for name in differing(one, document))
        case _:
            return _names(node)


def told(node: Node) -> str:
    """What a tree asks for: ``to ann@example.com with subject ~ "Reset your password"``.

    Recipients of the envelope come first as ``to``, since people ask for them most; with nothing
    to ask for it is "".
    """
    nodes = node.nodes if isinstance(node, All) else (node,)
    to = [_value(one) for one in nodes if _is_rcpt(one)]
    rest = [_told(one) for one in nodes if not _is_rcpt(one)]
    parts = [f"to {' and '.join(to)}"] if to else []
    parts += [f"with {' and '.join(rest)}"] if rest else []
    text = " ".join(parts)
    return text if len(text) <= _TOLD_LIMIT else f"{text[: _TOLD_LIMIT - 1]}…"


def _is_rcpt(node: Node) -> bool:
    return isinstance(node, Text) and node.fields == ("rcpt",)


def _names(node: Node) -> tuple[str, ...]:
    match node:
        case All(nodes) | Any(nodes):
            return _distinct(name for one in nodes for name in _names(one))
        case Not(inner):
            return _names(inner)
        case Text(("flags",), _, value):
            return (value,)
        case Text(fields):
            return (_NAMES.get(fields, fields[0]),)
        case Header(name):
            return (f"header.{name}",)
        case Read(value):
            return ("is:read" if value else "is:unread",)
        case _:
            return (_FACTS[type(node)],)


def _told(node: Node) -> str:
    match node:
        case All(nodes):
            return f"({' and '.join(map(_told, nodes))})" if nodes else "anything"
        case Any(nodes):
            return f"({' or '.join(map(_told, nodes))})"
        case Not(Text(fields, "glob", "*")):
            return f"no {_NAMES.get(fields, fields[0])}"
        case Not(inner):
            return f"not {_told(inner)}"
        case Text(("flags",), _, value):
            return value
        case Text(_, mode):
            return f"{_names(node)[0]} {_SIGNS[mode]} {_value(node)}"
        case Header(name, _, None):
            return f"header {name}"
        case Header(name, mode):
            return f"header {name} {_SIGNS[mode]} {_value(node)}"
        case _:
            return _fact(node)


def _fact(node: Network | Size | Received | Read | Tagged | InInbox) -> str:
    match node:
        case Network(network):
            return f"ip in {network}"
        case Size(least, most):
            return _between("size", least, most, "at most")
        case Received(since, until):
            return _between("date", _instant(since), _instant(until), "before")
        case Read():
            return _names(node)[0]
        case Tagged(name):
            return "a tag" if name is None else f"tag {name}"
        case InInbox(name):
            return f"inbox {name}"
        case _:
            assert_never(node)


def _between(what: str, least: object, most: object, word: str) -> str:
    bounds = [f"at least {least}"] if least is not None else []
    bounds += [f"{word} {most}"] if most is not None else []
    return " ".join([what, *bounds]) if len(bounds) < 2 else f"{what} {bounds[0]} and {bounds[1]}"


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(" ", "seconds")


def _value(node: Node) -> str:
    """The value as it was written: an expression in slashes, one word as it is, else in quotes."""
    assert isinstance(node, Text | Header)
    value = node.written or node.value or ""
    if node.mode == "regex":
        return value if node.written else f"/{value}/"
    plain = node.mode in {"equals", "glob"} and value and not any(map(str.isspace, value))
    return value if plain else f'"{value}"'


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
