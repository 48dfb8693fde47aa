"""Text made comparable: what differs only in case, spelling of a character or white space is one.

Searches compare folded text with folded text, everywhere and in SQL too.
"""

import re
import unicodedata
from typing import Final

_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff"
"""Soft hyphens, joiners and marks of direction: mailers strew them between the letters."""

_CLEANED: Final = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ") | {
    ord(character): "" for character in _INVISIBLE
}
_ASCII: Final = bytes(ord(_CLEANED.get(at, chr(at)).lower()) for at in range(0x80)).ljust(256)
"""What becomes of the octets of ASCII: a KB takes 2 µs so, and 11 by lower, translate and split."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def fold(text: str) -> str:
    """The text without regard to case (Unicode's full folding), composed (NFC), spaces single.

    White space and control characters run to one space, none at either end. The Turkish letters
    i are all one, in any case. Folding what is folded changes nothing.
    """
    if text.isascii():
        text = text.encode().translate(_ASCII).decode()
        return " ".join(text.split()) if "  " in text else text.strip(" ")
    text = without_surrogates(text).translate(_CLEANED)
    # Decomposed around the case folding, as Unicode's canonical caseless matching asks (D145).
    for _ in range(2):
        text = unicodedata.normalize("NFD", text).casefold()
    text = unicodedata.normalize("NFC", text).replace("i\u0307", "i").replace("\u0131", "i")
    return " ".join(text.split())


def without_surrogates(text: str) -> str:
    """The text with U+FFFD for each lone surrogate: SQLite and UTF-8 take none. Places stay."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
