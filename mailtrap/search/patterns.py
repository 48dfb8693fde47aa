"""Patterns of conditions and searches: globs, ``/regular expressions/`` and networks."""

import re
from dataclasses import dataclass, field
from fnmatch import translate
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from re import _parser as parser  # type: ignore[attr-defined]  # no other way to look inside one
from typing import Final, Protocol
from warnings import catch_warnings

from mailtrap.search.automaton import Automaton
from mailtrap.search.program import IrregularError, TooLargeError
from mailtrap.search.ways import Ways, ways

LENGTH_LIMIT: Final = 500
"""Characters of a pattern."""

LOOKED_AT: Final = 1_000
"""Characters of a value that a condition looks at."""

QUICK: Final = 30_000
"""Steps in a line within which Python's own engine is let to work: a tenth of a millisecond."""

PATIENT: Final = 100_000
"""The same for an irregular expression, before it is shown a part of the line only."""

IRREGULAR: Final = 10_000_000
"""Steps in a line of LOOKED_AT characters beyond which an irregular expression is refused."""


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
    """A glob over the whole value or a regular expression anywhere in it; in any case.

    ``ways`` bounds the time that ``compiled`` takes; where that is too long, ``automaton`` finds
    the same in time. An irregular expression (one that looks around or refers back) has none: of
    a long line it sees the first LOOKED_AT characters.
    """

    text: str
    compiled: re.Pattern[str]
    ways: Ways | None = None
    automaton: Automaton | None = field(default=None, compare=False)

    def matches(self, value: str) -> bool:
        """Whether this value is meant, by its first LOOKED_AT characters."""
        return self.found_in(value[:LOOKED_AT])

    def found_in(self, line: str) -> bool:
        """Whether a line is meant, all of which is looked at."""
        steps = 0.0 if self.ways is None else self.ways.steps(len(line))
        if steps <= (QUICK if self.automaton is not None else PATIENT):
            return self.compiled.search(line) is not None
        if self.automaton is not None:
            return self.automaton.found_in(line)
        return self.compiled.search(line[:LOOKED_AT]) is not None


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
        with catch_warnings(category=FutureWarning, action="ignore"):
            tree = parser.parse(inside)
            compiled = re.compile(inside, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError(f"{text} is not a regular expression: {error}") from None
    counted = ways(tree)
    try:
        return TextPattern(text, compiled, counted, Automaton(tree, compiled.flags))
    except TooLargeError:
        raise PatternError(f"{text} is too large; repeat less") from None
    except IrregularError:
        if counted.steps(LOOKED_AT) > IRREGULAR:
            raise PatternError(
                f"{text} looks around or refers back, and repeats: it could take for ever"
            ) from None
        return TextPattern(text, compiled, counted)


def network_pattern(text: str) -> NetworkPattern:
    """An address or a network such as ``10.0.0.0/8``. Raises PatternError."""
    try:
        return NetworkPattern(text, ip_network(text, strict=False))
    except ValueError as error:
        raise PatternError(str(error)) from None
