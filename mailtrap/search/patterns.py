"""Patterns of conditions: globs, ``/regular expressions/`` and networks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import translate
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from re import _constants as opcodes  # type: ignore[attr-defined]  # the parser's own names
from re import _parser as parser  # type: ignore[attr-defined]  # no other way to look inside one
from typing import Protocol

LENGTH_LIMIT = 500
"""Characters of a pattern."""

LOOKED_AT = 1_000
"""Characters of a value that are looked at."""

_REPEATS = (opcodes.MAX_REPEAT, opcodes.MIN_REPEAT)


class PatternError(Exception):
    """A pattern that cannot be used; the text says why."""


class Pattern(Protocol):
    """Something that a value matches or not. ``text`` is how it was written."""

    @property
    def text(self) -> str:
        """How it was written."""

    def matches(self, value: str) -> bool:
        """Whether this value is meant."""


@dataclass(frozen=True, slots=True)
class TextPattern:
    """A glob over the whole value or a regular expression anywhere in it; in any case."""

    text: str
    compiled: re.Pattern[str]

    def matches(self, value: str) -> bool:
        """Whether this value is meant."""
        return self.compiled.search(value[:LOOKED_AT]) is not None


@dataclass(frozen=True, slots=True)
class NetworkPattern:
    """A network, or one address."""

    text: str
    network: IPv4Network | IPv6Network

    def matches(self, value: str) -> bool:
        """Whether this address is in it; IPv4 in IPv6's clothes counts as IPv4."""
        try:
            address = ip_address(value.partition("%")[0])
        except ValueError:
            return False
        if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        return address in self.network


def text_pattern(text: str) -> TextPattern:
    """A glob (``*@example.com``) or ``/regex/``. Raises PatternError."""
    if len(text) > LENGTH_LIMIT:
        raise PatternError(f"{len(text)} characters; at most {LENGTH_LIMIT} are allowed")
    if len(text) < 2 or not (text.startswith("/") and text.endswith("/")):
        return TextPattern(text, re.compile(r"\A" + translate(text), re.IGNORECASE))
    inside = text[1:-1]
    try:
        tree = parser.parse(inside)
        compiled = re.compile(inside, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError(f"{text} is not a regular expression: {error}") from None
    if _explodes(tree, within=False):
        raise PatternError(
            f"{text} repeats something that repeats: it could take for ever; write it without"
        )
    return TextPattern(text, compiled)


def network_pattern(text: str) -> NetworkPattern:
    """An address or a network such as ``10.0.0.0/8``. Raises PatternError."""
    try:
        return NetworkPattern(text, ip_network(text, strict=False))
    except ValueError as error:
        raise PatternError(str(error)) from None


def _explodes(tree: Iterable[tuple[object, object]], *, within: bool) -> bool:
    """Whether an unbounded repetition, or a choice, stands within another repetition."""
    return any(_node_explodes(opcode, value, within=within) for opcode, value in tree)


def _node_explodes(opcode: object, value: object, *, within: bool) -> bool:
    if opcode in _REPEATS and isinstance(value, tuple):
        repeats = value[1] is opcodes.MAXREPEAT or value[1] > 20
        return (within and repeats) or _explodes(value[2], within=within or repeats)
    if opcode is opcodes.BRANCH and isinstance(value, tuple):
        return within or any(_explodes(branch, within=within) for branch in value[1])
    if opcode is opcodes.GROUPREF:
        return within
    if isinstance(value, tuple):
        return any(
            _explodes(part, within=within) for part in value if isinstance(part, parser.SubPattern)
        )
    return False
