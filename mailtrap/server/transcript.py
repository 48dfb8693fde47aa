"""What was said in a session, line by line with its time; bounded."""

from mailtrap.store.records import Line, Side

LINES = 4_000
OCTETS = 256 * 1024
LINE_LIMIT = 1_024
"""Characters kept of one line."""


class Transcript:
    """Takes lines as they are said. Past its bounds only a note is added that more was said.

    Times are seconds of the loop's clock; in the lines they are milliseconds since ``began``.
    """

    __slots__ = ("_began", "_entries", "_full", "_room")

    def __init__(self, began: float) -> None:
        self._began = began
        self._entries: list[tuple[float, Side, str]] = []
        self._room = OCTETS
        self._full = False

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, at: float, side: Side, text: str) -> None:
        """Add what was said; several lines of one reply are parted by line feeds."""
        if self._full:
            return
        if len(text) <= LINE_LIMIT and "\n" not in text:
            self._entries.append((at, side, text))
            self._room -= len(text)
        else:
            self._add_lines(at, side, text)
        if len(self._entries) >= LINES or self._room <= 0:
            self._full = True
            self._entries.append((at, "*", "the rest of this session is left out"))

    def _add_lines(self, at: float, side: Side, text: str) -> None:
        for line in text.split("\n"):
            kept = line if len(line) <= LINE_LIMIT else line[:LINE_LIMIT] + "…"
            self._entries.append((at, side, kept))
            self._room -= len(kept)

    def note(self, at: float, text: str) -> None:
        """Add a remark of ours, as long as it may be within the bounds of all."""
        if not self._full:
            self._entries.append((at, "*", text[: self._room]))
            self._room -= len(text)

    def forget(self) -> None:
        """Let go of all: a connection that ended waits for the collector, and this may be large."""
        self._entries = []

    def lines(self) -> tuple[Line, ...]:
        """All of it, as records."""
        began = self._began
        return tuple(
            [
                Line(
                    int((at - began) * 1_000_000) / 1_000,
                    side,
                    text if text.isprintable() else _shown(text),
                )
                for at, side, text in self._entries
            ]
        )


def _shown(text: str) -> str:
    """Text that JSON and a terminal can carry: surrogates and controls escaped."""
    return "".join(map(_escaped, text))


def _escaped(char: str) -> str:
    if "\udc80" <= char <= "\udcff":
        return f"\\x{ord(char) - 0xDC00:02x}"
    if char.isprintable() or char == "\t":
        return char
    return char.encode("unicode_escape").decode("ascii")
