"""Characters made comparable: digits of any script, invisible characters, case and accents."""

import re
import unicodedata
from functools import cache
from string import ascii_letters
from typing import Final

_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]+"
)
_DIGIT_ZEROS: Final = "٠۰߀०০੦૦୦௦౦೦൦๐໐༠၀០᠐\uff10"
"""The zeros of scripts; each is followed by its other nine digits."""

_HYPHENS: Final = "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
_SPACES: Final = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_ACCENTED: Final = (*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000))
_ALIKE: Final = {
    0x0131: "i",  # dotless
    0x0142: "l",  # with a stroke, as the next two
    0x00F8: "o",
    0x0111: "d",
    0x03C2: "\u03c3",  # sigma at the end of a word
    0x2019: "'",
    0x0622: "\u0627",  # alef with madda, with hamza above, with hamza below
    0x0623: "\u0627",
    0x0625: "\u0627",
    0x064A: "\u06cc",  # yeh and kaf, which Persian and Arabic write with letters of their own
    0x0649: "\u06cc",
    0x0643: "\u06a9",
    0x0629: "\u0647",  # teh marbuta
}
"""Letters that are not told apart, beside those with and without accents."""


def clean(text: str) -> str:
    """The text composed (NFC), its digits, full-width letters, hyphens and spaces in ASCII.

    What cannot be seen is left out. Line ends stay.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_plain())


def folded(text: str) -> str:
    """The text for comparing, of the same length: lower case, without accents."""
    if text.isascii():
        return text.lower()
    return text.replace("İ", "I").lower().translate(_bare())


@cache
def _plain() -> dict[int, str]:
    """What ``clean`` puts in place of a character."""
    digits = {ord(zero) + n: str(n) for zero in _DIGIT_ZEROS for n in range(10)}
    wide = {ord(char) + 0xFEE0: char for char in ascii_letters}
    hyphens = {ord(char): "-" for char in _HYPHENS}
    return wide | digits | hyphens | {ord(char): " " for char in _SPACES}


@cache
def _bare() -> dict[int, str]:
    """The letter without its accents, for each that has some."""
    found = dict(_ALIKE)
    for point in _ACCENTED:
        first = unicodedata.normalize("NFD", chr(point))[0]
        if first != chr(point):
            found.setdefault(point, first)
    return found
