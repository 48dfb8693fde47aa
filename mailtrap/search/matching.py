"""The meaning of a tree on a document; the store registers the same functions in SQLite."""

from collections.abc import Iterator
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network
from typing import Literal, assert_never

from mailtrap.search.document import Document
from mailtrap.search.fold import fold
from mailtrap.search.patterns import NetworkPattern, TextPattern, text_pattern
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

COMPILED = 256
"""Patterns that are kept compiled."""


def holds(node: Node, document: Document) -> bool:
    """Whether a document is what the tree asks for."""
    match node:
        case All(nodes):
            return all(holds(one, document) for one in nodes)
        case Any(nodes):
            return any(holds(one, document) for one in nodes)
        case Not(inner):
            return not holds(inner, document)
        case Text(fields, mode, value):
            texts = document.texts
            return any(line_holds(texts.get(field, ""), mode, value) for field in fields)
        case Header(name, mode, value):
            return header_holds(document.texts.get("headers", ""), name, mode, value)
        case Network(network):
            return network_holds(document.texts.get("ip", ""), network)
        case _:
            return _fact_holds(node, document)


def line_holds(text: str, mode: Mode, value: str) -> bool:
    """Whether the lines of a field (laid out as Document says) have this value; "" has none."""
    if not text:
        return False
    if mode == "contains":
        return value in text
    if mode == "equals":
        return f"\n{value}\n" in text
    pattern = _pattern(mode, value)
    return any(pattern.found_in(line) for line in text.split("\n") if line)


def header_holds(text: str, name: str, mode: Mode, value: str | None) -> bool:
    """Whether the lines of ``headers`` have a field of this name and, if given, of this value."""
    found = _values(text, name)
    if value is None:
        return next(found, None) is not None
    return any(line_holds(f"\n{one}\n", mode, value) for one in found)


def network_holds(text: str, network: IPv4Network | IPv6Network) -> bool:
    """Whether one of the lines is an address of this network."""
    pattern = NetworkPattern("", network)
    return any(pattern.matches(line) for line in text.split("\n") if line)


@lru_cache(COMPILED)
def _pattern(mode: Literal["glob", "regex"], value: str) -> TextPattern:
    """A glob without sets of characters, or an expression."""
    return text_pattern(f"/{value}/" if mode == "regex" else value.replace("[", "[[]"))


def _fact_holds(node: Size | Received | Read | Tagged | InInbox, document: Document) -> bool:
    match node:
        case Size(least, most):
            return (least is None or document.size >= least) and (
                most is None or document.size <= most
            )
        case Received(since, until):
            at = document.received_at
            return (since is None or at >= since) and (until is None or at < until)
        case Read(value):
            return document.read is value
        case Tagged(name):
            return bool(document.tags) if name is None else name in map(fold, document.tags)
        case InInbox(name):
            return name in document.inboxes
        case _:
            assert_never(node)


def _values(text: str, name: str) -> Iterator[str]:
    """The values of the fields of this name among the lines ``name: value``."""
    begin = f"\n{name}:"
    at = text.find(begin)
    while at >= 0:
        end = text.find("\n", at + 1)
        yield text[at + len(begin) : end].strip()
        at = text.find(begin, end)
