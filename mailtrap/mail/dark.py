"""An HTML mail as a program in dark mode shows it."""

import re
from typing import Final

_LOOKED_AT: Final = 256 * 1024
"""Characters in which a mail must say that it knows of dark mode."""

_KNOWS: Final = re.compile(
    r"prefers-color-scheme|(?:supported-)?color-schemes?[\"']?\s*(?:[:=]|content\s*=)"
    r"|\[data-ogs[cb]\]",
    re.IGNORECASE,
)
_ASKED: Final = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)", re.IGNORECASE)
_OWN: Final = "<style>:root { color-scheme: dark }</style>"
_INVERTED: Final = """<style>
html { background: #fff !important; filter: invert(1) hue-rotate(180deg) !important }
img, video, picture > source, [background], [style*="url("] {
  filter: invert(1) hue-rotate(180deg) !important
}
[background] img, [style*="url("] img { filter: none !important }
</style>"""


def knows_dark(html: str) -> bool:
    """Whether a mail has styles of its own for dark mode, or says that it is made for it."""
    return _KNOWS.search(html, 0, _LOOKED_AT) is not None


def with_dark(html: str) -> str:
    """``html`` with a style at its end: its own dark look, else its lightness turned round.

    Gmail and Outlook turn round what does not know of dark mode, and leave pictures as they are; a
    mail with ``color-scheme`` or ``prefers-color-scheme`` is shown as it says, whatever the browser
    itself prefers. At the end, where the parser still takes a style, so that the doctype and with
    it the mode stay as they were.
    """
    return _ASKED.sub(_answer, html) + _OWN if knows_dark(html) else html + _INVERTED


def _answer(asked: re.Match[str]) -> str:
    """A question that is always, or never, true."""
    return "(min-width: 0)" if asked[1].lower() == "dark" else "(max-width: 0)"
