"""Where the words stand that mark one-time codes, or numbers of another kind."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Literal, TypeAlias

from mailtrap.mail.extract.letters import clean, folded
from mailtrap.mail.extract.words import LANGUAGES, Words

Kind: TypeAlias = Literal["otp", "code", "about", "other", "sale"]

_STRONGEST: Final[tuple[Kind, ...]] = ("about", "sale", "code", "other", "otp")
"""A phrase of two kinds, in two languages, is of the later one."""

_BLANK: Final = re.compile(r"[\s-]+")
_COMPOUND: Final = r"[a-z]{3,20}(?:code|kode|koden|kod)(?![a-z])"
"""Words that Germanic languages make with their word for code."""

_JAPANESE: Final = "コード"
_NOUN: Final = re.compile("[\u30a1-\u30fa\u30fc\u4e00-\u9fff]")
"""What makes another kind of code of the word where it stands directly before it."""

_LETTERS: Final = r"[\w\u0900-\u09ff]"
_SHORT: Final = 4
"""Below so many letters a phrase of any script must be a word of its own."""


@dataclass(frozen=True, slots=True)
class Label:
    """A phrase with its place in the text."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Phrases:
    """One expression that finds all phrases, and the kind of each."""

    pattern: re.Pattern[str]
    kinds: dict[str, Kind]


def find_labels(text: str, start: int, end: int) -> Iterator[Label]:
    """The phrases in a part of a text that was ``folded``; of several at one place the longest."""
    phrases = _phrases()
    for match in phrases.pattern.finditer(text, start, end):
        kind = phrases.kinds.get(_BLANK.sub(" ", match[0]), "code")
        if match[0] == _JAPANESE and _NOUN.fullmatch(text[match.start() - 1 : match.start()]):
            kind = "other"
        stop = match.end()
        while stop < end and text[stop].isalpha() and text[stop] < "\u2e80":
            stop += 1
        yield Label(match.start(), stop, kind)


@cache
def _phrases() -> _Phrases:
    kinds: dict[str, Kind] = {}
    starred: set[str] = set()
    for kind in _STRONGEST:
        for language in LANGUAGES.values():
            for phrase in _listed(language, kind):
                plain = phrase.removesuffix("*")
                kinds[plain] = kind
                if plain != phrase:
                    starred.add(plain)
    written = [f"{plain}*" if plain in starred else plain for plain in kinds]
    bound = _alternatives(phrase for phrase in written if _is_bound(phrase))
    loose = _alternatives(phrase for phrase in written if not _is_bound(phrase))
    return _Phrases(re.compile(rf"{loose}|(?<!{_LETTERS})(?:{bound}|{_COMPOUND})"), kinds)


def _listed(words: Words, kind: Kind) -> list[str]:
    phrases = getattr(words, kind)
    return [folded(clean(phrase)) for phrase in phrases.split("|") if phrase]


def _is_bound(phrase: str) -> bool:
    """Whether it is a word of its own; other scripts write words together or add to them."""
    first = phrase[0]
    if first < "\u0530":
        return True
    return first < "\u0e00" and len(phrase) < _SHORT


@dataclass(slots=True)
class _Node:
    """The phrases with one beginning: how they go on, and whether one ends here."""

    below: "dict[str, _Node]" = field(default_factory=dict)
    ends: Literal["", "word", "anywhere"] = ""


def _alternatives(phrases: Iterable[str]) -> str:
    """An expression for all phrases that shares their beginnings; the longest match wins."""
    root = _Node()
    for phrase in phrases:
        node = root
        for char in phrase.removesuffix("*"):
            node = node.below.setdefault(char, _Node())
        node.ends = "anywhere" if phrase.endswith("*") or not _is_bound(phrase) else "word"
    return _expression(root)


def _expression(node: _Node) -> str:
    branches = [_char(char) + _expression(below) for char, below in node.below.items()]
    if node.ends:
        branches.append("" if node.ends == "anywhere" else rf"(?!{_LETTERS})")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _char(char: str) -> str:
    return r"[\s-]{1,3}" if char == " " else re.escape(char)
