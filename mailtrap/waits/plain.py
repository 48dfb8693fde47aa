"""Text from mail, made safe to stand in a line of ours, and cut and padded by columns."""

import unicodedata
from typing import Final

ISOLATE, POP = "\u2068", "\u2069"
"""First strong isolate, and its end: what is between them orders nothing around it (UAX #9)."""

_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})
_STANDS_FOR: Final = {"Cf": "", "Cc": "�", "Cs": "�", "Co": "�", "Cn": "�"}
"""What stands for the characters of a category of Unicode."""


def plain(text: str, columns: int = 60) -> str:
    """``text`` in one line of at most so many columns.

    Controls are replaced, marks of direction and what no terminal shows are left out; right-to-left
    text is isolated, so that it leaves the rest of the line as it is.
    """
    kept = "".join(_seen(character) for character in text)
    cut = _cut(" ".join(kept.split()), columns)
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in cut):
        return f"{ISOLATE}{cut}{POP}"
    return cut


def padded(text: str, columns: int) -> str:
    """``text`` with spaces behind it, up to so many columns."""
    return text + " " * max(0, columns - width(text))


def width(text: str) -> int:
    """The columns that a terminal gives ``text``."""
    return sum(map(_columns, text))


def _seen(character: str) -> str:
    if character.isspace():
        return " "
    return _STANDS_FOR.get(unicodedata.category(character), character)


def _cut(text: str, columns: int) -> str:
    if width(text) <= columns:
        return text
    used = 0
    for place, character in enumerate(text):
        used += _columns(character)
        if used > columns - 1:
            return f"{text[:place]}…"
    return text


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Me", "Mn"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
