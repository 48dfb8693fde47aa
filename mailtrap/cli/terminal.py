"""Text for a terminal: made harmless, cut to its width, put in columns."""

import re
import shutil
import sys
from collections.abc import Sequence

# Control characters (C0, DEL, C1), lone surrogates, line separators, and what turns the direction
# of writing: a subject must neither drive the terminal nor disguise itself.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_UNSAFE_IN_TEXT = re.compile(_UNSAFE.pattern.replace("\x00-\x1f", "\x00-\x08\x0b-\x1f"))
_UNSAFE_IN_STORY = re.compile(_UNSAFE_IN_TEXT.pattern.replace("\u2066-\u2069", "\u2066\u2067"))


def printable(text: str) -> str:
    """One line of text with everything that could drive a terminal backslash-escaped."""
    return _UNSAFE.sub(_escaped, text)


def printable_text(text: str) -> str:
    """The same for text of several lines: LF and TAB stay, CR LF becomes LF."""
    return _UNSAFE_IN_TEXT.sub(_escaped, text.replace("\r\n", "\n"))


def printable_story(text: str) -> str:
    """The same for what the server wrote: it isolates right-to-left text (U+2068, U+2069)."""
    return _UNSAFE_IN_STORY.sub(_escaped, text)


def on_terminal() -> bool:
    """Whether somebody looks at standard output."""
    return sys.stdout.isatty()


def cut(text: str, width: int) -> str:
    """The text, its end replaced by an ellipsis where it is longer than ``width``."""
    return text if len(text) <= width else f"{text[: max(width - 1, 0)]}…"


def columns(rows: Sequence[Sequence[str]], limits: Sequence[int]) -> list[str]:
    """Lines with aligned columns, each at most its limit wide, the last one up to the edge."""
    edge = shutil.get_terminal_size().columns
    last = len(limits) - 1
    widths = [min(limits[at], max((len(row[at]) for row in rows), default=0)) for at in range(last)]
    rest = max(20, edge - sum(widths) - 2 * last)
    lines = []
    for row in rows:
        cells = [cut(cell, width).ljust(width) for cell, width in zip(row, widths, strict=False)]
        lines.append("  ".join([*cells, cut(row[last], rest)]))
    return lines


def octets(number: int) -> str:
    """A number of octets for people: ``512 B``, ``1.2 kB``, ``30 MB``."""
    size, unit = float(number), "B"
    for larger in ("kB", "MB", "GB"):
        if size < 999.5:
            break
        size, unit = size / 1000, larger
    return f"{size:.0f} {unit}" if unit == "B" or size >= 9.95 else f"{size:.1f} {unit}"


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
