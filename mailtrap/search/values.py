"""What stands after an operator, and how each kind of operator makes a node of it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final, Literal, TypeAlias

from mailtrap.search.dates import read_age, read_date
from mailtrap.search.document import Field
from mailtrap.search.errors import UnusableError, near, shown
from mailtrap.search.fold import fold
from mailtrap.search.patterns import PatternError, network_pattern, text_pattern
from mailtrap.search.tree import (
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


@dataclass(frozen=True, slots=True)
class Value:
    """A value as written: a bare word, a quoted phrase or what stands between slashes.

    ``equals`` tells that the whole text must be it.
    """

    text: str
    form: Literal["word", "phrase", "regex"] = "word"
    equals: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """When and where a search is asked: what dates and ages are counted from."""

    now: datetime
    zone: tzinfo


Reader: TypeAlias = Callable[[Value, Asked], Node]
"""Makes a node of a value. Raises UnusableError."""

FREE: Final[tuple[Field, ...]] = (
    "subject", "sender", "to", "cc", "bcc", "reply_to", "rcpt", "reverse_path", "delivered_to",
    "message_id", "text", "html", "filenames",
)  # fmt: skip
"""The fields in which words without an operator are looked for."""

IS: Final[Mapping[str, Node]] = {
    "read": Read(True),
    "unread": Read(False),
    "tagged": Tagged(),
    "refused": Text(("flags",), "equals", "is:refused"),
    "accepted": Text(("flags",), "equals", "is:accepted"),
    "aborted": Text(("flags",), "equals", "is:aborted"),
    "tls": Text(("flags",), "equals", "is:tls"),
    "auth": Text(("flags",), "equals", "is:auth"),
}

_HAS: Final = ("attachment", "inline", "link", "code", "html", "text", "fault", "finding")
HAS: Final[Mapping[str, Node]] = {
    word: Text(("flags",), "equals", f"has:{name}") for name in _HAS for word in (name, f"{name}s")
} | {"tag": Tagged(), "tags": Tagged()}
"""Each also in the plural."""

_REPLY: Final = re.compile(r"[2-5](?:\d\d|\d[xX]|[xX]{2})", re.ASCII)
_NAME: Final = re.compile(r"[!-9;-~]{1,100}")


def part(*fields: Field) -> Reader:
    """The value is part of one of the fields."""
    return lambda value, _: text(fields, value)


def starred(*fields: Field) -> Reader:
    """Part of one of the fields; with a star it stands for a whole line."""
    return lambda value, _: text(fields, value, starred=True)


def mailbox(*fields: Field) -> Reader:
    """Part of one of the fields, or a glob; the angle brackets around an address do not count."""
    return lambda value, _: text(fields, _bare(value), starred=True)


def envelope(*fields: Field) -> Reader:
    """A whole address where it has an ``@``, a domain where it begins with one, else a part."""
    return lambda value, _: text(fields, _addressed(_bare(value)), starred=True)


def whole(*fields: Field) -> Reader:
    """A whole line, or a glob."""
    return lambda value, _: text(fields, _exact(value), starred=True)


def exactly(*fields: Field) -> Reader:
    """A whole address or name, a domain where it begins with ``@``, or a glob."""
    return lambda value, _: text(fields, _exact(_addressed(_bare(value))), starred=True)


def text(fields: tuple[Field, ...], value: Value, *, starred: bool = False) -> Node:
    """The node for a text, by the form of the value. Raises UnusableError."""
    if value.form == "regex":
        return Text(fields, "regex", regex(value.text), f"/{value.text}/")
    folded = fold(value.text)
    if not folded and value.equals:
        return Not(Text(fields, "glob", "*"))
    if not folded:
        raise UnusableError("the value is empty", ('a word, or "" after := for nothing',))
    glob = starred and not value.equals and value.form == "word" and "*" in folded
    mode: Mode = "glob" if glob else "equals" if value.equals else "contains"
    return Text(fields, mode, folded, value.text)


def regex(written: str) -> str:
    """A regular expression, checked. Raises UnusableError."""
    pattern = unicodedata.normalize("NFC", written)
    try:
        text_pattern(f"/{pattern}/")
    except PatternError as error:
        raise UnusableError(str(error)) from None
    if not pattern:
        raise UnusableError("the regular expression is empty")
    return pattern


def header(name: str) -> Reader:
    """A header field of this name has the value. Raises UnusableError."""
    _check_name(name)
    return lambda value, _: header_node(name, value)


def header_node(name: str, value: Value) -> Node:
    """A header field of this name has the value. Raises UnusableError."""
    node = text(("headers",), value)
    folded = fold(name)
    if isinstance(node, Not):
        return Header(folded, "equals", "")
    assert isinstance(node, Text)
    return Header(folded, node.mode, node.value, node.written)


def any_header(value: Value, _: Asked) -> Node:
    """``X-Foo``, or ``X-Foo=bar`` and ``X-Foo: bar`` with a value. Raises UnusableError."""
    name, sign, rest = value.text.partition("=")
    if ":" in name:
        name, sign, rest = value.text.partition(":")
    name, rest = name.strip(), rest.strip()
    if value.form == "regex" or value.equals:
        what = "= and the value stand" if value.equals else "a regular expression stands"
        raise UnusableError(f"{what} after the name", ("header:X-Foo=bar", "header.X-Foo:/…/"))
    _check_name(name)
    return header_node(name, slashed(rest)) if sign and rest else Header(fold(name))


def slashed(written: str, *, equals: bool = False) -> Value:
    """A value that is told apart by itself: between slashes it is a regular expression."""
    if len(written) > 2 and written[0] == written[-1] == "/":
        return Value(written[1:-1], "regex")
    return Value(written, "word", equals)


def network(value: Value, _: Asked) -> Node:
    """An address, a network, or a regular expression over the address."""
    if value.form == "regex":
        return text(("ip",), value)
    try:
        return Network(network_pattern(value.text).network)
    except PatternError:
        raise UnusableError(
            f"{shown(value.text)} is no address and no network", ("127.0.0.1", "10.0.0.0/8")
        ) from None


def reply(value: Value, asked: Asked) -> Node:
    """A reply code, a class of them such as ``4xx``, or part of the text."""
    if value.form == "word" and _REPLY.fullmatch(value.text):
        code = value.text.lower().replace("x", "?")
        return Text(("reply",), "glob", f"{code}*", value.text)
    return part("reply")(value, asked)


def tag(value: Value, _: Asked) -> Node:
    """A tag by its whole name."""
    return Tagged(fold(_name("a tag", value)))


def inbox(value: Value, _: Asked) -> Node:
    """An inbox by its whole name."""
    return InInbox(_name("an inbox", value))


def size(read: Callable[[str], Size]) -> Reader:
    """A number of octets."""
    return lambda value, _: read(("=" if value.equals else "") + _plain(value))


def since(value: Value, asked: Asked) -> Node:
    """Received at a date or later."""
    return Received(since=read_date(_time(value), asked.now, asked.zone))


def until(value: Value, asked: Asked) -> Node:
    """Received before a date."""
    return Received(until=read_date(_time(value), asked.now, asked.zone))


def newer(value: Value, asked: Asked) -> Node:
    """Received within so long before now."""
    return Received(since=read_age(_time(value), asked.now))


def older(value: Value, asked: Asked) -> Node:
    """Received so long before now, or earlier."""
    return Received(until=read_age(_time(value), asked.now))


def one_of(words: Mapping[str, Node]) -> Reader:
    """One of a few words."""
    return lambda value, _: _word(words, _plain(value))


def _word(words: Mapping[str, Node], written: str) -> Node:
    node = words.get(written.lower())
    if node is None:
        close = near(written, words)
        hint = f"; did you mean {close[0]}?" if close else ""
        known = tuple(
            dict.fromkeys(word for word in words if f"{word}s" not in words.keys() - {""})
        )
        raise UnusableError(f"{shown(written)} is unknown here{hint}", known)
    return node


def _plain(value: Value) -> str:
    if value.form == "regex":
        raise UnusableError("a regular expression cannot stand here")
    return value.text


def _time(value: Value) -> str:
    if value.equals:
        raise UnusableError("= cannot stand before a time", ("after:", "before:"))
    return _plain(value)


def _name(what: str, value: Value) -> str:
    name = _plain(value).strip()
    if not name or (value.form == "word" and "*" in name):
        raise UnusableError(f"{what} is given by its whole name")
    return name


def _bare(value: Value) -> Value:
    """The value without the angle brackets around an address."""
    inside = value.text
    if value.form != "regex" and inside[:1] == "<" and inside[-1:] == ">" and len(inside) > 2:
        return Value(inside[1:-1], value.form, value.equals)
    return value


def _addressed(value: Value) -> Value:
    if value.form == "regex" or "@" not in value.text or "*" in value.text:
        return value
    if value.text.startswith("@"):
        return Value(f"*{value.text}")
    return Value(value.text, value.form, equals=True)


def _exact(value: Value) -> Value:
    if value.form == "regex" or (value.form == "word" and "*" in value.text):
        return value
    return Value(value.text, value.form, equals=True)


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise UnusableError(f"{shown(name)} is no name of a header field", ("header.X-Foo:bar",))
