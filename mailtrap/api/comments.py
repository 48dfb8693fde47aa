"""Comments of the page's modules and style sheets, left out when they are served.

They are a third of what a browser would be given, and none of its business. The lines stay: a place
in what is served is that in the file.
"""

import re
from typing import Final

_BLOCK: Final = re.compile(rb"/\*\*[ \n](?:[^*]|\*(?!/))*\*/ ?")
_LINE: Final = re.compile(rb"^[ \t]*// [^\n]*$", re.MULTILINE)
_SHEET: Final = re.compile(rb"/\*(?:[^*]|\*(?!/))*\*/")
_QUOTING: Final = ("js/connect/", "js/copies.js")
"""Modules that hold programs for people to copy: what looks like a comment there may be theirs."""


def without_comments(name: str, text: bytes) -> bytes:
    """The file of this name without its comments, as many lines as before."""
    if name.startswith("css/"):
        return _emptied(_SHEET, text)
    if not name.startswith("js/"):
        return text
    text = _emptied(_BLOCK, text)
    return text if name.startswith(_QUOTING) else _LINE.sub(b"", text)


def _emptied(comment: re.Pattern[bytes], text: bytes) -> bytes:
    return comment.sub(lambda found: b"\n" * found[0].count(b"\n"), text)
