"""The search language: text in, tree out.

    all    = any { ["AND"] any }            terms side by side must all hold
    any    = one { "OR" one }               OR joins its two neighbours, as in Gmail
    one    = ("-" | "!" | "NOT") one | "(" all ")" | "{" any { any } "}" | operator value | value
    value  = word | "phrase" | /expression/ | "(" all ")" | "{" any { any } "}"

Within the brackets of ``subject:(dinner movie)`` each word belongs to the operator.
"""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from typing import Final

from mailtrap.search.errors import QueryError, UnusableError, shown
from mailtrap.search.fold import without_surrogates
from mailtrap.search.operators import reader
from mailtrap.search.tokens import Kind, Token, tokens
from mailtrap.search.tree import EVERYTHING, All, Any, Node, Not
from mailtrap.search.values import FREE, Asked, Reader, Value, part

__all__ = ["DEPTH_LIMIT", "LENGTH_LIMIT", "TERMS_LIMIT", "QueryError", "parse"]

LENGTH_LIMIT: Final = 4_000
"""Characters of a search."""

TERMS_LIMIT: Final = 100
"""Words, phrases, expressions and values of a search."""

DEPTH_LIMIT: Final = 20
"""Brackets and negations within each other."""

_VALUES: Final[frozenset[Kind]] = frozenset({"word", "phrase", "regex"})
_ENDS: Final[frozenset[Kind]] = frozenset({"end", ")", "}"})
_TERM: Final = ("a word", "an operator such as from:", "(")
_FREE: Final = part(*FREE)


def parse(text: str, *, now: datetime, zone: tzinfo = UTC) -> Node:
    """The tree of a search; EVERYTHING where the text is empty.

    ``now`` is what ages count from, ``zone`` where dates without one are told. Raises QueryError.
    """
    if len(text) > LENGTH_LIMIT:
        raise QueryError(
            f"the search has {len(text)} characters", LENGTH_LIMIT, len(text) - LENGTH_LIMIT,
            (f"at most {LENGTH_LIMIT}",),
        )  # fmt: skip
    found = tuple(tokens(without_surrogates(text)))
    over = [token for token in found if token.kind in _VALUES][TERMS_LIMIT:]
    if over:
        raise QueryError(
            "the search has too many terms", over[0].place, over[0].length,
            (f"at most {TERMS_LIMIT}",),
        )  # fmt: skip
    return _Parser(found, Asked(now, zone)).whole()


class _Parser:
    """One pass over the tokens of a search."""

    def __init__(self, found: tuple[Token, ...], asked: Asked) -> None:
        self._tokens = found
        self._asked = asked
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        """The tree of all tokens."""
        if self._next().kind == "end":
            return EVERYTHING
        node = self._all(None)
        if self._next().kind != "end":
            raise _wrong(f"{self._next().text} closes nothing", self._next(), ("it in quotes",))
        return node

    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next()
        self._at += token.kind != "end"
        return token

    def _all(self, operator: Token | None) -> Node:
        nodes = [self._any(operator)]
        while self._next().kind not in _ENDS:
            if self._next().kind == "AND":
                self._take()
            nodes.append(self._any(operator))
        return nodes[0] if len(nodes) == 1 else All(tuple(nodes))

    def _any(self, operator: Token | None) -> Node:
        nodes = [self._one(operator)]
        while self._next().kind == "OR":
            self._take()
            nodes.append(self._one(operator))
        return nodes[0] if len(nodes) == 1 else Any(tuple(nodes))

    def _one(self, operator: Token | None) -> Node:
        token = self._take()
        match token.kind:
            case "NOT":
                return Not(self._deeper(token, lambda: self._one(operator)))
            case "(" | "{":
                return self._group(token, operator)
            case "operator":
                if operator is not None:
                    raise _wrong(
                        f"{token.text}: cannot stand within {operator.text}:", token, ("a word",)
                    )
                return self._operation(token)
            case "word" | "phrase" | "regex":
                return self._term(token, operator)
            case _:
                what = "the search ends" if token.kind == "end" else f"there is {token.text}"
                raise _wrong(f"{what} where a term should be", token, _TERM)

    def _operation(self, operator: Token) -> Node:
        value = self._take()
        if value.kind in {"(", "{"}:
            return self._group(value, operator)
        if operator.text.lower() == "header" and value.text.endswith("="):
            value = self._joined(value)
        return self._term(value, operator)

    def _joined(self, name: Token) -> Token:
        """``X-Foo=`` and the phrase or expression right behind it are one value."""
        behind = self._next()
        if behind.kind not in {"phrase", "regex"} or behind.place != name.end:
            return name
        self._take()
        slash = "/" if behind.kind == "regex" else ""
        text = f"{name.text}{slash}{behind.text}{slash}"
        return Token("word", text, name.place, name.length + behind.length)

    def _group(self, opened: Token, operator: Token | None) -> Node:
        def inside() -> Node:
            if opened.kind == "(":
                return self._all(operator)
            nodes = [self._any(operator)]
            while self._next().kind not in _ENDS:
                nodes.append(self._any(operator))
            return nodes[0] if len(nodes) == 1 else Any(tuple(nodes))

        node = self._deeper(opened, inside)
        closing = ")" if opened.kind == "(" else "}"
        if self._next().kind != closing:
            raise _wrong(f"{opened.text} is not closed", opened, (closing, "it in quotes"))
        self._take()
        return node

    def _deeper(self, token: Token, inside: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise _wrong("the search is nested too deeply", token, (f"at most {DEPTH_LIMIT}",))
        node = inside()
        self._depth -= 1
        return node

    def _term(self, token: Token, operator: Token | None) -> Node:
        assert token.kind in {"word", "phrase", "regex"}
        try:
            read = _reader(operator)
            equals = operator is not None and operator.equals
            return read(Value(token.text, token.kind, equals), self._asked)
        except UnusableError as error:
            name = f"{operator.text}: " if operator is not None else ""
            raise _wrong(f"{name}{error.message}", token, error.expected) from None


def _reader(operator: Token | None) -> Reader:
    if operator is None:
        return _FREE
    found = reader(operator.text)
    assert found is not None, f"the tokens know no operator {shown(operator.text)}"
    return found


def _wrong(message: str, token: Token, expected: tuple[str, ...]) -> QueryError:
    return QueryError(message, token.place, token.length, expected)
