"""The words of a search: operators, values, signs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from mailtrap.search.errors import QueryError, near
from mailtrap.search.operators import BY_NAME

Kind: TypeAlias = Literal[
    "word", "phrase", "regex", "operator", "(", ")", "{", "}", "OR", "AND", "NOT", "end"
]


@dataclass(frozen=True, slots=True)
class Token:
    """One of them; ``equals`` tells that an operator was written with ``:=``."""

    kind: Kind
    text: str
    place: int
    length: int
    equals: bool = False

    @property
    def end(self) -> int:
        """The place behind it."""
        return self.place + self.length


_JOINS: Final[dict[str, Kind]] = {"OR": "OR", "|": "OR", "AND": "AND", "NOT": "NOT"}
_BRACKETS: Final[dict[str, Kind]] = {"(": "(", ")": ")", "{": "{", "}": "}"}

_SPACE: Final = re.compile(r"\s*")
_OPERATOR: Final = re.compile(
    r"(header\.[^\s:=\"(){}]+|[A-Za-z][A-Za-z0-9._-]*):(=?)", re.IGNORECASE
)
_PHRASE: Final = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_REGEX: Final = re.compile(r"/((?:[^/\\]|\\.)++)/i?(?=[\s(){}]|\Z)", re.DOTALL)
_WORD: Final = re.compile(r'[^\s"(){}]+')
_NAMED: Final = re.compile(r'[^\s"(){}=:/]+=(?=["/])')
_ESCAPE: Final = re.compile(r'\\(["\\])')
_SIGN: Final = re.compile(r"[-!](?=[^\s)}])")

_SCHEMES: Final = frozenset(
    {"mailto", "tel", "sms", "urn", "data", "cid", "mid", "javascript", "geo", "magnet", "about"}
)
"""Left sides of a colon that make an address of a word, though no ``//`` follows."""


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a search, the end as the last. Raises QueryError."""
    at = _skipped(text, 0)
    while at < len(text):
        token = _term(text, at)
        yield token
        at = token.end
        if token.kind == "operator":
            value = _value(text, token)
            yield value
            at = value.end
        at = _skipped(text, at)
    yield Token("end", "", len(text), 0)


def _skipped(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return at if found is None else found.end()


def _term(text: str, at: int) -> Token:
    """The token that begins a term."""
    if _SIGN.match(text, at):
        return Token("NOT", text[at], at, 1)
    found = _OPERATOR.match(text, at)
    if found is not None and _is_operator(found, _word_at(text, at)):
        return Token("operator", found[1], at, len(found[0]), equals=bool(found[2]))
    token = _operand(text, at)
    join = _JOINS.get(token.text) if token.kind == "word" else None
    return token if join is None else Token(join, token.text, at, token.length)


def _value(text: str, operator: Token) -> Token:
    """The token right behind an operator."""
    at = operator.end
    if at == len(text) or text[at].isspace() or text[at] in ")}":
        takes = (
            BY_NAME[operator.text.lower()].takes if operator.text.lower() in BY_NAME else "value"
        )
        raise QueryError(
            f"{operator.text}: has no value right after the colon",
            operator.place,
            operator.length,
            (takes, f'"{operator.text}:" in quotes for the word itself'),
        )
    named = _NAMED.match(text, at) if operator.text.lower() == "header" else None
    if named is not None and _operand(text, named.end()).kind in {"phrase", "regex"}:
        return Token("word", named[0], at, len(named[0]))
    return _operand(text, at)


def _operand(text: str, at: int) -> Token:
    """A bracket, a phrase, an expression or a word."""
    first = text[at]
    if first in _BRACKETS:
        return Token(_BRACKETS[first], first, at, 1)
    if first == '"':
        found = _PHRASE.match(text, at)
        if found is None:
            raise QueryError("a quote is not closed", at, len(text) - at, ('" at its end',))
        return Token("phrase", _ESCAPE.sub(r"\1", found[1]), at, len(found[0]))
    if first == "/" and (found := _REGEX.match(text, at)) is not None:
        return Token("regex", found[1], at, len(found[0]))
    word = _word_at(text, at)
    return Token("word", word, at, len(word))


def _word_at(text: str, at: int) -> str:
    found = _WORD.match(text, at)
    return "" if found is None else found[0]


def _is_operator(found: re.Match[str], word: str) -> bool:
    """Whether ``name:`` is one; a word such as ``http://x`` is not. Raises QueryError."""
    name = found[1].lower()
    if name in BY_NAME or name.startswith("header."):
        return True
    rest = word[len(found[1]) + 1 :]
    close = near(name, BY_NAME, 0.7)
    if name in _SCHEMES or rest.startswith(("//", ":")) or not (rest or close):
        return False
    hint = f"; did you mean {close[0]}:?" if close else ""
    raise QueryError(
        f"there is no operator {found[1]}:{hint}",
        found.start(),
        len(found[0]),
        (*(f"{one}:" for one in close), f'"{word or found[0]}" in quotes for the words themselves'),
    )
