"""What can be wrong with a search, told with its place."""

from collections.abc import Iterable
from difflib import get_close_matches


class UnusableError(Exception):
    """A value that an operator or a criterion cannot take; the sentence says why."""

    def __init__(self, message: str, expected: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.expected = expected


class QueryError(Exception):
    """A search that cannot be understood.

    ``place`` and ``length`` tell in characters where the mistake stands; ``expected`` what could
    stand there instead. Its text is one sentence with all of it.
    """

    def __init__(
        self, message: str, place: int = 0, length: int = 0, expected: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message, place, length, expected)
        self.message = message
        self.place = place
        self.length = length
        self.expected = expected

    def __str__(self) -> str:
        hint = f"; expected {listed(self.expected)}" if self.expected else ""
        return f"{self.message} (at character {self.place + 1}){hint}"


def listed(words: Iterable[str]) -> str:
    """``a, b or c``."""
    *head, last = words
    return f"{', '.join(head)} or {last}" if head else last


def near(word: str, known: Iterable[str], closeness: float = 0.6) -> tuple[str, ...]:
    """The known words, at most three, that are spelled nearly like this one; the nearest first."""
    return tuple(get_close_matches(word.lower(), tuple(known), 3, closeness))


def shown(text: str) -> str:
    """What somebody wrote, in quotes, cut where it is long."""
    return f'"{text}"' if len(text) <= 60 else f'"{text[:57]}…"'
