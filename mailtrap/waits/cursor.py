"""Cursors: what a client was given already, as a string that it hands back with its next wait."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

EXCEPTIONS: Final = 500
"""Exceptions of a cursor; with more of them its base moves up to the newest given."""

LAST: Final = 2**63 - 1

_CURSOR: Final = re.compile(r"\d{1,19}(?:~\d{1,19})*", re.ASCII)


class CursorError(Exception):
    """Something that is no cursor; the sentence says what one is."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """All up to the seq ``base`` is done, and ``given`` (ascending, above it) is done too.

    Two waits for different mail may thus be answered in whatever order it comes: what the first
    passes over is still there for the second, and nothing is given twice.
    """

    base: int = 0
    given: tuple[int, ...] = ()

    def __str__(self) -> str:
        return "~".join(map(str, (self.base, *self.given)))

    def has(self, seq: int) -> bool:
        """Whether this was given already, or lies before it all."""
        return seq <= self.base or seq in self.given

    def plus(self, seqs: Iterable[int]) -> "Cursor":
        """The cursor when these have been given as well."""
        base, given = self.base, sorted({*self.given, *seqs})
        while given and given[0] <= base + 1:
            base = max(base, given.pop(0))
        if len(given) > EXCEPTIONS:
            return Cursor(given[-1])
        return Cursor(base, tuple(given))


START: Final = Cursor()
"""Nothing was given yet: all that is stored is still to come."""


def read_cursor(text: str) -> Cursor:
    """The cursor that a text is: ``1234``, or ``1234~1240~1251``. Raises CursorError."""
    if not _CURSOR.fullmatch(text):
        raise CursorError("it is a cursor as a wait or an inbox gave it, such as 1234 or 1234~1240")
    base, *given = map(int, text.split("~"))
    if len(given) > EXCEPTIONS:
        raise CursorError(f"a cursor has at most {EXCEPTIONS} exceptions")
    if max(base, *given, 0) > LAST:
        raise CursorError(f"a cursor goes up to {LAST}")
    return Cursor(base).plus(seq for seq in given if seq > base)
